import { Inject, Injectable } from '@nestjs/common';
import {
  beginInvestigationRequest,
  investigationRequest,
  type BeginInvestigationRequest,
  type InvestigationRequest,
} from '@huiying/contracts/http';
import { assertInOrder, BadInput, stepInvestigation, type Conflict, type RuleTrigger, type StatedFact } from '@huiying/domain';
import { check } from '@huiying/platform';
import { Casework, Deadlines, type CaseRow, type DeadlineRow, type InvestigationRow, type Tx } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { DeadlineBook } from '../deadlines/index.js';
import { EvidenceDesk } from '../evidence/index.js';
import { unknownDepartment } from '../tasks/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { onOpenCase, tellOnCase } from './on-case.js';

const NAMES = { occurredAt: '事故发生时间', begun: '调查开始时间', reported: '收到报告的时间', approved: '批复时间' } as const;

/** An accident's investigation as an officer states it (事故调查, 国务院令第493号 第29、32条): begun, its report received, decided on. */
@Injectable()
export class InvestigationDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(DeadlineBook) private readonly deadlines: DeadlineBook,
    @Inject(EvidenceDesk) private readonly evidence: EvidenceDesk,
  ) {}

  /** The report's clock starts, from the accident. @throws BadInput, NotFound, Refusal investigation-begun, case-closed */
  async begin(caseId: string, request: BeginInvestigationRequest, actor: Actor): Promise<void> {
    const { team, departmentId, occurredAt, ...paper } = check(beginInvestigationRequest, request);
    if (departmentId !== null && !this.city.knowsDepartment(departmentId)) throw unknownDepartment('departmentId', departmentId);
    const prepared = await this.evidence.prepare({ ...paper, kind: 'statement' });
    await onOpenCase(this.store, caseId, actor, async (tx, file, now) => {
      const before = await new Casework(tx).investigation(caseId);
      const state = stepInvestigation(before?.state ?? 'none', 'begin', lastOn(before));
      const clocks = await new Deadlines(tx).lockOfCase(caseId);
      const occurred = occurredAt === null ? statedOccurrence(clocks) : statedNow(occurredAt, actor);
      if (occurred === null) {
        const rule = 'is needed: nobody has stated when the accident occurred';
        throw new BadInput([{ field: 'occurredAt', rule, message: '请填写事故发生时间，调查报告自事故发生之日起计' }]);
      }
      const begunAt = prepared.publishedAt;
      const said = { field: 'occurredAt', name: NAMES.occurredAt, at: occurred.at };
      assertInOrder([said, { field: 'publishedAt', name: NAMES.begun, at: begunAt }], now);
      await this.evidence.layFor('report', tx, file, { ...prepared, notBefore: occurred.at }, { actor, clocks: [] });
      const owner = departmentId ?? file.leadDepartmentId;
      const changed = { reportedAt: null, approvedAt: null, changedBy: actor.name, changedAt: now };
      const row = { state, team, departmentId: owner, occurredAt: occurred.at, begunAt, ...changed };
      await new Casework(tx).keepInvestigation(caseId, row);
      await this.owe(tx, 'investigation-begun', file, { fact: occurred, departmentId: owner, now });
      await tellOnCase(tx, { file, actor, now }, 'investigation.begin', `登记事故调查：${team}`, {
        occurredAt: occurred.at.toISOString(),
        begunAt: begunAt.toISOString(),
        departmentId: owner,
      });
    });
  }

  /** The report was received: its clock is met, the decision's starts. @throws BadInput, NotFound, Refusal as stepInvestigation, case-closed */
  report(caseId: string, request: InvestigationRequest, actor: Actor): Promise<void> {
    return this.goOn(caseId, 'report', request, actor);
  }

  /** The government decided on the report (批复). @throws BadInput, NotFound, Refusal as stepInvestigation, case-closed */
  approve(caseId: string, request: InvestigationRequest, actor: Actor): Promise<void> {
    return this.goOn(caseId, 'approve', request, actor);
  }

  private async goOn(caseId: string, action: 'report' | 'approve', request: InvestigationRequest, actor: Actor): Promise<void> {
    const prepared = await this.evidence.prepare({ ...check(investigationRequest, request), kind: 'statement' });
    await onOpenCase(this.store, caseId, actor, async (tx, file, now) => {
      const before = await new Casework(tx).investigation(caseId);
      const state = stepInvestigation(before?.state ?? 'none', action, lastOn(before));
      const isReport = action === 'report';
      const at = prepared.publishedAt;
      const [previous, name] = isReport
        ? [{ at: before!.begunAt, name: NAMES.begun }, NAMES.reported]
        : [{ at: before!.reportedAt!, name: NAMES.reported }, NAMES.approved];
      assertInOrder(
        [
          { field: 'publishedAt', ...previous },
          { field: 'publishedAt', name, at },
        ],
        now,
      );
      const clocks = await this.clocksOf(tx, caseId, isReport ? 'investigation-begun' : 'investigation-reported');
      await this.evidence.layFor('report', tx, file, { ...prepared, notBefore: previous.at }, { actor, clocks });
      const changed = { state, changedBy: actor.name, changedAt: now, ...(isReport ? { reportedAt: at } : { approvedAt: at }) };
      await new Casework(tx).keepInvestigation(caseId, { ...before!, ...changed });
      if (isReport) {
        const fact = { fact: 'received' as const, at, statedBy: actor.name };
        await this.owe(tx, 'investigation-reported', file, { fact, departmentId: before!.departmentId, now });
      }
      const said = isReport ? `登记事故调查报告：${prepared.note}` : `登记事故调查报告批复：${prepared.note}`;
      await tellOnCase(tx, { file, actor, now }, `investigation.${action}`, said, { at: at.toISOString() });
    });
  }

  private async owe(
    tx: Tx,
    trigger: RuleTrigger,
    file: CaseRow,
    { fact, departmentId, now }: { fact: StatedFact; departmentId: string | null; now: Date },
  ): Promise<void> {
    const subject = { kind: 'case' as const, id: file.id };
    await this.deadlines.stamp(tx, { trigger, subject, severity: file.severity, facts: [fact], caseId: file.id, departmentId }, now);
  }

  /** The clocks of the case that rules of a trigger have started; the caller holds the case. */
  private async clocksOf(tx: Tx, caseId: string, trigger: RuleTrigger): Promise<DeadlineRow[]> {
    const ids = new Set(this.city.parts.rules.filter((rule) => rule.trigger === trigger).map((rule) => rule.id));
    return (await new Deadlines(tx).lockOfCase(caseId)).filter(({ deadline }) => ids.has(deadline.rule.id));
  }
}

/** When the accident occurred, as it was stated when the case was opened; null where nobody has stated it. */
export function statedOccurrence(clocks: readonly DeadlineRow[]): StatedFact | null {
  return clocks.find(({ deadline }) => deadline.start.fact === 'occurred')?.deadline.start ?? null;
}

function statedNow(occurredAt: string, actor: Actor): StatedFact {
  return { fact: 'occurred', at: new Date(occurredAt), statedBy: actor.name };
}

const DID = { none: '', begun: '登记调查', reported: '登记报告', approved: '登记批复' } as const;

function lastOn(row: InvestigationRow | null): Conflict | undefined {
  return row ? { by: row.changedBy, at: row.changedAt.toISOString(), what: DID[row.state] } : undefined;
}
