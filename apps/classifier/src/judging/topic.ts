import type { Judgement } from '@huiying/contracts';
import type { CompiledLexicon } from './lexicon.js';
import { grouped, quoted, reasonOf, type Hit, type Reading } from './reading.js';

export interface TopicScore {
  topic: number;
  score: number;
  hits: readonly Hit<'topic'>[];
}

/** A word in the title tells twice as much. */
const TITLE_FACTOR = 2;
/** Repeating a word tells a little more each time. */
const REPEAT_FACTOR = 0.3;
/** How much the other topics under the same first level support a topic. */
const KINSHIP = 0.25;
/** Below this nothing is said: one hint is no topic. */
const LEAST = 2;
/** Makes a confidence of the score: two decisive words with no rival give 0.8. */
const DOUBT = 2;

/** Every topic with a word in the text, best first; the caller may map them to another catalogue. */
export function scoreTopics(reading: Reading, lexicon: CompiledLexicon): TopicScore[] {
  const byTopic = grouped(reading.hits('topic'), (hit) => hit.use.topic);
  const scores = Array.from(byTopic, ([topic, hits]) => scoreOf(topic, hits));
  const parents = new Map<string, number>();
  for (const { topic, score } of scores) {
    const { parent } = lexicon.topics[topic]!;
    parents.set(parent, (parents.get(parent) ?? 0) + score);
  }
  for (const one of scores) one.score += KINSHIP * (parents.get(lexicon.topics[one.topic]!.parent)! - one.score);
  return scores.sort((a, b) => b.score - a.score || a.topic - b.topic);
}

/** The topic (主题) and how sure it is, or null where the text gives too little. */
export function judgeTopic(scores: readonly TopicScore[], reading: Reading, lexicon: CompiledLexicon): Judgement['topic'] {
  const [best, second] = scores;
  if (best === undefined || best.score < LEAST) return null;
  const { code, name } = lexicon.topics[best.topic]!;
  const heaviest = [...best.hits].sort((a, b) => b.use.weight - a.use.weight);
  const reason = reasonOf(reading, `文中有${quoted(reading, heaviest)}，属“${name}”`, heaviest);
  return { code, name, score: round(confidence(best.score, second?.score ?? 0)), reasons: [reason] };
}

function confidence(best: number, second: number): number {
  return best / (best + 0.5 * second + DOUBT);
}

function scoreOf(topic: number, hits: readonly Hit<'topic'>[]): TopicScore {
  const kept = withoutNested(hits);
  let score = 0;
  for (let i = 0; i < kept.length; i++) {
    const { use, field } = kept[i]!;
    const count = countedHere(kept, i);
    if (count > 0) score += use.weight * (field === 'title' ? TITLE_FACTOR : 1) * (1 + REPEAT_FACTOR * Math.log2(count));
  }
  return { topic, score, hits: kept };
}

/** How often the word of this hit is there; 0 where it was counted before: it counts where it came first. */
function countedHere(hits: readonly Hit<'topic'>[], at: number): number {
  const { use } = hits[at]!;
  let count = 0;
  for (let i = 0; i < hits.length; i++) {
    if (hits[i]!.use !== use) continue;
    if (i < at) return 0;
    count++;
  }
  return count;
}

/** 公交车 counts, not also the 公交 in it. Hits come in order of place, shorter before longer. */
function withoutNested(hits: readonly Hit<'topic'>[]): readonly Hit<'topic'>[] {
  if (hits.length === 1) return hits;
  const kept: Hit<'topic'>[] = [];
  for (const hit of hits) {
    const last = kept.at(-1);
    if (last !== undefined && last.field === hit.field && hit.end <= last.end) continue;
    if (last !== undefined && last.field === hit.field && hit.start === last.start) kept.pop();
    kept.push(hit);
  }
  return kept;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
