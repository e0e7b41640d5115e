import type { Judgement, OpinionCollectedV1 } from '@huiying/contracts';
import { judgeDepartments } from './departments.js';
import { extractFacts } from './facts.js';
import { findIncident } from './incident.js';
import { judgeJurisdiction } from './jurisdiction.js';
import { learnedTextOf, votes, type Learned, type Vote } from './learned.js';
import type { CompiledLexicon } from './lexicon.js';
import { judgePublicOpinion, type Findings } from './public-opinion.js';
import { judgeDisposition } from './disposition.js';
import { readOpinion, type Reading } from './reading.js';
import { judgeRouting } from './routing.js';
import { judgeLearnedRumour, judgeRumour } from './rumour.js';
import { judgeLearnedSentiment, judgeSentiment } from './sentiment.js';
import { judgeSeverity } from './severity.js';
import { judgeTopic, scoreTopics, type TopicScore } from './topic.js';
import { combineTopics, judgeLearnedTopic, topicVotes } from './topic-learned.js';

/**
 * Judges an opinion (研判): is it ours, is it 政务舆情, what about, who answers, how grave, in what mood; each with its reasons.
 * Pure: the same opinion, lexicon and model always give the same judgement.
 * @param learned what a city's history taught; without it the lexicon judges alone (cold start)
 */
export function judge(opinion: OpinionCollectedV1['data'], lexicon: CompiledLexicon, learned?: Learned): Judgement {
  return judgeWithTopics(opinion, lexicon, learned).judgement;
}

/** A topic and how much speaks for it: its share where topics were learned, else its points. */
export interface ScoredTopic {
  name: string;
  score: number;
}

/** As judge, with every topic that was weighed, best first; the text is read once for both. */
export function judgeWithTopics(
  opinion: OpinionCollectedV1['data'],
  lexicon: CompiledLexicon,
  learned?: Learned,
): { judgement: Judgement; topics: ScoredTopic[] } {
  const reading = readOpinion(opinion, lexicon);
  const facts = extractFacts(reading, lexicon);
  const scores = scoreTopics(reading, lexicon);
  const jurisdiction = judgeJurisdiction(reading, lexicon);
  const found: Findings = { jurisdiction, facts, topics: scores, incident: findIncident(reading, facts) };
  const asked = learned && askLearned(reading, learned);
  const publicOpinion = judgePublicOpinion(found, reading, lexicon);
  const severity = judgeSeverity(found, publicOpinion.keyCategory !== null, reading, lexicon);
  const departments = judgeDepartments(scores, reading, lexicon, asked?.department);
  const rumour = asked?.rumour ? judgeLearnedRumour(asked.rumour, judgeRumour(reading)) : judgeRumour(reading);
  const combined = asked?.topic && combineTopics(scores, asked.topic, lexicon);
  const judgement: Judgement = {
    jurisdiction,
    publicOpinion,
    topic: combined ? judgeLearnedTopic(combined, asked.topic!, reading, asked.text) : judgeTopic(scores, reading, lexicon),
    departments,
    severity,
    sentiment: asked?.sentiment ?? judgeSentiment(reading),
    disposition: judgeDisposition({ publicOpinion, severity, rumour }, reading),
    routing: judgeRouting({ publicOpinion, severity, departments }, reading, lexicon),
    rumour,
    judgedBy: learned ? `${lexicon.judgedBy}+${learned.version}` : lexicon.judgedBy,
  };
  return { judgement, topics: combined ? combined.map(({ name, share }) => ({ name, score: share })) : pointsOf(scores, lexicon) };
}

/** Asks what was learned, each question once. */
function askLearned(reading: Reading, { version, tasks }: Learned) {
  const text = learnedTextOf(reading);
  return {
    text,
    topic: tasks.topic && topicVotes(version, tasks.topic, text),
    department: tasks.department && { version, task: tasks.department, votes: votes(tasks.department, text) },
    rumour: tasks.rumour && { version, rows: tasks.rumour.rows, share: shareOf(votes(tasks.rumour, text), 'rumour') },
    sentiment: tasks.sentiment && judgeLearnedSentiment(tasks.sentiment, text),
  };
}

/** The topic alone, as fast as it can be had: every topic with its share (of the lexicon: its points), best first. */
export function topicsOnly(opinion: OpinionCollectedV1['data'], lexicon: CompiledLexicon, learned?: Learned): ScoredTopic[] {
  const reading = readOpinion(opinion, lexicon);
  const scores = scoreTopics(reading, lexicon);
  const task = learned?.tasks.topic;
  if (!task) return pointsOf(scores, lexicon);
  const asked = topicVotes(learned.version, task, learnedTextOf(reading));
  return combineTopics(scores, asked, lexicon).map(({ name, share }) => ({ name, score: share }));
}

function pointsOf(scores: readonly TopicScore[], lexicon: CompiledLexicon): ScoredTopic[] {
  return scores.map(({ topic, score }) => ({ name: lexicon.topics[topic]!.name, score }));
}

function shareOf(all: readonly Vote[], label: string): number {
  return all.find((vote) => vote.label === label)?.share ?? 0;
}
