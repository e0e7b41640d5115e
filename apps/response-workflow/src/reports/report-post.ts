import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ReportSendingsView } from '@huiying/contracts/http';
import { addresseesOf, NotFound, Refusal, type ReportAddressee } from '@huiying/domain';
import {
  People,
  ReportIssues,
  ReportLists,
  ReportSendings,
  type Queries,
  type ReportIssueRow,
  type ReportSendingRow,
  type Tx,
} from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { ChannelBook } from '../notifying/index.js';
import { recordStep, WorkflowStore } from '../timeline/index.js';
import { nameOf, reportOf } from './issue-row.js';

/** Who gets an approved issue, and the ledger of it (分发台账). Sending itself is the mailer's. */
@Injectable()
export class ReportPost {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(ChannelBook) private readonly channels: ChannelBook,
  ) {}

  /** Asks for copies for all on the lists of its kind, and for who got the version that it corrects. Who has one is left. Returns how many are new. */
  async distribute(tx: Tx, at: Date, row: ReportIssueRow, by: string): Promise<number> {
    const asked = (await this.addressees(tx, row)).map((one) => ({ ...one, id: randomUUID(), round: 0 }));
    return new ReportSendings(tx).ask(row.id, 'issue', asked, { at, name: by });
  }

  /** Tells everybody who may have got it that it is withdrawn; what is not out yet stays here. */
  async recall(tx: Tx, at: Date, row: ReportIssueRow, by: string): Promise<void> {
    const sendings = new ReportSendings(tx);
    await sendings.cancel(row.id, at, '发出前已撤回');
    const out = (await sendings.of(row.id)).filter(({ what, state }) => what === 'issue' && (state === 'sent' || state === 'accepted'));
    const once = new Map(out.map((one) => [one.reader, one]));
    const asked = [...once.values()].map(({ reader, personId, name, address }) => ({
      reader,
      personId,
      name,
      address,
      id: randomUUID(),
      round: 0,
    }));
    await sendings.ask(row.id, 'recall', asked, { at, name: by });
  }

  /** @throws NotFound */
  async ledger(id: string): Promise<ReportSendingsView> {
    const row = await this.issue(this.store.database, id);
    const sendings = await new ReportSendings(this.store.database).of(id);
    const have = new Set(sendings.map(({ reader }) => reader));
    const whyNot = this.whyNot(row);
    const missing = whyNot === null ? (await this.addressees(this.store.database, row)).filter(({ reader }) => !have.has(reader)) : [];
    return { sendings: sendings.map(viewOf), missing: missing.map(({ name, address }) => ({ name, address })), whyNot };
  }

  /** To who is on the lists by now and has not got it. @throws NotFound, Refusal report-not-out, no-mail */
  send(id: string, actor: Actor): Promise<{ asked: number }> {
    return this.store.change(async (tx, now) => {
      const row = await this.sendable(tx, id);
      const asked = await this.distribute(tx, now, row, actor.name);
      await this.note(tx, now, actor, row, `分发${nameOf(reportOf(row))}给 ${asked} 人`);
      return { asked };
    });
  }

  /** One more copy for one who asked for it. @throws NotFound, Refusal report-not-out, report-on-its-way, no-mail */
  again(id: string, sendingId: string, actor: Actor): Promise<void> {
    return this.store.change(async (tx, now) => {
      const row = await this.sendable(tx, id);
      const sendings = new ReportSendings(tx);
      const all = await sendings.of(id);
      const one = all.find((sending) => sending.id === sendingId && sending.what === 'issue');
      if (!one) throw new NotFound('report sending', sendingId);
      const of = all.filter(({ what, reader }) => what === 'issue' && reader === one.reader);
      if (of.some(({ state }) => state === 'asked' || state === 'sent'))
        throw new Refusal('report-on-its-way', `a copy for ${one.reader} is on its way`, '给此人的一份正在发送，请等结果');
      const addressee = await this.asNow(tx, one);
      const round = Math.max(...of.map((sending) => sending.round)) + 1;
      await sendings.ask(id, 'issue', [{ ...addressee, reader: one.reader, id: randomUUID(), round }], { at: now, name: actor.name });
      await this.note(tx, now, actor, row, `重新发送${nameOf(reportOf(row))}给${one.name}`);
    });
  }

  /** With the address that an account has by now. */
  private async asNow(on: Queries, { personId, name, address, reader }: ReportSendingRow): Promise<ReportAddressee> {
    if (personId === null) return { reader, personId, name, address };
    const person = await new People(on).find(personId);
    return { reader, personId, name: person?.name ?? name, address: person?.email ?? address };
  }

  private async addressees(on: Queries, row: ReportIssueRow): Promise<ReportAddressee[]> {
    const accounts = await new People(on).active();
    const listed = addresseesOf(await new ReportLists(on).all(), row.kind, accounts);
    const known = new Set(listed.map(({ reader }) => reader));
    const before = (await new ReportIssues(on).list(row, 100)).find(({ version }) => version === row.version - 1);
    const got =
      before === undefined
        ? []
        : (await new ReportSendings(on).of(before.id)).filter(({ what, state }) => what === 'issue' && state === 'accepted');
    for (const { reader, personId, name, address } of got) {
      if (known.has(reader)) continue;
      known.add(reader);
      listed.push({ reader, personId, name, address });
    }
    return listed;
  }

  private async issue(on: Queries, id: string): Promise<ReportIssueRow> {
    const row = await new ReportIssues(on).find(id);
    if (!row) throw new NotFound('report issue', id);
    return row;
  }

  private whyNot({ state }: ReportIssueRow): string | null {
    if (state !== 'approved') return '签发后才能分发';
    return this.channels.mail() ? null : '没有配置邮件服务器';
  }

  private async sendable(tx: Tx, id: string): Promise<ReportIssueRow> {
    const issues = new ReportIssues(tx);
    await issues.lockAll();
    const row = await this.issue(tx, id);
    const whyNot = this.whyNot(row);
    if (whyNot !== null)
      throw new Refusal(row.state === 'approved' ? 'no-mail' : 'report-not-out', `report is ${row.state}: nothing can be sent`, whyNot);
    return row;
  }

  private note(tx: Tx, now: Date, actor: Actor, row: ReportIssueRow, text: string): Promise<void> {
    const subject = { kind: 'report' as const, id: row.id };
    return recordStep(tx, now, actor, 'report.send', {
      kind: 'report.send',
      text,
      title: nameOf(reportOf(row)),
      subject,
      detail: { version: row.version },
    });
  }
}

function viewOf({ id, what, round, name, address, state, askedAt, askedBy, sentAt, settledAt, attempts, detail }: ReportSendingRow) {
  const times = { askedAt: askedAt.toISOString(), sentAt: sentAt?.toISOString() ?? null, settledAt: settledAt?.toISOString() ?? null };
  return { id, what, round, name, address, state, askedBy, attempts, detail, ...times };
}
