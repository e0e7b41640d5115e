import type { WorkCalendar } from './calendar.js';
import type { TellablePeople } from './escalation.js';
import { instantAt, localDateOf, spanText } from './local-time.js';
import type { SeverityLevel } from './severity-level.js';
import type { QuietDays } from './telling.js';

/** The ladder: 值班员 · 带班领导 · 分管领导 · 主要负责人. */
export const RUNGS = ['officer', 'leader', 'deputy', 'head'] as const;
export type Rung = (typeof RUNGS)[number];
export const RUNG_NAMES: Record<Rung, string> = { officer: '值班员', leader: '带班领导', deputy: '分管领导', head: '主要负责人' };

/** What must be acknowledged: a raised alert, a clock that runs out soon (80 % and later), one that has run out. */
export const ESCALATION_MATTERS = ['alert', 'clock-warned', 'clock-breached'] as const;
export type EscalationMatter = (typeof ESCALATION_MATTERS)[number];

const MINUTE = 60_000;
/** As with clocks: fired later than this after its time is late. */
export const MOVE_GRACE_MS = MINUTE;

/** How a matter climbs while nobody acknowledges it. Frozen with the matter at its birth. */
export interface EscalationPolicy {
  id: string;
  name: string;
  /** In order; minutes since birth. */
  steps: readonly { afterMinutes: number; tell: readonly Rung[] }[];
  /** After the last step, until acknowledged; `times` null = without end. */
  repeat: { everyMinutes: number; times: number | null } | null;
  /** Acknowledged, and then nothing done: told again, `times` at most. */
  idle: { afterMinutes: number; times: number } | null;
}

/** A policy with what it is for. The first one that fits is taken. */
export interface PolicyRule extends EscalationPolicy {
  matters: readonly EscalationMatter[];
  severities: readonly SeverityLevel[];
  /** Ids of deadline rules; null = every clock. */
  clocks: readonly string[] | null;
  days: QuietDays;
  /** By the wall clock in China, from ≤ t < to; `to` not after `from` runs over midnight. Null = all day. */
  hours: { from: string; to: string } | null;
}

/** What of a matter chooses its policy. */
export interface EscalationBirth {
  matter: EscalationMatter;
  severity: SeverityLevel;
  /** Id of the deadline rule; null for an alert. */
  ruleId: string | null;
  at: Date;
}

/** The policy for a matter, by the day and hour of its birth; null = none is laid down. */
export function policyFor(rules: readonly PolicyRule[], birth: EscalationBirth, calendar: WorkCalendar): EscalationPolicy | null {
  const found = rules.find(
    (rule) =>
      rule.matters.includes(birth.matter) &&
      rule.severities.includes(birth.severity) &&
      (rule.clocks === null || (birth.ruleId !== null && rule.clocks.includes(birth.ruleId))) &&
      fitsTime(rule, birth.at, calendar),
  );
  if (!found) return null;
  const { id, name, steps, repeat, idle } = found;
  return { id, name, steps, repeat, idle };
}

function fitsTime({ days, hours }: PolicyRule, at: Date, calendar: WorkCalendar): boolean {
  const date = localDateOf(at);
  if (days !== 'every' && calendar.isWorkday(date) !== (days === 'working')) return false;
  if (hours === null) return true;
  const from = instantAt(date, hours.from);
  const to = instantAt(date, hours.to);
  return hours.to > hours.from ? from <= at && at < to : at >= from || at < to;
}

/** Where an escalation stands. */
export interface EscalationState {
  bornAt: Date;
  /** Steps and repeats that are behind it. */
  fired: number;
  acknowledgedAt: Date | null;
  /** The last thing a person did about it. */
  touchedAt: Date | null;
  idleFired: number;
  lastIdleAt: Date | null;
  /** Decided, met, cancelled: nothing is owed any more. */
  endedAt: Date | null;
}

export interface EscalationMove {
  kind: 'step' | 'repeat' | 'idle';
  /** Of steps and repeats together, or of the idle ones: names the move for ever. */
  index: number;
  at: Date;
  isDue: boolean;
  late: boolean;
  tell: readonly Rung[];
  /** In Chinese, e.g. 预警已 10 分无人签收，上报分管领导. */
  reason: string;
}

/**
 * What must be told next of a matter and when; null = nothing more. Steps come one by one, also after an outage. Repeats that an
 * outage swallowed are one repeat: the same people need not hear the same thing six times in a second. Acknowledging ends steps and
 * repeats; idleness counts from the last thing somebody did.
 */
