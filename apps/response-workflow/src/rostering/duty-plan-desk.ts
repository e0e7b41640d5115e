import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { changeDutyRequest, type ChangeDutyRequest, type DutyFeed, type DutyPlan, type DutySlot } from '@huiying/contracts/http';
import {
  addDays,
  BadInput,
  dutyGaps,
  instantAt,
  localDateOf,
  localTimeText,
  NotFound,
  onDutyAt,
  type DutyKind,
  type DutyTurn,
} from '@huiying/domain';
import { check, ENVIRONMENT } from '@huiying/platform';
import { AuditTrail, DutyPlans, People, type PersonRow, type Queries } from '@huiying/persistence';
import { shiftAt, shiftsBetween, type Environment } from '@huiying/settings';
import type { Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { DutyDesk, mergeTurns } from '../duty/index.js';
import { requestsTo } from '../notifying/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { iCalendar } from './ical.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const LONGEST_CHANGE_MS = 31 * DAY_MS;
const FEED_BACK_DAYS = 7;
const FEED_AHEAD_DAYS = 60;
export const DUTY_WORDS: Record<DutyKind, string> = { officer: '值班员', leader: '带班领导' };

/** The roster as it is lived: days with their shifts, changes by hand (调班), gaps, and each person's calendar. */
@Injectable()
export class DutyPlanDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** The day on which the shift at an instant began: a night belongs to the evening. */
  dutyDay(at: Date): string {
    return localDateOf(shiftAt(this.city.parts.roster, at).from);
  }

  /** @param fromDay YYYY-MM-DD in China */
  async plan(fromDay: string, days: number, actor: Actor): Promise<DutyPlan> {
    const { database } = this.store;
    const from = instantAt(fromDay, '00:00');
    const to = new Date(from.getTime() + days * DAY_MS);
    const people = await new People(database).active();
    const byId = new Map(people.map((person) => [person.id, person]));
    const turns = await this.duty.turnsBetween(database, people, new Date(from.getTime() - DAY_MS), new Date(to.getTime() + DAY_MS));
    const changes = await new DutyPlans(database).changesBetween(from, to);
    return {
      from: fromDay,
      days: Array.from({ length: days }, (_, i) => this.day(addDays(fromDay, i), turns, byId, actor)),
      gaps: this.gapsOf(turns, new Date(Math.max(from.getTime(), this.store.now().getTime())), to),
      people: people.flatMap(({ id, name, role }) => {
        const duty = role === 'duty-officer' ? ('officer' as const) : role === 'supervisor' ? ('leader' as const) : null;
        return duty === null ? [] : [{ id, name, duty }];
      }),
      changes: changes.map(({ id, duty, from: begins, to: ends, personId, reason, madeBy, madeAt, swapId }) => ({
        ...{ id, duty, reason, madeBy, name: byId.get(personId)?.name ?? '已停用账号', isSwap: swapId !== null },
        ...{ from: begins.toISOString(), to: ends.toISOString(), madeAt: madeAt.toISOString() },
      })),
    };
  }

  /** Stretches that nobody covers, of either kind. */
  async gaps(on: Queries, from: Date, to: Date): Promise<DutyPlan['gaps']> {
    const people = await new People(on).active();
    return this.gapsOf(await this.duty.turnsBetween(on, people, from, to), from, to);
  }

  /** 调班: somebody takes a stretch in place of whom the roster names; both are told. @throws BadInput */
  async change(request: ChangeDutyRequest, actor: Actor): Promise<{ changeId: string }> {
    const { duty, personId, reason, ...span } = check(changeDutyRequest, request);
    const [from, to] = [new Date(span.from), new Date(span.to)];
    const id = randomUUID();
    await this.store.change(async (tx, now) => {
      if (to <= from || to.getTime() - from.getTime() > LONGEST_CHANGE_MS)
        throw bad('to', 'must be after `from`, by 31 days at most', span.to, '结束须晚于开始，且不超过 31 天');
      if (to <= now) throw bad('to', 'must not have passed', span.to, '该时段已经过去');
      const people = await new People(tx).active();
      const person = people.find((one) => one.id === personId);
      if (!person || !mayStand(person, duty))
        throw bad('personId', 'must be an active account of that duty', personId, `请选择一名${DUTY_WORDS[duty]}`);
      const turns = await this.duty.turnsBetween(tx, people, from, to);
      const before = onDutyAt(turns, from).filter((turn) => turn.duty === duty);
      await new DutyPlans(tx).addChange({ id, duty, from, to, personId, reason, madeBy: actor.name, madeAt: now, swapId: null });
      const told = [...new Set([personId, ...before.map((turn) => turn.personId)])].filter((one) => one !== actor.id);
      const body = `${spanWords(from, to)}${DUTY_WORDS[duty]}由${person.name}值班。原因：${reason}。${actor.name}调整。`;
      const words = { title: `【调班】${spanWords(from, to)}`, body, link: '/duty', caseId: null, causedBy: null };
      tx.send(...requestsTo({ fact: `duty-change:${id}`, severity: 'IV', urgency: 'normal', ...words }, told, now));
      await this.audit(tx, now, actor, { action: 'duty.change', id, detail: { duty, personId, reason, ...span } });
    });
    return { changeId: id };
  }

  /** The roster holds again. @throws NotFound */
  async cancelChange(id: string, actor: Actor): Promise<void> {
    await this.store.change(async (tx, now) => {
      const change = await new DutyPlans(tx).cancelChange(id, actor.name, now);
      if (!change) throw new NotFound('duty change in force', id);
      const body = `${spanWords(change.from, change.to)}的调班已由${actor.name}取消，恢复原排班。`;
      const words = { title: '【调班取消】', body, link: '/duty', caseId: null, causedBy: null };
      tx.send(...requestsTo({ fact: `duty-change:${id}:cancelled`, severity: 'IV', urgency: 'normal', ...words }, [change.personId], now));
      await this.audit(tx, now, actor, { action: 'duty.change-cancel', id, detail: {} });
    });
  }

  async feed(actor: Actor): Promise<DutyFeed> {
    return { madeAt: (await new DutyPlans(this.store.database).feedMadeAt(actor.id))?.toISOString() ?? null, url: null };
  }

  /** A new secret address of one's own calendar; an earlier one ends. It is shown this once. */
  async makeFeed(actor: Actor): Promise<DutyFeed> {
    const token = randomBytes(24).toString('base64url');
    const now = this.store.now();
    await this.store.change(async (tx) => {
      await new DutyPlans(tx).keepFeed(actor.id, hashOf(token), now);
      await this.audit(tx, now, actor, { action: 'duty.feed', id: actor.id, detail: {} });
    });
    return { madeAt: now.toISOString(), url: new URL(`/api/duty/calendar/${token}.ics`, this.environment.publicUrl).href };
  }

  async endFeed(actor: Actor): Promise<void> {
    await new DutyPlans(this.store.database).endFeed(actor.id);
  }

  /** One person's turns as a calendar; null where the address is nobody's. Nothing but the turns stands in it. */
  async calendar(token: string): Promise<string | null> {
    const { database } = this.store;
    const owner = await new DutyPlans(database).feedOwner(hashOf(token));
    if (owner === null) return null;
    const now = this.store.now();
    const people = await new People(database).active();
    const from = new Date(now.getTime() - FEED_BACK_DAYS * DAY_MS);
    const to = new Date(now.getTime() + FEED_AHEAD_DAYS * DAY_MS);
    const turns = mergeTurns(inForce(await this.duty.turnsBetween(database, people, from, to)).filter((turn) => turn.personId === owner));
    const host = new URL(this.environment.publicUrl).hostname;
    const events = turns.map((turn) => ({
      uid: `${turn.duty}-${turn.from.getTime()}-${owner}@${host}`,
      ...{ from: turn.from, to: turn.to },
      summary: `${DUTY_WORDS[turn.duty]}${turn.isOverride ? '（调班）' : ''}`,
      description: `${this.city.parts.name}政务舆情值班`,
    }));
    return iCalendar(`${people.find(({ id }) => id === owner)?.name ?? ''}的值班`, events, now);
  }

  private day(date: string, turns: readonly DutyTurn[], people: ReadonlyMap<string, PersonRow>, actor: Actor): DutyPlan['days'][number] {
    const { roster, calendar } = this.city.parts;
    const { why, isWorkday } = calendar.dayKind(date);
    const starts = instantAt(date, '00:00');
    const shifts = shiftsBetween(roster, starts, new Date(starts.getTime() + DAY_MS)).filter(({ from }) => from >= starts);
    const slots = (from: Date, to: Date, duty: DutyKind): DutySlot[] => {
      const during = turns.filter((turn) => turn.from < to && turn.to > from);
      const edges = [from, ...during.map((turn) => turn.from).filter((at) => at > from && at < to)];
      const on = edges.flatMap((at) => onDutyAt(during, at)).filter((turn) => turn.duty === duty);
      return on
        .filter((turn, i) => on.findIndex((other) => other.personId === turn.personId) === i)
        .map(({ personId, isOverride }) => ({ personId, name: people.get(personId)?.name ?? '', isOverride, isMe: personId === actor.id }));
    };
    return {
      ...{ date, why, isWorkday },
      shifts: shifts.map(({ name, from, to }) => ({
        ...{ name, from: from.toISOString(), to: to.toISOString() },
        ...{ officers: slots(from, to, 'officer'), leaders: slots(from, to, 'leader') },
      })),
    };
  }

  private gapsOf(turns: readonly DutyTurn[], from: Date, to: Date): DutyPlan['gaps'] {
    return (['officer', 'leader'] as const).flatMap((duty) =>
      dutyGaps(turns, duty, from, to).map((gap) => ({ duty, from: gap.from.toISOString(), to: gap.to.toISOString() })),
    );
  }

  private audit(tx: Queries, at: Date, actor: Actor, done: { action: string; id: string; detail: Record<string, unknown> }): Promise<void> {
    const { id: personId, name: who, origin } = actor;
    const { action, id, detail } = done;
    return new AuditTrail(tx).add({ at, personId, who, action, subject: `duty:${id}`, origin, detail });
  }
}

