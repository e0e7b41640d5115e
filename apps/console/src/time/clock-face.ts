import type { DeadlineView } from '@huiying/contracts/http';
import { monthDayTime, toMs } from './beijing.js';
import { spanWords } from './words.js';

/** The one scale of time. Every clock of the console is drawn on it. */
export type Band = 'met' | 'met-late' | 'ample' | 'half' | 'fifth' | 'overdue' | 'remind' | 'paused' | 'cancelled';

export interface ClockFace {
  band: Band;
  /** 剩 3 小时 12 分 · 超时 12 分 · 已按时完成 · 迟 2 小时完成 · 已取消 */
  word: string;
  /** What remains of the whole length, 1 at the start, 0 when due or over. */
  left: number;
  /** 11-22 14:05（剩 3 小时 12 分） */
  absolute: string;
  provisional: boolean;
}

export type Clocked = Pick<DeadlineView, 'startedAt' | 'dueAt' | 'state' | 'metAt' | 'provisional'> & {
  lengthSeconds?: number;
  /** A reminder of the house: its time is not a breach. */
  isReminder?: boolean;
  milestone?: string;
};

/** Shown on a clock whose calendar is not published yet. */
export const PROVISIONAL_WORD = '暂定';

/**
 * How a clock reads at `nowMs`, the server's time. A running clock past its due instant reads overdue at once:
 * the server's own step may come seconds later.
 */
export function clockFace(clock: Clocked, nowMs: number): ClockFace {
  const due = toMs(clock.dueAt);
  const secondsLeft = (due - nowMs) / 1000;
  const { band, word, left } = reading(clock, secondsLeft, due);
  return { band, word, left, absolute: `${monthDayTime(due)}（${word}）`, provisional: clock.provisional };
}

function reading(clock: Clocked, secondsLeft: number, due: number): Pick<ClockFace, 'band' | 'word' | 'left'> {
  if (clock.state === 'cancelled') return { band: 'cancelled', word: '已取消', left: 0 };
  if (clock.state === 'paused') return { band: 'paused', word: '暂停计时', left: 1 };
  if (clock.state === 'met') return { band: 'met', word: '按时完成', left: 1 };
  if (clock.state === 'met-late') {
    const late = clock.metAt === null ? '' : ` ${spanWords((toMs(clock.metAt) - due) / 1000)}`;
    return { band: 'met-late', word: `迟${late}完成`, left: 0 };
  }
  if (clock.isReminder === true) return reminding(clock, secondsLeft);
  if (clock.state === 'overdue' || secondsLeft <= 0)
    return { band: 'overdue', word: `超时 ${spanWords(Math.min(0, secondsLeft))}`, left: 0 };
  const left = shareLeft(clock, secondsLeft);
  return { band: bandOf(left), word: `剩 ${spanWords(secondsLeft)}`, left };
}

/** What only reminds is never red: it says when, and then how long nothing new was published. */
function reminding(clock: Clocked, secondsLeft: number): Pick<ClockFace, 'band' | 'word' | 'left'> {
  if (secondsLeft > 0) return { band: 'ample', word: `${spanWords(secondsLeft)}后提醒`, left: shareLeft(clock, secondsLeft) };
  const silent = (toMs(clock.dueAt) - toMs(clock.startedAt)) / 1000 - secondsLeft;
  return { band: 'remind', word: `提醒 ${spanWords(silent)}未续报`, left: 1 };
}

function shareLeft(clock: Clocked, secondsLeft: number): number {
  const length = clock.lengthSeconds ?? (toMs(clock.dueAt) - toMs(clock.startedAt)) / 1000;
  return length > 0 ? Math.min(1, secondsLeft / length) : 0;
}

/** ≤ 20 % left, ≤ 50 % left, or ample. */
export function bandOf(left: number): 'ample' | 'half' | 'fifth' {
  if (left <= 0.2) return 'fifth';
  return left <= 0.5 ? 'half' : 'ample';
}

/** The band in words, for the tooltip and for those who do not see the colour. */
export const BAND_WORDS: Record<Band, string> = {
  met: '已按时完成',
  'met-late': '已完成，但超时',
  ample: '时间充裕',
  half: '剩余不足一半',
  fifth: '剩余不足两成',
  overdue: '已超时',
  remind: '提醒续报工作进展，无法定时长',
  paused: '暂停计时，不计入期限',
  cancelled: '已取消',
};

/** Open clocks by time left, the longest overdue first; reminders after all legal clocks; closed ones last, latest first. */
export function byTimeLeft(one: Clocked, other: Clocked): number {
  if (rank(one) !== rank(other)) return rank(one) - rank(other);
  const difference = toMs(one.dueAt) - toMs(other.dueAt);
  return isOpen(one) ? difference : -difference;
}

/** Legal clocks, then the house's own after closing (评估), then what stands, then what only reminds, then what is over. */
function rank(clock: Clocked): number {
  if (!isOpen(clock)) return 4;
  if (clock.isReminder === true) return 3;
  if (clock.state === 'paused') return 2;
  return clock.milestone === 'evaluation' ? 1 : 0;
}

/** The clock that runs out next among `clocks`, or null where none is open. */
export function nextClock<T extends Clocked>(clocks: readonly T[]): T | null {
  const open = clocks.filter(isOpen);
  return [...open].sort(byTimeLeft)[0] ?? null;
}

function isOpen({ state }: Clocked): boolean {
  return state === 'running' || state === 'paused' || state === 'overdue';
}