export function nextMove(policy: EscalationPolicy, state: EscalationState, now: Date): EscalationMove | null {
  if (state.endedAt !== null) return null;
  const move = state.acknowledgedAt === null ? climb(policy, state, now) : idle(policy, state, state.acknowledgedAt);
  if (move === null) return null;
  return { ...move, isDue: move.at <= now, late: now.getTime() - move.at.getTime() > MOVE_GRACE_MS };
}

type Planned = Omit<EscalationMove, 'isDue' | 'late'>;

function climb({ steps, repeat }: EscalationPolicy, { bornAt, fired }: EscalationState, now: Date): Planned | null {
  const step = steps[fired];
  if (step) {
    const tell = step.tell.map((rung) => RUNG_NAMES[rung]).join('、');
    const reason = `已 ${spanText(step.afterMinutes * MINUTE)}无人确认，上报${tell}`;
    return { kind: 'step', index: fired, at: after(bornAt, step.afterMinutes), tell: step.tell, reason };
  }
  const last = steps.at(-1);
  if (!last || repeat === null) return null;
  const base = after(bornAt, last.afterMinutes);
  const missed = Math.floor((now.getTime() - base.getTime()) / (repeat.everyMinutes * MINUTE));
  const nth = Math.max(fired - steps.length + 1, missed);
  if (repeat.times !== null && fired - steps.length >= repeat.times) return null;
  const round = repeat.times === null ? nth : Math.min(nth, repeat.times);
  const tell = RUNGS.filter((rung) => last.tell.includes(rung) || steps[0]!.tell.includes(rung));
  const at = after(base, round * repeat.everyMinutes);
  const reason = `已 ${spanText(at.getTime() - bornAt.getTime())}无人确认，第 ${round} 次重复提醒`;
  return { kind: 'repeat', index: steps.length + round - 1, at, tell, reason };
}

function idle({ idle: rule }: EscalationPolicy, state: EscalationState, acknowledgedAt: Date): Planned | null {
  if (rule === null || state.idleFired >= rule.times) return null;
  const since = [acknowledgedAt, state.touchedAt, state.lastIdleAt].reduce<Date>(
    (latest, at) => (at && at > latest ? at : latest),
    acknowledgedAt,
  );
  const tell = state.idleFired === 0 ? (['officer'] as const) : (['officer', 'leader'] as const);
  const reason = `已确认但 ${spanText(rule.afterMinutes * MINUTE)}未见处置`;
  return { kind: 'idle', index: state.idleFired, at: after(since, rule.afterMinutes), tell, reason };
}

/** The state after a move was made at an instant. */
export function afterMove(state: EscalationState, move: Pick<EscalationMove, 'kind' | 'index'>, at: Date): EscalationState {
  if (move.kind === 'idle') return { ...state, idleFired: move.index + 1, lastIdleAt: at };
  return { ...state, fired: Math.max(state.fired, move.index + 1) };
}

/** How many steps are behind a matter once somebody took it up to a rung by hand: those that tell nobody above it. */
export function firedByHand({ steps }: EscalationPolicy, fired: number, to: Rung): number {
  const height = RUNGS.indexOf(to);
  const above = steps.findIndex(({ tell }) => tell.some((rung) => RUNGS.indexOf(rung) > height));
  return Math.max(fired, above < 0 ? steps.length : above);
}

/** Who stands on the upper rungs. */
export interface Ladder {
  deputy: readonly string[];
  head: readonly string[];
}

/** The people on a rung. One where nobody stands falls to the next above, the uppermost to the next below: never nobody while there is anybody. */
export function peopleOn(rung: Rung, ladder: Ladder, people: TellablePeople): string[] {
  const onDuty = (duty: 'officer' | 'leader') => people.onDuty.filter((turn) => turn.duty === duty).map((turn) => turn.personId);
  const on: Record<Rung, readonly string[][]> = {
    officer: [onDuty('officer'), [...people.dutyOfficers]],
    leader: [onDuty('leader'), [...people.supervisors]],
    deputy: [[...ladder.deputy]],
    head: [[...ladder.head]],
  };
  const height = RUNGS.indexOf(rung);
  const order = [...RUNGS.slice(height), ...RUNGS.slice(0, height).reverse()];
  for (const one of order) {
    const found = on[one].find((ids) => ids.length > 0);
    if (found) return [...new Set(found)];
  }
  return [];
}

function after(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * MINUTE);
}
