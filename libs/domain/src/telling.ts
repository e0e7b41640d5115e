import type { WorkCalendar } from './calendar.js';
import { addDays, instantAt, localDateOf } from './local-time.js';
import { isAtLeast, type SeverityLevel } from './severity-level.js';
import type { TellablePeople } from './escalation.js';

/** Which days a window of quiet hours begins on: every day, working days, days off (weekends and 法定节假日, 调休 heeded). */
export type QuietDays = 'every' | 'working' | 'off';

/** 免打扰: from ≤ t < to by the wall clock in China; `to` not after `from` ends on the next day. '24:00' is midnight. */
export interface QuietWindow {
  from: string;
  to: string;
  days: QuietDays;
}

/** What is to be told, as far as it decides when. */
export interface Weight {
  urgency: 'normal' | 'urgent';
  /** Null where the fact has no severity of its own. */
  severity: SeverityLevel | null;
}

/** Contiguous windows are followed this far; someone who is quiet for longer is not reachable and must be told to mend it. */
const LONGEST_QUIET_DAYS = 10;

/** Whether something breaks quiet hours: what is urgent and of level I or II, or urgent without a level. */
export function breaksQuiet({ urgency, severity }: Weight): boolean {
  return urgency === 'urgent' && (severity === null || isAtLeast(severity, 'II'));
}

/**
 * Until when a message is held back (免打扰); null = it may go now. Who is on duty is not quiet. What is held goes out at the end of
 * the quiet time; nothing is dropped.
 */
export function heldUntil(weight: Weight, quiet: readonly QuietWindow[], isOnDuty: boolean, at: Date, calendar: WorkCalendar): Date | null {
  if (isOnDuty || breaksQuiet(weight) || quiet.length === 0) return null;
  const end = at.getTime() + LONGEST_QUIET_DAYS * 86_400_000;
  let free = at;
  for (;;) {
    const covering = quiet.flatMap((window) => endOfCover(window, free, calendar) ?? []);
    if (covering.length === 0) break;
    free = covering.reduce((latest, one) => (one > latest ? one : latest));
    if (free.getTime() >= end) return new Date(end);
  }
  return free > at ? free : null;
}

/** When the window that covers an instant ends; null where it does not cover it. */
function endOfCover({ from, to, days }: QuietWindow, at: Date, calendar: WorkCalendar): Date | null {
  const today = localDateOf(at);
  for (const date of [addDays(today, -1), today]) {
    if (days !== 'every' && calendar.isWorkday(date) !== (days === 'working')) continue;
    const begins = instantAt(date, from);
    const ends = to > from ? instantAt(date, to) : instantAt(addDays(date, 1), to);
    if (begins <= at && at < ends) return ends;
  }
  return null;
}

/** What a channel may send: messages in hand, as of an instant. */
export interface Allowance {
  tokens: number;
  at: Date;
}

/**
 * The messages a channel may send now, so that within any minute no more than `perMinute` go out: half of them may go at once, the
 * other half comes back over a minute.
 */
export function allowanceAt(before: Allowance | null, perMinute: number, now: Date): Allowance {
  const most = Math.max(Math.floor(perMinute / 2), 1);
  if (before === null) return { tokens: most, at: now };
  const refill = Math.max(perMinute - most, 1) / 60_000;
  const passed = Math.max(now.getTime() - before.at.getTime(), 0);
  return { tokens: Math.min(before.tokens + passed * refill, most), at: now };
}

/**
 * Who is told in place of somebody whom no channel reaches, nearest first: of a department its other leads, else the desk; of the
 * desk the others on duty, else the leader; of leaders the other leaders, else the desk.
 */
export function standInsFor(personId: string, people: TellablePeople): string[] {
  const others = (ids: readonly string[]) => [...new Set(ids)].filter((id) => id !== personId);
  const onDuty = (duty: 'officer' | 'leader') => people.onDuty.filter((turn) => turn.duty === duty).map((turn) => turn.personId);
  const leads = [...people.departmentLeads.values()].find((ids) => ids.includes(personId)) ?? [];
  const desk = [onDuty('officer'), onDuty('leader'), people.supervisors, people.dutyOfficers];
  const isLeader = people.supervisors.includes(personId) || onDuty('leader').includes(personId);
  const ladder = isLeader ? [onDuty('leader'), people.supervisors, ...desk] : [leads, ...desk];
  return ladder.map(others).find((ids) => ids.length > 0) ?? [];
}
