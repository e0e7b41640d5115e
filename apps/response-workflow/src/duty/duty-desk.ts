import { Inject, Injectable } from '@nestjs/common';
import type { DutyPerson, OnDuty } from '@huiying/contracts/http';
import { Clock, dutyAt, onDutyAt, type DutyTurn, type TellablePeople } from '@huiying/domain';
import { Database, DutyPlans, People, type DutyChangeRow, type PersonRow, type Queries } from '@huiying/persistence';
import { shiftsBetween, type DutyRoster, type HolidayTest } from '@huiying/settings';
import { CityBook, type CityBookParts } from '../city/index.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** How far the roster is looked at for the next change of people. */
const LOOK_BACK = 2 * DAY;
const LOOK_AHEAD = 9 * DAY;

type Listed = Omit<TellablePeople, 'onDuty'> & { people: ReadonlyMap<string, PersonRow> };

/** Who may be told and when each is on duty, as read in one hour at one state of the accounts, of the plan and of the city's configuration. */
interface Roll {
  state: string;
  /** Whole hours since 1970-01-01 UTC. */
  hour: number;
  parts: CityBookParts;
  turns: readonly DutyTurn[];
  listed: Listed;
}

/** Who is on duty (值班), and who may be told of something. */
@Injectable()
export class DutyDesk {
  private roll: Roll | null = null;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  async onDuty(): Promise<OnDuty> {
    const at = this.clock.now();
    const people = new Map((await new People(this.database).active()).map((person) => [person.id, person]));
    const turns = mergeTurns(await this.turnsAround(this.database, [...people.values()], at));
    const { now, next, changesAt } = dutyAt(turns, at);
    const show = (turn: DutyTurn): DutyPerson => {
      const { id, name, phone } = people.get(turn.personId)!;
      return { id, name, phone, duty: turn.duty, from: turn.from.toISOString(), to: turn.to.toISOString() };
    };
    return { now: now.map(show), next: next.map(show), changesAt: changesAt?.toISOString() ?? null };
  }

  /** Everybody who may be told of something at an instant, as the accounts stand. */
  async tellable(on: Queries, at: Date): Promise<Listed & Pick<TellablePeople, 'onDuty'>> {
    const state = await new DutyPlans(on).stateName();
    const { parts } = this.city;
    const hour = Math.floor(at.getTime() / HOUR);
    if (this.roll?.state !== state || this.roll.hour !== hour || this.roll.parts !== parts) {
      this.roll = { state, hour, parts, ...(await this.readRoll(on, new Date(hour * HOUR))) };
    }
    const { turns, listed } = this.roll;
    return { ...listed, onDuty: onDutyAt(turns, at) };
  }

  private async readRoll(on: Queries, at: Date): Promise<Pick<Roll, 'turns' | 'listed'>> {
    const around = [new Date(at.getTime() - LOOK_BACK), new Date(at.getTime() + LOOK_AHEAD)] as const;
    const [people, changes] = await Promise.all([new People(on).active(), new DutyPlans(on).changesBetween(...around)]);
    const departmentLeads = new Map<string, string[]>();
    for (const { id, role, departmentId } of people) {
      if (role !== 'department-lead' || departmentId === null) continue;
      departmentLeads.set(departmentId, [...(departmentLeads.get(departmentId) ?? []), id]);
    }
    const upper = this.upperOf(people);
    const isUpper = new Set([...upper.deputy, ...upper.head]);
    const idsOf = (role: PersonRow['role']) =>
      people.filter((person) => person.role === role && !isUpper.has(person.id)).map((person) => person.id);
    const listed = {
      dutyOfficers: idsOf('duty-officer'),
      departmentLeads,
      supervisors: idsOf('supervisor'),
      administrators: idsOf('administrator'),
      upper,
      people: new Map(people.map((person) => [person.id, person])),
    };
    return { listed, turns: this.turnsWith(changes, people, ...around) };
  }

  /** The roster's turns, with those that stand before them (调班、换班), between two instants. */
  async turnsBetween(on: Queries, people: readonly PersonRow[], from: Date, to: Date): Promise<DutyTurn[]> {
    return this.turnsWith(await new DutyPlans(on).changesBetween(from, to), people, from, to);
  }

  private turnsWith(changes: readonly DutyChangeRow[], people: readonly PersonRow[], from: Date, to: Date): DutyTurn[] {
    const { roster, calendar } = this.city.parts;
    const known = new Set(people.map(({ id }) => id));
    const isHoliday = (date: string) => calendar.dayKind(date).kind === 'holiday';
    const standing = changes.filter(({ personId }) => known.has(personId));
    return [...turnsOf(roster, people, from, to, isHoliday), ...standing.map((change) => ({ ...change, isOverride: true }))];
  }

  private turnsAround(on: Queries, people: readonly PersonRow[], at: Date): Promise<DutyTurn[]> {
    return this.turnsBetween(on, people, new Date(at.getTime() - LOOK_BACK), new Date(at.getTime() + LOOK_AHEAD));
  }

  /** 分管领导 and 主要负责人 of config/escalation.yaml; a username without an account is nobody. */
  private upperOf(people: readonly PersonRow[]): { deputy: string[]; head: string[] } {
    const byUsername = new Map(people.map((person) => [person.username, person.id]));
    const { deputy, head } = this.city.parts.escalation.people;
    const ids = (usernames: readonly string[]) => usernames.flatMap((username) => byUsername.get(username) ?? []);
    return { deputy: ids(deputy), head: ids(head) };
  }
}

/** The roster's turns between two instants. A username without an account is nobody: the fallbacks of recipientsFor apply. */
export function turnsOf(
  roster: DutyRoster,
  people: readonly PersonRow[],
  from: Date,
  to: Date,
  isHoliday: HolidayTest = () => false,
): DutyTurn[] {
  const byUsername = new Map(people.map((person) => [person.username, person.id]));
  return shiftsBetween(roster, from, to, isHoliday).flatMap((shift) => {
    const turn = (username: string, duty: DutyTurn['duty']): DutyTurn[] => {
      const personId = byUsername.get(username);
      return personId === undefined ? [] : [{ personId, duty, from: shift.from, to: shift.to, isOverride: false }];
    };
    return [...turn(shift.officer, 'officer'), ...turn(shift.leader, 'leader')];
  });
}

/** Turns of one person that meet become one, so that a leader's week is shown as a week. */
export function mergeTurns(turns: readonly DutyTurn[]): DutyTurn[] {
  const merged: DutyTurn[] = [];
  for (const turn of [...turns].sort((a, b) => a.from.getTime() - b.from.getTime())) {
    const before = merged.findLast((one) => one.personId === turn.personId && one.duty === turn.duty && one.isOverride === turn.isOverride);
    if (before && before.to.getTime() === turn.from.getTime()) before.to = turn.to;
    else merged.push({ ...turn });
  }
  return merged;
}
