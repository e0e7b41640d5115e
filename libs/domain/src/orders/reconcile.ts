import { instantAt, localDateOf } from '../local-time.js';
import type { OrderState } from './order-machine.js';

/** What one side says of an order. */
export interface ReconciledOrder {
  orderNo: string;
  state: OrderState;
  /** Of the last thing that side knows of; null where it does not count. */
  seq: number | null;
  /** checksumOf the order; null where that side makes none. */
  checksum: string | null;
}

/** What is not alike. `behind`: the other side has not heard of everything; `ahead`: it says more than we know. */
export interface OrderDifference {
  orderNo: string;
  kind: 'missing-here' | 'missing-there' | 'behind' | 'ahead' | 'state' | 'content';
  ours: OrderState | null;
  theirs: OrderState | null;
  ourSeq: number | null;
  theirSeq: number | null;
}

export const DIFFERENCE_WORDS: Record<OrderDifference['kind'], string> = {
  'missing-here': '本系统没有',
  'missing-there': '对方没有',
  behind: '对方落后',
  ahead: '对方超前',
  state: '状态不同',
  content: '内容不同',
};

/** 对账: the two lists order by order, by number, by how far each is, by state, by checksum. Pure. */
export function reconcile(ours: readonly ReconciledOrder[], theirs: readonly ReconciledOrder[]): OrderDifference[] {
  const here = new Map(ours.map((one) => [one.orderNo, one]));
  const there = new Map(theirs.map((one) => [one.orderNo, one]));
  const numbers = [...new Set([...here.keys(), ...there.keys()])].sort();
  return numbers.flatMap((orderNo) => {
    const our = here.get(orderNo);
    const their = there.get(orderNo);
    const kind = kindOf(our, their);
    const about = { ours: our?.state ?? null, theirs: their?.state ?? null, ourSeq: our?.seq ?? null, theirSeq: their?.seq ?? null };
    return kind === null ? [] : [{ orderNo, kind, ...about }];
  });
}

function kindOf(our: ReconciledOrder | undefined, their: ReconciledOrder | undefined): OrderDifference['kind'] | null {
  if (our === undefined) return 'missing-here';
  if (their === undefined) return 'missing-there';
  if (their.seq !== null && our.seq !== null && their.seq !== our.seq) return their.seq < our.seq ? 'behind' : 'ahead';
  if (our.state !== their.state) return 'state';
  return our.checksum !== null && their.checksum !== null && our.checksum !== their.checksum ? 'content' : null;
}

const DAY_MS = 86_400_000;

/**
 * Days whose comparison is owed and was not made: of each day that is over, from its hour on the day after; the oldest first.
 * @param at HH:MM in China
 * @param made days (YYYY-MM-DD) that were compared
 */
export function reconcileDaysDue(now: Date, at: string, lookBackDays: number, made: ReadonlySet<string>): string[] {
  const today = localDateOf(now);
  const newest = now >= instantAt(today, at) ? 1 : 2;
  return Array.from({ length: lookBackDays }, (_, i) => localDateOf(new Date(instantAt(today, '12:00').getTime() - (newest + i) * DAY_MS)))
    .filter((day) => !made.has(day))
    .reverse();
}

/** Numbers that are left out between two that are there. */
export interface NumberGap {
  from: string;
  to: string;
  count: number;
}

/** Numbering with more holes than numbers is not consecutive, and says nothing by its holes. */
const CONSECUTIVE_SHARE = 0.5;
const SHOWN_AT_MOST = 200;

/**
 * Holes in the hotline's numbering, e.g. WC2026112300017 missing between …16 and …18: a record that never came. Numbers with the same
 * beginning and the same length are one row; the last six digits (or fewer) count. A row that is not numbered through is left alone.
 */
export function numberGaps(orderNos: readonly string[]): NumberGap[] {
  const rows = new Map<string, number[]>();
  for (const orderNo of orderNos) {
    const [, head, tail] = /^(.*?)(\d{1,6})$/.exec(orderNo) ?? [];
    if (head === undefined || tail === undefined) continue;
    const key = `${head}\u001f${tail.length}`;
    const row = rows.get(key);
    if (row === undefined) rows.set(key, [Number(tail)]);
    else row.push(Number(tail));
  }
  return [...rows]
    .flatMap(([key, numbers]) =>
      gapsOf(
        key,
        [...new Set(numbers)].sort((a, b) => a - b),
      ),
    )
    .slice(0, SHOWN_AT_MOST);
}

function gapsOf(key: string, numbers: readonly number[]): NumberGap[] {
  const range = numbers.at(-1)! - numbers[0]! + 1;
  if (numbers.length / range < CONSECUTIVE_SHARE) return [];
  const [head, length] = key.split('\u001f') as [string, string];
  const written = (n: number) => `${head}${String(n).padStart(Number(length), '0')}`;
  return numbers.flatMap((n, i) => {
    const next = numbers[i + 1];
    return next === undefined || next === n + 1 ? [] : [{ from: written(n + 1), to: written(next - 1), count: next - n - 1 }];
  });
}
