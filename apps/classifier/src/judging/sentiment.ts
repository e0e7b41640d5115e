import type { Judgement } from '@huiying/contracts';
import type { LearnedText } from '@huiying/text';
import { votes, type LearnedAnswers } from './learned.js';
import type { Hit, Reading } from './reading.js';

/** How far before a mood word a negator still turns it, in characters: “并不是很满意”. */
const REACH = 4;
/** Beyond these the mood is called negative or positive. */
const CLEAR = 0.15;

/** The mood of the words (情感), −1 wholly negative to 1 wholly positive. It says nothing about who is right. */
export function judgeSentiment(reading: Reading): Judgement['sentiment'] {
  let negative = 0;
  let positive = 0;
  const moods = outermost(reading.hits('mood'));
  for (const hit of moods) {
    if (hit.use.negative === !isNegated(reading, hit, moods)) negative++;
    else positive++;
  }
  const score = Math.round(((positive - negative) / (positive + negative + 1)) * 1000) / 1000;
  return { label: score < -CLEAR ? 'negative' : score > CLEAR ? 'positive' : 'neutral', score };
}

/** A negator just before turns the meaning; “不仅” is none, nor is the 无 of “无奈”. */
function isNegated(reading: Reading, hit: Hit<'mood'>, moods: readonly Hit<'mood'>[]): boolean {
  const near = reading
    .hits('negator')
    .filter((n) => n.field === hit.field && n.end <= hit.start && hit.start - n.start <= REACH)
    .filter((n) => !moods.some((m) => m.field === n.field && m.start <= n.start && n.end <= m.end));
  const between = near.length === 0 ? '' : reading[hit.field].folded.slice(near[0]!.end, hit.start);
  return near.length > 0 && !/[，。！？；,!?;\s]/.test(between);
}

/** “不负责任” counts, not also a word in it. Hits come in order of place, shorter before longer. */
function outermost(hits: readonly Hit<'mood'>[]): Hit<'mood'>[] {
  const kept: Hit<'mood'>[] = [];
  for (const hit of hits) {
    const last = kept.at(-1);
    if (last !== undefined && last.field === hit.field && hit.end <= last.end) continue;
    if (last !== undefined && last.field === hit.field && hit.start === last.start) kept.pop();
    kept.push(hit);
  }
  return kept;
}

/** The mood as the history taught it; the labels are negative, neutral and positive. */
export function judgeLearnedSentiment(task: LearnedAnswers, text: LearnedText): Judgement['sentiment'] {
  const shares = new Map(votes(task, text).map(({ label, share }) => [label, share]));
  const [negative, positive, neutral] = ['negative', 'positive', 'neutral'].map((label) => shares.get(label) ?? 0);
  const label = negative! >= (task.negativeFrom ?? 0.5) ? 'negative' : positive! >= neutral! ? 'positive' : 'neutral';
  return { label, score: Math.round((positive! - negative!) * 1000) / 1000 };
}
