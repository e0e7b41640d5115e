import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  becauseRequest,
  clarifyRequest,
  rumourRequest,
  type BecauseRequest,
  type ClarifyRequest,
  type RumourRequest,
} from '@huiying/contracts/http';
import { assertInOrder, idAt, NotFound, stepRumour, type Conflict, type RumourState } from '@huiying/domain';
import { check } from '@huiying/platform';
import { CaseFiles, Deadlines, Rumours, type CaseRow, type DeadlineRow, type RumourRow, type Tx } from '@huiying/persistence';
import { scopeOf, type Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { DeadlineBook } from '../deadlines/index.js';
import { EvidenceDesk } from '../evidence/index.js';
import { unknownDepartment } from '../tasks/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { onOpenCase, tellOnCase } from './on-case.js';

/** Claims found to be false (不实信息, 突发事件应对法第七条、政府信息公开条例第六条): found, clarified by proof, or the finding withdrawn. */
@Injectable()
export class RumourDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(DeadlineBook) private readonly deadlines: DeadlineBook,
    @Inject(EvidenceDesk) private readonly evidence: EvidenceDesk,
  ) {}

  /** Its clock (OP-05) starts when it was found. @throws BadInput, NotFound, Refusal case-closed */
  async find(caseId: string, request: RumourRequest, actor: Actor): Promise<{ rumourId: string }> {
    const { foundAt: stated, departmentId, ...said } = check(rumourRequest, request);
    if (departmentId !== null && !this.city.knowsDepartment(departmentId)) throw unknownDepartment('departmentId', departmentId);
    let rumourId = '';
    await onOpenCase(this.store, caseId, actor, async (tx, file, now) => {
      const foundAt = stated === null ? now : new Date(stated);
      const begun = { field: 'foundAt', name: '事件最早时间', at: file.notBefore };
      assertInOrder([begun, { field: 'foundAt', name: '发现时间', at: foundAt }], now);
      const owner = departmentId ?? file.leadDepartmentId;
      const rumours = new Rumours(tx);
      const round = (await rumours.ofCase(caseId)).length;
      const [clock] = await this.deadlines.stamp(
        tx,
        {
          trigger: 'rumour-found',
          subject: { kind: 'case', id: caseId },
          severity: file.severity,
          facts: [{ fact: 'rumour-found', at: foundAt, statedBy: actor.name }],
          round,
          caseId,
          departmentId: owner,
        },
        now,
      );
      rumourId = idAt(now, randomUUID());
      const by = { statedBy: actor.name, statedAt: now };
      await rumours.add({ id: rumourId, caseId, ...said, departmentId: owner, foundAt, deadlineId: clock?.id ?? null, ...by });
      const referred = said.isReferred ? '，线索已移交' : '';
      await tellOnCase(tx, { file, actor, now }, 'rumour.find', `认定不实信息：${said.claim.slice(0, 200)}${referred}`, {
        rumourId,
        foundAt: foundAt.toISOString(),
        url: said.url,
        departmentId: owner,
      });
    });
    return { rumourId };
  }

  /** By what was published; its own clock stops, no other. @throws BadInput, NotFound, Refusal rumour-clarified, rumour-withdrawn, case-closed */
  async clarify(id: string, request: ClarifyRequest, actor: Actor): Promise<void> {
    const prepared = await this.evidence.prepare({ ...check(clarifyRequest, request), kind: 'statement' });
    await this.settle(id, actor, 'clarify', async (tx, { row, clock, file, now }) => {
      const clocks = clock === null ? [] : [clock];
      const proof = await this.evidence.layFor('clarification', tx, file, { ...prepared, notBefore: row.foundAt }, { actor, clocks });
      await new Rumours(tx).settle(id, { state: 'clarified', evidenceId: proof.id, by: actor.name, at: now, note: prepared.note });
      await tellOnCase(tx, { file, actor, now }, 'rumour.clarify', `登记不实信息澄清：${prepared.note}`, {
        rumourId: id,
        evidenceId: proof.id,
      });
    });
  }

  /** The claim turned out to be true, or none: its clock is cancelled. @throws BadInput, NotFound, Refusal as clarify */
  async withdraw(id: string, request: BecauseRequest, actor: Actor): Promise<void> {
    const { reason } = check(becauseRequest, request);
    await this.settle(id, actor, 'withdraw', async (tx, { clock, file, now }) => {
      if (clock !== null) await this.deadlines.cancel(tx, [clock], `撤回不实信息认定：${reason}`, now);
      await new Rumours(tx).settle(id, { state: 'withdrawn', evidenceId: null, by: actor.name, at: now, note: reason });
      await tellOnCase(tx, { file, actor, now }, 'rumour.withdraw', `撤回不实信息认定：${reason}`, { rumourId: id });
    });
  }

  private async settle(
    id: string,
    actor: Actor,
    action: 'clarify' | 'withdraw',
    take: (tx: Tx, on: { row: RumourRow; clock: DeadlineRow | null; file: CaseRow; now: Date }) => Promise<void>,
  ): Promise<void> {
    const { database } = this.store;
    const seen = await new Rumours(database).find(id);
    if (!seen || !(await new CaseFiles(database).find(seen.caseId, scopeOf(actor)))) throw new NotFound('rumour', id);
    await onOpenCase(this.store, seen.caseId, actor, async (tx, file, now) => {
      const row = (await new Rumours(tx).find(id))!;
      const clock = (await new Deadlines(tx).lockOfCase(row.caseId)).find(({ deadline }) => deadline.id === row.deadlineId) ?? null;
      stepRumour(rumourStateOf(row, clock), action, lastOn(row));
      await take(tx, { row, clock, file, now });
    });
  }
}

/** A statement or a press conference after it was found clarifies it too: then its clock is met. */
export function rumourStateOf(row: RumourRow, clock: DeadlineRow | null): RumourState {
  return row.state === 'open' && clock !== null && clock.deadline.metAt !== null ? 'clarified' : row.state;
}

function lastOn(row: RumourRow): Conflict | undefined {
  if (row.settledBy === null || row.settledAt === null) return undefined;
  return { by: row.settledBy, at: row.settledAt.toISOString(), what: row.state === 'clarified' ? '登记澄清' : '撤回认定' };
}