/** The turns as they hold: what an override covers is not the roster's any more. */
export function inForce(turns: readonly DutyTurn[]): DutyTurn[] {
  const edges = [...new Set(turns.flatMap((turn) => [turn.from.getTime(), turn.to.getTime()]))].sort((a, b) => a - b);
  return edges.slice(0, -1).flatMap((edge, i) => {
    const [from, to] = [new Date(edge), new Date(edges[i + 1]!)];
    return onDutyAt(turns, from).map((turn) => ({ ...turn, from, to }));
  });
}

export function mayStand({ role }: Pick<PersonRow, 'role'>, duty: DutyKind): boolean {
  return role === (duty === 'officer' ? 'duty-officer' : 'supervisor');
}

/** `11-18 08:00 至 20:00` */
export function spanWords(from: Date, to: Date): string {
  const [begin, end] = [localTimeText(from), localTimeText(to)];
  const isSameDay = begin.slice(0, 10) === end.slice(0, 10);
  return `${begin.slice(5)} 至 ${isSameDay || to.getTime() - from.getTime() <= 12 * HOUR_MS ? end.slice(11) : end.slice(5)}`;
}

export function bad(field: string, rule: string, got: unknown, message: string): BadInput {
  return new BadInput([{ field, rule, got, message }]);
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
