import type { Judgement } from '@huiying/contracts';
import { quoted, reasonOf, type Reading } from './reading.js';

/** Points of each kind of wording; two kinds together make a hint, one alone hardly. */
const POINTS = { hearsay: 0.4, incite: 0.4, shouting: 0.15, vague: 0.15 };
/** Below this nothing is said. */
const LEAST = 0.4;
/** Bodies that speak for themselves: hearsay in their notices is what they deny. */
const OFFICIAL: readonly string[] = ['gov-site', 'hotline'];
const SHOUTING = /[!！]{2,}|[?？]{3,}|重磅|惊爆|震惊|太可怕了|速看/;
const VAGUE = /(?:一个)?(?:朋友|亲戚|同事|熟人|内部人|知情人)(?:说|透露|告诉|爆料)|有关系的人|千真万确|绝对真实|亲眼所见的朋友/;

/** Whether the wording is that of a rumour (传言提示). It says nothing about whether the thing is true: an officer asks those who know. */
export function judgeRumour(reading: Reading): NonNullable<Judgement['rumour']> | null {
  const { channel } = reading.data;
  const refuting = reading.signals('refute');
  const hearsay = reading.signals('hearsay');
  const incite = reading.signals('incite');
  const words = reading.title.folded + reading.text.folded;
  const shouting = SHOUTING.test(words);
  const vague = VAGUE.test(words);
  const points =
    (hearsay.length > 0 ? POINTS.hearsay : 0) +
    (incite.length > 0 ? POINTS.incite : 0) +
    (shouting ? POINTS.shouting : 0) +
    (vague ? POINTS.vague : 0);
  const score = OFFICIAL.includes(channel) || refuting.length > 0 ? Math.min(points, LEAST / 2) : Math.min(1, points);
  const reasons = [
    ...(hearsay.length > 0 ? [reasonOf(reading, `有传言、未证实的表述${quoted(reading, hearsay)}`, hearsay)] : []),
    ...(incite.length > 0 ? [reasonOf(reading, `有煽动转发的表述${quoted(reading, incite)}`, incite)] : []),
    ...(vague ? [{ text: '消息来源含糊（“朋友说”一类）', matches: [] }] : []),
  ];
  if (refuting.length > 0) {
    const denies = reasonOf(reading, `文中已有辟谣、否认的表述${quoted(reading, refuting)}，请核对是否为权威发布`, refuting);
    return { score: round(score), refuted: true, reasons: [denies, ...reasons] };
  }
  if (score < LEAST) return null;
  return {
    score: round(score),
    refuted: false,
    reasons: [{ text: '表述像传言，仅作提示，真伪须由主管部门核实', matches: [] }, ...reasons],
  };
}

/** What the history taught of rumours, for one text. */
export interface LearnedRumour {
  version: string;
  rows: number;
  share: number;
}

/** From this share on the officer is told. */
const TOLD_FROM = 0.5;

/** The hint as the history taught it, with what the words say beside it; a text that denies something stays one that denies. */
export function judgeLearnedRumour(
  { version, rows, share }: LearnedRumour,
  byWords: ReturnType<typeof judgeRumour>,
): ReturnType<typeof judgeRumour> {
  if (byWords?.refuted) return byWords;
  if (share < TOLD_FROM) return null;
  const learned = {
    text: `按历史样本学习（${version}，${rows}条），写法像传言的把握${Math.round(share * 100)}%，仅作提示，真伪须由主管部门核实`,
    matches: [],
  };
  return { score: round(share), refuted: false, reasons: [learned, ...(byWords?.reasons ?? [])] };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
