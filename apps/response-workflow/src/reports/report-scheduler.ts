import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { reportScheduleRequest, type ReportScheduleRequest, type ReportSchedulesView } from '@huiying/contracts/http';
import { firstRun, LATE_AFTER_MS, NotFound, runAfter, runOn, type ReportSchedule, type ScheduledRun } from '@huiying/domain';
import { check } from '@huiying/platform';
import { AuditTrail, ReportSchedules, type ReportRunRow, type ReportScheduleRow, type Tx } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { ReportDesk } from './report-desk.js';

const SHOWN_RUNS = 60;

/**
 * Makes drafts when they are due (定时起草). A run, its draft and the next due instant are one commit, and a schedule in hand is
 * skipped by other processes: so each run is made once. What an outage left undone is made after it, one by one, and marked late.
 */
@Injectable()
export class ReportScheduler {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(ReportDesk) private readonly desk: ReportDesk,
  ) {}

  async view(): Promise<ReportSchedulesView> {
    const schedules = new ReportSchedules(this.store.database);
    const [rows, runs] = [await schedules.list(), await schedules.runs(SHOWN_RUNS)];
    const now = this.store.now();
    return {
      schedules: rows.map(({ nextDay: _, nextAt, changedAt, ...row }) => ({
        ...row,
        nextAt: row.isOn ? (nextAt ?? this.first(row, now).dueAt).toISOString() : null,
        changedAt: changedAt.toISOString(),
      })),
      runs: runs.map(({ scheduleId: _, nominalDay: __, dueAt, madeAt, ...run }) => ({
        ...run,
        dueAt: dueAt.toISOString(),
        madeAt: madeAt.toISOString(),
        lateMinutes: lateMinutes({ dueAt, madeAt }),
      })),
    };
  }

  /** Enters a schedule, or changes one. From now on: what fell due before is not made up for. @throws BadInput, NotFound */
  async put(id: string | null, request: ReportScheduleRequest, actor: Actor): Promise<{ id: string }> {
    const wanted = check(reportScheduleRequest, request);
    return this.store.change(async (tx, now) => {
      const schedules = new ReportSchedules(tx);
      if (id !== null && (await schedules.take(id)) === null) throw new NotFound('report schedule', id);
      const { nominalDay, dueAt } = this.first(wanted, now);
      const row = { ...wanted, id: id ?? randomUUID(), nextDay: nominalDay, nextAt: dueAt, changedAt: now, changedBy: actor.name };
      await schedules.put(row);
      await audited(tx, now, { actor, step: id === null ? 'add' : 'change', id: row.id, detail: { ...wanted } });
      return { id: row.id };
    });
  }

  /** What it made stays. @throws NotFound */
  async remove(id: string, actor: Actor): Promise<void> {
    await this.store.change(async (tx, now) => {
      const schedules = new ReportSchedules(tx);
      const row = await schedules.take(id);
      if (row === null) throw new NotFound('report schedule', id);
      await schedules.remove(id);
      await audited(tx, now, { actor, step: 'remove', id, detail: { name: row.name } });
    });
  }

  /** Makes one draft that is due. Returns how many schedules it looked at: 0 = nothing is due. */
  tick(): Promise<number> {
    return this.store.change(async (tx, now) => {
      const schedules = new ReportSchedules(tx);
      const row = await schedules.takeDue(now);
      if (row === null) return 0;
      const run = row.nextDay === null ? null : runOn(row, row.nextDay, this.city.parts.calendar);
      // The calendar may have been changed since the instant was worked out: then it is not due yet.
      const next = run === null ? this.first(row, now) : run.dueAt > now ? run : await this.make(tx, now, row, run);
      await schedules.put({ ...row, nextDay: next.nominalDay, nextAt: next.dueAt });
      return 1;
    });
  }

  nextAt(): Promise<Date | null> {
    return new ReportSchedules(this.store.database).nextAt();
  }

  private async make(tx: Tx, now: Date, row: ReportScheduleRow, run: ScheduledRun): Promise<ScheduledRun> {
    const { nominalDay, dueAt, period, movedBecause } = run;
    const made = await this.desk.makeByClock(tx, now, period, dueAt);
    const { firstDay, lastDay } = period;
    await new ReportSchedules(tx).addRun({ scheduleId: row.id, nominalDay, firstDay, lastDay, dueAt, madeAt: now, movedBecause, ...made });
    return runAfter(row, nominalDay, this.city.parts.calendar);
  }

  private first(schedule: ReportSchedule, now: Date): ScheduledRun {
    return firstRun(schedule, now, this.city.parts.calendar);
  }
}

/** One line of the audit trail. */
interface Kept {
  actor: Actor;
  step: 'add' | 'change' | 'remove';
  id: string;
  detail: Record<string, unknown>;
}

async function audited(tx: Tx, at: Date, { actor, step, id, detail }: Kept): Promise<void> {
  const { id: personId, name: who, origin } = actor;
  await new AuditTrail(tx).add({ at, personId, who, action: `report-schedule.${step}`, subject: `report-schedule:${id}`, origin, detail });
}

function lateMinutes({ dueAt, madeAt }: Pick<ReportRunRow, 'dueAt' | 'madeAt'>): number | null {
  const late = madeAt.getTime() - dueAt.getTime();
  return late < LATE_AFTER_MS ? null : Math.floor(late / 60_000);
}
