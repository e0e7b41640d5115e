import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { reportListRequest, type ReportListRequest, type ReportListsView } from '@huiying/contracts/http';
import { BadInput, NotFound } from '@huiying/domain';
import { check } from '@huiying/platform';
import { AuditTrail, People, ReportLists, type PersonRow, type ReportListRow, type Tx } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { WorkflowStore } from '../timeline/index.js';

/** Who gets which reports (分发名单). */
@Injectable()
export class ReportListDesk {
  constructor(@Inject(WorkflowStore) private readonly store: WorkflowStore) {}

  async view(): Promise<ReportListsView> {
    const people = new Map((await new People(this.store.database).active()).map((person) => [person.id, person]));
    const lists = await new ReportLists(this.store.database).all();
    return {
      lists: lists.map(({ changedAt, ...list }) => ({ ...list, known: known(list, people), changedAt: changedAt.toISOString() })),
      accounts: [...people.values()].map(({ id, name, email }) => ({ id, name, hasAddress: email !== null })),
    };
  }

  /** @throws BadInput, NotFound */
  put(id: string | null, request: ReportListRequest, actor: Actor): Promise<{ id: string }> {
    const wanted = check(reportListRequest, request);
    return this.store.change(async (tx, now) => {
      const lists = new ReportLists(tx);
      if (id !== null && !(await lists.all()).some((list) => list.id === id)) throw new NotFound('report list', id);
      const people = new Set((await new People(tx).active()).map((person) => person.id));
      const at = wanted.readers.findIndex((one) => 'personId' in one && !people.has(one.personId));
      if (at >= 0) throw new BadInput([{ field: `readers.${at}.personId`, rule: 'must be an account in use', message: '没有这个账号' }]);
      const row = { ...wanted, id: id ?? randomUUID(), changedAt: now, changedBy: actor.name };
      await lists.put(row);
      await audited(tx, now, actor, { step: id === null ? 'add' : 'change', id: row.id, name: row.name, readers: row.readers.length });
      return { id: row.id };
    });
  }

  /** @throws NotFound */
  remove(id: string, actor: Actor): Promise<void> {
    return this.store.change(async (tx, now) => {
      if (!(await new ReportLists(tx).remove(id))) throw new NotFound('report list', id);
      await audited(tx, now, actor, { step: 'remove', id });
    });
  }
}

function known({ readers }: Pick<ReportListRow, 'readers'>, people: ReadonlyMap<string, PersonRow>) {
  return readers.map((one) => {
    if ('address' in one) return { name: one.name, address: one.address, isOutside: true };
    const person = people.get(one.personId);
    return { name: person?.name ?? '已停用的账号', address: person?.email ?? null, isOutside: false };
  });
}

async function audited(
  tx: Tx,
  at: Date,
  actor: Actor,
  { step, id, ...detail }: { step: string; id: string; name?: string; readers?: number },
) {
  const { id: personId, name: who, origin } = actor;
  await new AuditTrail(tx).add({ at, personId, who, action: `report-list.${step}`, subject: `report-list:${id}`, origin, detail });
}
