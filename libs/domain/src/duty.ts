/** 值班员 watches, 带班领导 decides. */
export type DutyKind = 'officer' | 'leader';

/** One person's turn of duty, from ≤ t < to. An override (换班、替班) stands before what the roster says. */
export interface DutyTurn {
  personId: string;
  duty: DutyKind;
  from: Date;
  to: Date;
  isOverride: boolean;
}

export interface DutyAnswer {
  now: DutyTurn[];
  /** Who is on once that changes; empty where nobody is planned. */
  next: DutyTurn[];
  /** When the people on duty next change; null where the roster ends nowhere in sight. */
  changesAt: Date | null;
}

/**
 * Who is on duty at an instant: of each kind the overrides that cover it, else the roster's turns.
 * Two turns that meet at an instant: the one that begins has it.
 */
export function onDutyAt(turns: readonly DutyTurn[], at: Date): DutyTurn[] {
  const covering = turns.filter((turn) => turn.from <= at && at < turn.to);
  return (['leader', 'officer'] as const).flatMap((duty) => {
    const ofKind = covering.filter((turn) => turn.duty === duty);
    const overrides = ofKind.filter((turn) => turn.isOverride);
    return uniquePeople(overrides.length > 0 ? overrides : ofKind);
  });
}

/**
 * Who is on now, who comes next and when. A boundary at which the people stay the same is no change; times without anybody
 * are a change too, and then `next` is empty.
 */
export function dutyAt(turns: readonly DutyTurn[], at: Date): DutyAnswer {
  const now = onDutyAt(turns, at);
  const boundaries = [...new Set(turns.flatMap((turn) => [turn.from.getTime(), turn.to.getTime()]))]
    .filter((ms) => ms > at.getTime())
    .sort((a, b) => a - b);
  for (const boundary of boundaries) {
    const next = onDutyAt(turns, new Date(boundary));
    if (peopleOf(next) !== peopleOf(now)) return { now, next, changesAt: new Date(boundary) };
  }
  return { now, next: [], changesAt: null };
}

/** Stretches between `from` and `to` in which nobody of a kind is on duty. */
export function dutyGaps(turns: readonly DutyTurn[], duty: DutyKind, from: Date, to: Date): { from: Date; to: Date }[] {
  const gaps: { from: Date; to: Date }[] = [];
  let covered = from.getTime();
  for (const turn of turns.filter((one) => one.duty === duty).sort((a, b) => a.from.getTime() - b.from.getTime())) {
    if (turn.from.getTime() > covered && covered < to.getTime())
      gaps.push({ from: new Date(covered), to: new Date(Math.min(turn.from.getTime(), to.getTime())) });
    covered = Math.max(covered, turn.to.getTime());
  }
  if (covered < to.getTime()) gaps.push({ from: new Date(covered), to });
  return gaps;
}

function uniquePeople(turns: DutyTurn[]): DutyTurn[] {
  return turns.filter((turn, index) => turns.findIndex((other) => other.personId === turn.personId) === index);
}

function peopleOf(turns: readonly DutyTurn[]): string {
  return turns
    .map((turn) => `${turn.duty}:${turn.personId}`)
    .sort()
    .join(' ');
}
