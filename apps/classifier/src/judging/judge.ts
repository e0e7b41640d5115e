import type { Judgement, OpinionCollectedV1 } from '@huiying/contracts';
import { judgeDepartments } from './departments.js';
import { extractFacts } from './facts.js';
import { findIncident } from './incident.js';
import { judgeJurisdiction } from './jurisdiction.js';
import type { CompiledLexicon } from './lexicon.js';
import { judgePublicOpinion, type Findings } from './public-opinion.js';
import { readOpinion } from './reading.js';
import { judgeSentiment } from './sentiment.js';
import { judgeSeverity } from './severity.js';
import { judgeTopic, scoreTopics } from './topic.js';

/**
 * Judges an opinion (研判): is it ours, is it 政务舆情, what about, who answers, how grave, in what mood; each with its reasons.
 * Pure: the same opinion and lexicon always give the same judgement.
 */
export function judge(opinion: OpinionCollectedV1['data'], lexicon: CompiledLexicon): Judgement {
  const reading = readOpinion(opinion, lexicon);
  const facts = extractFacts(reading);
  const topics = scoreTopics(reading, lexicon);
  const jurisdiction = judgeJurisdiction(reading, lexicon);
  const found: Findings = { jurisdiction, facts, topics, incident: findIncident(reading, facts) };
  const publicOpinion = judgePublicOpinion(found, reading, lexicon);
  return {
    jurisdiction,
    publicOpinion,
    topic: judgeTopic(topics, reading, lexicon),
    departments: judgeDepartments(topics, reading, lexicon),
    severity: judgeSeverity(found, publicOpinion.keyCategory !== null, reading),
    sentiment: judgeSentiment(reading),
    judgedBy: lexicon.judgedBy,
  };
}
