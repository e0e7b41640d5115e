import type { Judgement, OpinionCollectedV1 } from '@huiying/contracts';
import { judgeDepartments } from './departments.js';
import { extractFacts } from './facts.js';
import { findIncident } from './incident.js';
import { judgeJurisdiction } from './jurisdiction.js';
import { learnedTextOf, votes, type Learned } from './learned.js';
import type { CompiledLexicon } from './lexicon.js';
import { judgePublicOpinion, type Findings } from './public-opinion.js';
import { judgeDisposition } from './disposition.js';
import { readOpinion, type Reading } from './reading.js';
import { judgeRouting } from './routing.js';
import { judgeRumour } from './rumour.js';
import { judgeLearnedSentiment, judgeSentiment } from './sentiment.js';
import { judgeSeverity } from './severity.js';
import { judgeTopic, scoreTopics } from './topic.js';
import { combineTopics, judgeLearnedTopic, topicVotes } from './topic-learned.js';

/**
 * Judges an opinion (研判): is it ours, is it 政务舆情, what about, who answers, how grave, in what mood; each with its reasons.
 * Pure: the same opinion, lexicon and model always give the same judgement.
 * @param learned what a city's history taught; without it the lexicon judges alone (cold start)
 */
export function judge(opinion: OpinionCollectedV1['data'], lexicon: CompiledLexicon, learned?: Learned): Judgement {
  const reading = readOpinion(opinion, lexicon);
  const facts = extractFacts(reading, lexicon);
  const topics = scoreTopics(reading, lexicon);
  const jurisdiction = judgeJurisdiction(reading, lexicon);
  const found: Findings = { jurisdiction, facts, topics, incident: findIncident(reading, facts) };
  const asked = learned && askLearned(reading, lexicon, learned);
  const publicOpinion = judgePublicOpinion(found, reading, lexicon);
  const severity = judgeSeverity(found, publicOpinion.keyCategory !== null, reading, lexicon);
  const departments = judgeDepartments(topics, reading, lexicon, asked?.department);
  const rumour = judgeRumour(reading);
  return {
    jurisdiction,
    publicOpinion,
    topic: asked?.topic
      ? judgeLearnedTopic(combineTopics(topics, asked.topic, lexicon), asked.topic, reading, asked.text)
      : judgeTopic(topics, reading, lexicon),
    departments,
    severity,
    sentiment: asked?.sentiment ?? judgeSentiment(reading),
    disposition: judgeDisposition({ publicOpinion, severity, rumour }, reading),
    routing: judgeRouting({ publicOpinion, severity, departments }, reading, lexicon),
    rumour,
    judgedBy: learned ? `${lexicon.judgedBy}+${learned.version}` : lexicon.judgedBy,
  };
}

/** Asks what was learned, each question once. */
function askLearned(reading: Reading, lexicon: CompiledLexicon, { version, tasks }: Learned) {
  const text = learnedTextOf(reading, lexicon);
  return {
    text,
    topic: tasks.topic && topicVotes(version, tasks.topic, text),
    department: tasks.department && { version, task: tasks.department, votes: votes(tasks.department, text) },
    sentiment: tasks.sentiment && judgeLearnedSentiment(tasks.sentiment, text),
  };
}

/** The topic alone, as fast as it can be had: every topic with its share (of the lexicon: its points), best first. */
export function topicsOnly(
  opinion: OpinionCollectedV1['data'],
  lexicon: CompiledLexicon,
  learned?: Learned,
): { name: string; score: number }[] {
  const reading = readOpinion(opinion, lexicon);
  const scores = scoreTopics(reading, lexicon);
  const task = learned?.tasks.topic;
  if (!task) return scores.map(({ topic, score }) => ({ name: lexicon.topics[topic]!.name, score }));
  const asked = topicVotes(learned.version, task, learnedTextOf(reading, lexicon));
  return combineTopics(scores, asked, lexicon).map(({ name, share }) => ({ name, score: share }));
}
