import type { FactFigure, FactName } from '@huiying/domain';
import type { Dismissal } from './fact-context.js';
import type { FieldName } from './reading.js';

/**
 * How a figure stands among others of its kind: total (共, 累计, 升至), added (另有), part (其中), superseded (此前通报),
 * corrected (更正为), plain.
 */
export type Standing = 'plain' | 'total' | 'added' | 'part' | 'superseded' | 'corrected';

export interface Candidate {
  kind: FactName;
  figure: FactFigure;
  standing: Standing;
  /** Why it is no fact of this matter; null where it counts. */
  dismissed: Dismissal | null;
  field: FieldName;
  start: number;
  end: number;
  serious: boolean;
  minor: boolean;
}

/**
 * One figure out of several of a kind: the correction; else the highest total, for tolls rise; else the highest plain figure with what
 * was added to it. A number goes before 无伤亡, which was said earlier, and before "mentioned". Null for none.
 */
export function settle(now: readonly Candidate[]): Candidate | null {
  if (now.length === 0) return null;
  const numbers = now.filter((c) => (c.figure.value ?? 0) > 0);
  if (numbers.length === 0) return now.find((c) => c.figure.value === null) ?? now[0]!;
  const of = (...standings: Standing[]) => numbers.filter((c) => standings.includes(c.standing));
  const corrected = of('corrected');
  if (corrected.length > 0) return corrected.at(-1)!;
  const totals = of('total');
  if (totals.length > 0) return highest(totals);
  const plain = of('plain');
  if (plain.length === 0) return highest(of('added', 'part', 'superseded'));
  return plus(highest(plain), of('added'));
}

function highest(candidates: readonly Candidate[]): Candidate {
  return candidates.reduce((best, c) => (c.figure.value! > best.figure.value! ? c : best));
}

/** “3人当场死亡，另有2人经抢救无效死亡” are five; each added figure counts once, in title and text alike. */
function plus(base: Candidate, added: readonly Candidate[]): Candidate {
  const extra = new Map(added.filter((c) => c.field === base.field).map((c) => [c.figure.value!, c.figure]));
  if (extra.size === 0) return base;
  const value = [...extra.keys()].reduce((sum, more) => sum + more, base.figure.value!);
  const open = [base.figure, ...extra.values()].some((f) => f.bound === 'at-least');
  return { ...base, figure: { value, bound: open ? 'at-least' : base.figure.bound } };
}
