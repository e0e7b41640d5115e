import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  giveHandoverRequest,
  takeHandoverRequest,
  type GiveHandoverRequest,
  type HandoverContent,
  type HandoverView,
  type TakeHandoverRequest,
} from '@huiying/contracts/http';
import { NotFound, onDutyAt, Refusal } from '@huiying/domain';
import { check } from '@huiying/platform';
import {
  Alerts,
  AuditTrail,
  CaseFiles,
  Deadlines,
  DutyPlans,
  Escalations,
  People,
  ResponseTasks,
  SourceReports,
  type Queries,
} from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { DutyDesk } from '../duty/index.js';
import { requestsTo } from '../notifying/index.js';
import { WorkflowStore } from '../timeline/index.js';

const SHOWN = 50;
const HANDOVERS_SHOWN = 60;
const DAY_MS = 86_400_000;

/** 交接班: a note made from what is open, signed by who gives and by who takes. What was signed is never written again. */
@Injectable()
export class HandoverDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
  ) {}

  draft(): Promise<HandoverContent> {
    return this.contentNow(this.store.database, this.store.now());
  }

  async list(): Promise<HandoverView[]> {
    const { database } = this.store;
    const rows = await new DutyPlans(database).handovers(HANDOVERS_SHOWN);
    const ids = rows.flatMap((row) => [row.givenBy, ...(row.takenBy === null ? [] : [row.takenBy])]);
    const people = new Map((await new People(database).byIds(ids)).map((one) => [one.id, one.name]));
    const who = (id: string) => ({ id, name: people.get(id) ?? '' });
    return rows.map(({ id, content, note, givenBy, givenAt, takenBy, takenAt, remark }) => ({
      ...{ id, content: content as HandoverContent, note, remark, givenBy: who(givenBy), givenAt: givenAt.toISOString() },
      ...{ takenBy: takenBy === null ? null : who(takenBy), takenAt: takenAt?.toISOString() ?? null },
    }));
  }

  /** 交班: signed with what is open at this instant; those who come next are told. @throws BadInput */
  async give(request: GiveHandoverRequest, actor: Actor): Promise<{ handoverId: string }> {
    const { note } = check(giveHandoverRequest, request);
    const id = randomUUID();
    await this.store.change(async (tx, now) => {
      const content = await this.contentNow(tx, now);
      await new DutyPlans(tx).addHandover({
        id,
        content,
        note,
        givenBy: actor.id,
        givenAt: now,
        takenBy: null,
        takenAt: null,
        remark: null,
      });
      const body = `待处置预警 ${content.alerts.length} 条，在办舆情单 ${content.cases.length} 份，逾期时限 ${content.overdue.length} 个。${note}请核对后签字接班。`;
      const words = { title: `【交接班】${actor.name}已交班`, body, link: '/duty/handover', caseId: null, causedBy: null };
      const next = await this.nextOfficers(tx, now, actor.id);
      tx.send(...requestsTo({ fact: `handover:${id}`, severity: 'IV', urgency: 'normal', ...words }, next, now));
      await this.audit(tx, now, actor, 'handover.give', id);
    });
    return { handoverId: id };
  }

  /** 接班. @throws BadInput, NotFound, Refusal same-person, already-taken */
  async take(id: string, request: TakeHandoverRequest, actor: Actor): Promise<void> {
    const { remark } = check(takeHandoverRequest, request);
    await this.store.change(async (tx, now) => {
      const plans = new DutyPlans(tx);
      const row = await plans.lockHandover(id);
      if (!row) throw new NotFound('handover', id);
      if (row.takenBy !== null) throw new Refusal('already-taken', 'somebody took it over before', '该交接班已有人签字接班');
      if (row.givenBy === actor.id) throw new Refusal('same-person', 'nobody hands over to themselves', '交班人和接班人不能是同一人');
      await plans.takeHandover(id, actor.id, remark, now);
      await this.audit(tx, now, actor, 'handover.take', id);
    });
  }

  private async contentNow(on: Queries, now: Date): Promise<HandoverContent> {
    const alerts = await new Alerts(on).page({ state: ['open', 'seen'], sort: 'severity' }, null, SHOWN);
    const cases = await new CaseFiles(on).page({ state: ['opened', 'assigned', 'handling', 'responded'], sort: 'due' }, null, null, SHOWN);
    const overdue = (await new Deadlines(on).open(SHOWN, 'response')).filter(
      ({ deadline }) => deadline.dueAt < now && deadline.rule.milestone !== 'reminder',
    );
    const tasks = await new ResponseTasks(on).page({ state: ['assigned'] }, null, null, SHOWN);
    const sources = await new SourceReports(on).page({ state: ['failing', 'silent'] }, null, SHOWN);
    const climbing = (await new Escalations(on).openAfter(null, SHOWN)).filter(({ nextMoveAt }) => nextMoveAt !== null);
    return {
      alerts: alerts.items.map(({ id, title, suggestedSeverity, raisedAt, state }) => {
        return { id, title, severity: suggestedSeverity, raisedAt: raisedAt.toISOString(), state };
      }),
      cases: cases.items.map(({ id, caseNo, title, severity, state, nextDueAt }) => {
        return { id, caseNo, title, severity, state, nextDueAt: nextDueAt?.toISOString() ?? null };
      }),
      overdue: overdue.map(({ caseId, no, deadline }) => ({ caseId, no, name: deadline.rule.name, dueAt: deadline.dueAt.toISOString() })),
      tasks: tasks.items.map(({ id, departmentName, caseTitle, assignedAt }) => {
        return { id, departmentName, caseTitle, assignedAt: assignedAt.toISOString() };
      }),
      sources: sources.items.map(({ report }) => ({
        id: report.sourceId,
        name: report.name,
        said: report.alarm?.said ?? report.error ?? '',
      })),
      escalations: climbing.map(({ title, link, bornAt, acknowledgedBy }) => ({
        title,
        link,
        bornAt: bornAt.toISOString(),
        acknowledgedBy,
      })),
    };
  }

  /** The officers on duty now who are not the giver, else those of the next change within a day. */
  private async nextOfficers(on: Queries, now: Date, giver: string): Promise<string[]> {
    const people = await new People(on).active();
    const turns = await this.duty.turnsBetween(on, people, now, new Date(now.getTime() + DAY_MS));
    const officers = (at: Date) =>
      onDutyAt(turns, at).flatMap((turn) => (turn.duty === 'officer' && turn.personId !== giver ? [turn.personId] : []));
    const instants = [now, ...turns.map((turn) => turn.from).filter((at) => at > now)].sort((a, b) => a.getTime() - b.getTime());
    return instants.map(officers).find((ids) => ids.length > 0) ?? [];
  }

  private audit(on: Queries, at: Date, actor: Actor, action: string, id: string): Promise<void> {
    const { id: personId, name: who, origin } = actor;
    return new AuditTrail(on).add({ at, personId, who, action, subject: `handover:${id}`, origin });
  }
}
