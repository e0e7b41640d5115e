import type { Judgement } from '@huiying/contracts';
import type { LearnedText } from '@huiying/text';
import { learnedWeight, isOfThisCity, tellingWords, topicOfLabel, votes, type LearnedAnswers, type Vote } from './learned.js';
import type { CompiledLexicon } from './lexicon.js';
import { reasonOf, type Hit, type Reading } from './reading.js';
import type { TopicScore } from './topic.js';

/** Below this share nobody should act on the topic unasked: the officer is asked (拿不准). */
const SURE_FROM = 0.5;
/** Of the lexicon's points, so many belong to no topic: one hint is no certainty. */
const DOUBT = 2;

/** One topic with what each side says of it, 0..1. */
interface Combined {
  code: string;
  name: string;
  share: number;
  learned: number;
  words: number;
  hits: readonly Hit<'topic'>[];
}

/** What the history taught, for one text. */
export interface TopicVotes {
  version: string;
  task: LearnedAnswers;
  votes: readonly Vote[];
}

/**
 * Every topic, likeliest first: the learned vote and the lexicon's, weighed by how much was learned. Where the history has a catalogue of
 * its own, its labels are the topics, and the lexicon speaks through its words, which were learned from too.
 */
export function combineTopics(scores: readonly TopicScore[], { task, votes: learned }: TopicVotes, lexicon: CompiledLexicon): Combined[] {
  const isOurs = isOfThisCity(task, (label) => topicOfLabel(label, lexicon) !== undefined);
  if (!isOurs) return learned.map(({ label, share }) => ({ code: label, name: label, share, learned: share, words: 0, hits: [] }));
  const weight = learnedWeight(task);
  const points = scores.reduce((sum, { score }) => sum + score, DOUBT);
  const combined = new Map<string, Combined>();
  const of = (code: string, name: string) => {
    const there = combined.get(code) ?? { code, name, share: 0, learned: 0, words: 0, hits: [] };
    combined.set(code, there);
    return there;
  };
  for (const { topic, score, hits } of scores) {
    const { code, name } = lexicon.topics[topic]!;
    Object.assign(of(code, name), { words: score / points, hits });
  }
  for (const { label, share } of learned) {
    const topic = topicOfLabel(label, lexicon);
    if (topic !== undefined) of(lexicon.topics[topic]!.code, lexicon.topics[topic]!.name).learned += share;
  }
  for (const one of combined.values()) one.share = weight * one.learned + (1 - weight) * one.words;
  return [...combined.values()].sort((a, b) => b.share - a.share || (a.code < b.code ? -1 : 1));
}

/** The topic with its reasons: what was learned, what the words say, and how much each weighed. */
export function judgeLearnedTopic(
  combined: readonly Combined[],
  { version, task }: TopicVotes,
  reading: Reading,
  text: LearnedText,
): Judgement['topic'] {
  const [best] = combined;
  if (best === undefined) return null;
  const { code, name, share, learned, words, hits } = best;
  const telling = tellingWords(task, text, task.model.labels.includes(name) ? name : code).map((word) => `“${word}”`);
  const weight = share === 0 ? 1 : Math.min(1, (learnedWeight(task) * learned) / share);
  const isSplit = words > 0;
  const by = telling.length > 0 ? `，多见于此类的字词有${telling.join('')}` : '';
  const reasons = [
    reasonOf(
      reading,
      `按历史工单学习（${version}，${task.rows}条）属“${name}”，把握${percent(learned)}${by}${isSplit ? `；占判定的${percent(weight)}` : ''}`,
    ),
    ...(isSplit ? [reasonOf(reading, `词表也指向“${name}”（${percent(words)}），占判定的${percent(1 - weight)}`, hits)] : []),
  ];
  if (share < SURE_FROM) reasons.unshift({ text: `拿不准：最可能是“${name}”，把握只有${percent(share)}，请值班员确认主题`, matches: [] });
  return { code, name, score: Math.round(share * 1000) / 1000, reasons };
}

/** Asks the model once. */
export function topicVotes(version: string, task: LearnedAnswers, text: LearnedText): TopicVotes {
  return { version, task, votes: votes(task, text) };
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
