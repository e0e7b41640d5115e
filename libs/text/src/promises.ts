import { readNumber } from './chinese-number.js';
import { splitSentences } from './sentences.js';

/** When something was promised for: a day, or so many days or working days from the day it was said. */
export type PromisedFor = { day: string } | { days: number } | { workingDays: number };

/** A sentence in which something is promised. */
export interface PromisedThing {
  text: string;
  /** The words that name the time, e.g. 12月20日前; null where none do. */
  dueText: string | null;
  due: PromisedFor | null;
}

const WILL =
  /(?:将|承诺|确保|力争|预计|限期|尽快|计划|争取)[^。；！？]{0,40}?(?:完成|恢复|公布|公开|整改|发布|召开|退还|退费|到位|解决|建成|通车|答复|开展|发放|兑现|修复|拆除|整治|落实|支付|补偿|供[水电气]|投用|开放|回访|反馈|通报)/;
const NOT = /(?:不能|无法|未能|没有|暂不)(?:保证|承诺|确定)|曾(?:承诺|表示)|此前承诺/;
const N = '([0-9]+|[一二两三四五六七八九十]{1,3})';

/** Sentences of a reply that promise something; suggestions for the ledger of commitments (承诺台账), a person decides. */
export function promisesIn(text: string, saidOn: string): PromisedThing[] {
  return splitSentences(text).flatMap(({ start, end }) => {
    const sentence = text.slice(start, end).replace(/[。；;！!]+$/, '');
    if (!WILL.test(sentence) || NOT.test(sentence)) return [];
    const found = dueIn(sentence, saidOn);
    return [{ text: sentence, dueText: found?.words ?? null, due: found?.due ?? null }];
  });
}

/** The first time that a sentence names. @param saidOn the day it was said, YYYY-MM-DD */
export function dueIn(sentence: string, saidOn: string): { words: string; due: PromisedFor } | null {
  for (const [pattern, read] of FORMS) {
    const match = pattern.exec(sentence);
    const due = match && read(match, saidOn);
    if (match && due) return { words: match[0], due };
  }
  return null;
}

type Form = [RegExp, (match: RegExpExecArray, saidOn: string) => PromisedFor | null];
const FORMS: Form[] = [
  [/(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:之?前|底)?/, (m, on) => dayOf(m[1], Number(m[2]), Number(m[3]), on)],
  [/(?:(\d{4})年)?(\d{1,2})月底(?:之?前)?/, (m, on) => dayOf(m[1], Number(m[2]), null, on)],
  [/(?:今年|本年|年)(?:内|底)(?:之?前)?/, (_, on) => ({ day: `${on.slice(0, 4)}-12-31` })],
  [/(?:本月|月)(?:内|底)(?:之?前)?/, (_, on) => dayOf(undefined, Number(on.slice(5, 7)), null, on)],
  [new RegExp(`${N}个?工作日(?:之?内)?`), (m) => counted(m[1]!, (n) => ({ workingDays: n }))],
  [new RegExp(`${N}个?小时(?:之?内)`), (m) => counted(m[1]!, (n) => ({ days: Math.ceil(n / 24) }))],
  [new RegExp(`${N}个月(?:之?内)`), (m) => counted(m[1]!, (n) => ({ days: n * 30 }))],
  [new RegExp(`${N}周(?:之?内)`), (m) => counted(m[1]!, (n) => ({ days: n * 7 }))],
  [new RegExp(`${N}(?:日|天)(?:之?内)`), (m) => counted(m[1]!, (n) => ({ days: n }))],
  [/(?:本周|这周)(?:内|末)?/, (_, on) => ({ day: sundayOf(on) })],
  [/明[日天]/, () => ({ days: 1 })],
  [/今[日天晚](?:内|前)?/, () => ({ days: 0 })],
];

function counted(digits: string, due: (n: number) => PromisedFor): PromisedFor | null {
  const n = readNumber(digits);
  return n === null || n < 1 || n > 1000 ? null : due(n);
}

/** A day without a year is the next one from the day it was said; without a day, the month's last. */
function dayOf(year: string | undefined, month: number, day: number | null, saidOn: string): PromisedFor | null {
  const at = (y: number): string | null => {
    const last = new Date(Date.UTC(y, month, 0)).getUTCDate();
    if (month < 1 || month > 12 || (day !== null && (day < 1 || day > last))) return null;
    return `${y}-${String(month).padStart(2, '0')}-${String(day ?? last).padStart(2, '0')}`;
  };
  const here = Number(saidOn.slice(0, 4));
  const found = at(year === undefined ? here : Number(year));
  const next = year === undefined && found !== null && found < saidOn ? at(here + 1) : found;
  return next === null ? null : { day: next };
}

function sundayOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + ((7 - at.getUTCDay()) % 7));
  return at.toISOString().slice(0, 10);
}
