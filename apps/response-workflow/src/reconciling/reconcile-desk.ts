import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { isOfOurYears, YEARS, YEARS_RULE, type ReconciliationAnswer, type ReconciliationView } from '@huiying/contracts/http';
import {
  BadInput,
  DAY_MS,
  DIFFERENCE_WORDS,
  instantAt,
  localDateOf,
  NotFound,
  numberGaps,
  ORDER_STATE_WORDS,
  reconcile,
  type ReconciledOrder,
} from '@huiying/domain';
import { AuditTrail, Callbacks, Reconciliations, WorkOrders, type ReconciliationRow, type Tx } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { CallbackTargets } from '../callbacks/index.js';
import { DutyDesk } from '../duty/index.js';
import { noticeRequests } from '../notifying/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { checksumOf } from './checksum.js';

const SHOWN = 60;

/** 对账 with other systems: a day's orders compared one by one, what differs listed, and told again. */
@Injectable()
export class ReconcileDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CallbackTargets) private readonly targets: CallbackTargets,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
  ) {}

  /** Our orders of a day, by when the hotline took them in. @throws BadInput for a day that is none or is to come */
  async ourSide(day: string): Promise<(ReconciledOrder & { seq: number; checksum: string })[]> {
    const from = this.startOf(day);
    const orders = await new WorkOrders(this.store.database).receivedBetween(from, new Date(from.getTime() + DAY_MS));
    return orders.map((order) => ({ orderNo: order.orderNo, state: order.state, seq: order.seq, checksum: checksumOf(order) }));
  }

  /** Compares and keeps the result; the newest of a day stands. @throws BadInput */
  async compare(client: string, day: string, theirs: readonly ReconciledOrder[]): Promise<ReconciliationAnswer> {
    const named = new Set<string>();
    const twice = theirs.find(({ orderNo }) => named.size === named.add(orderNo).size);
    if (twice)
      throw new BadInput([
        { field: 'orders', rule: 'must name each order once', got: twice.orderNo, message: `工单 ${twice.orderNo} 列了两次` },
      ]);
    const ours = await this.ourSide(day);
    const differences = reconcile(ours, theirs);
    const gaps = numberGaps([...ours, ...theirs].map(({ orderNo }) => orderNo));
    const row = { client, day, at: this.store.now(), theirCount: theirs.length, ourCount: ours.length, differences, gaps };
    await this.store.change(async (tx, now) => {
      await new Reconciliations(tx).put(row);
      await this.tell(tx, row, now);
    });
    return toAnswer({ ...row, repairedAt: null, repairedBy: null });
  }

  /** The desk is told of what differs, once for each result; of a day that is alike nobody is told. */
  private async tell(
    tx: Tx,
    { client, day, differences, gaps }: Omit<ReconciliationRow, 'repairedAt' | 'repairedBy'>,
    now: Date,
  ): Promise<void> {
    if (differences.length === 0 && gaps.length === 0) return;
    const missing = gaps.reduce((sum, { count }) => sum + count, 0);
    const parts = [
      ...(differences.length === 0 ? [] : [`${differences.length} 张工单不一致（${kindsOf(differences)}）`]),
      ...(missing === 0 ? [] : [`单号断号 ${missing} 个，如 ${gaps[0]!.from}`]),
    ];
    await this.ask(tx, now, {
      client,
      day,
      title: `【对账有差异】${client} ${day}`,
      body: `${parts.join('；')}。请到“对账”页核对。`,
      what: { differences, gaps },
    });
  }

  /** That a day could not be compared, or was not handed in, once for each day. */
  async tellMissing(client: string, day: string, why: string): Promise<void> {
    await this.store.change((tx, now) =>
      this.ask(tx, now, {
        client,
        day,
        title: `【对账未完成】${client} ${day}`,
        body: `${why}。请联系对方，或在“对账”页查看。`,
        what: 'missing',
      }),
    );
  }

  private async ask(
    tx: Tx,
    now: Date,
    { client, day, title, body, what }: { client: string; day: string; title: string; body: string; what: unknown },
  ): Promise<void> {
    const digest = createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 16);
    const fact = `reconciliation:${client}:${day}:${digest}`;
    const people = await this.duty.tellable(tx, now);
    const about = { kind: 'desk-asked' as const };
    const told = {
      fact,
      about,
      severity: 'IV' as const,
      urgency: 'normal' as const,
      link: '/reconciliations',
      caseId: null,
      causedBy: null,
    };
    tx.send(...noticeRequests({ ...told, title, body }, people, now));
  }

  async list(): Promise<ReconciliationView[]> {
    const rows = await new Reconciliations(this.store.database).newest(SHOWN);
    return rows.map((row) => ({
      ...toAnswer(row),
      client: row.client,
      repairedAt: row.repairedAt?.toISOString() ?? null,
      repairedBy: row.repairedBy,
    }));
  }

  /**
   * Tells the other side again of every order of which it knows less than we do. What it has and we have not, it must hand in; that is in
   * the answer it got. @throws NotFound; BadInput for a day that is none
   */
  async repair(client: string, day: string, actor: Actor): Promise<{ toldAgain: number; left: number }> {
    this.startOf(day);
    return this.store.change(async (tx, now) => {
      const kept = await new Reconciliations(tx).find(client, day);
      if (kept === null) throw new NotFound('reconciliation', `${client} ${day}`);
      const target = this.targets.all.find((one) => one.client === client || one.id === client);
      const ours = kept.differences.filter(({ kind }) => kind !== 'missing-here' && kind !== 'ahead');
      let toldAgain = 0;
      for (const { orderNo, theirSeq } of target ? ours : [])
        toldAgain += await new Callbacks(tx).tellAgain(target!.id, orderNo, theirSeq ?? 0, now);
      await new Reconciliations(tx).repaired(client, day, now, actor.name);
      const detail = { day, toldAgain };
      const { id: personId, name: who, origin } = actor;
      await new AuditTrail(tx).add({
        at: now,
        personId,
        who,
        action: 'reconciliation.repair',
        subject: `reconciliation:${client}`,
        origin,
        detail,
      });
      return { toldAgain, left: kept.differences.length - toldAgain };
    });
  }

  private startOf(day: string): Date {
    const bad = (rule: string, message: string) => new BadInput([{ field: 'day', rule, got: day, message }]);
    let from: Date;
    try {
      from = instantAt(day, '00:00');
    } catch {
      throw bad('must be a day as YYYY-MM-DD', '对账日应为 YYYY-MM-DD');
    }
    if (!isOfOurYears(day)) throw bad(YEARS_RULE, `对账日的年份应在 ${YEARS.join('–')} 之间`);
    if (day > localDateOf(this.store.now())) throw bad('must not be to come', '对账日不能晚于今天');
    return from;
  }
}

function kindsOf(differences: ReconciliationRow['differences']): string {
  const counts = new Map<string, number>();
  for (const { kind } of differences) counts.set(DIFFERENCE_WORDS[kind], (counts.get(DIFFERENCE_WORDS[kind]) ?? 0) + 1);
  return [...counts].map(([word, n]) => `${word} ${n}`).join('、');
}

function toAnswer(row: ReconciliationRow): ReconciliationAnswer {
  const { day, theirCount, ourCount, gaps } = row;
  const differences = row.differences.map((one) => ({
    ...one,
    word: DIFFERENCE_WORDS[one.kind],
    oursWord: one.ours && ORDER_STATE_WORDS[one.ours],
    theirsWord: one.theirs && ORDER_STATE_WORDS[one.theirs],
  }));
  return { day, at: row.at.toISOString(), theirCount, ourCount, differences, gaps };
}
