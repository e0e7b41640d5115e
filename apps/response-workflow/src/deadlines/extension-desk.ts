import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  approveExtensionRequest,
  becauseRequest,
  extendRequest,
  pauseRequest,
  type ApproveExtensionRequest,
  type BecauseRequest,
  type ExtendRequest,
  type ExtensionView,
  type Page,
  type PauseRequest,
} from '@huiying/contracts/http';
import {
  amountUntil,
  assertExtendable,
  Forbidden,
  lengthText,
  localTimeText,
  NotFound,
  Refusal,
  restamped,
  stepExtension,
  type ExtensionAction,
  type TellFact,
} from '@huiying/domain';
import { check } from '@huiying/platform';
import { Deadlines, ExtensionRequests, type DeadlineRow, type ExtensionRow, type Tx } from '@huiying/persistence';
import { scopeOf, type Actor } from '../accounts/index.js';
import { CityBook, LawKeeper } from '../city/index.js';
import { DutyDesk } from '../duty/index.js';
import { noticeRequests } from '../notifying/index.js';
import { recordStep, WorkflowStore } from '../timeline/index.js';
import { linkOf, placeOf } from './clock-subject.js';
import { DeadlineBook } from './deadline-book.js';
import { decideWhyNot, decisionOn, mayAsk, toExtensionView } from './extension-view.js';

const PAGE = 50;

interface Words {
  action: string;
  kind: string;
  text: string;
  detail?: Record<string, unknown>;
}

/**
 * Later ends (延期) and pauses (暂停计时) of clocks. An extension is asked for before the clock runs out and decided by a leader who did not
 * ask; until then the clock goes on. Both stand in the clock's ledger with their reason and who approved.
 */
@Injectable()
export class ExtensionDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(LawKeeper) private readonly law: LawKeeper,
    @Inject(DeadlineBook) private readonly book: DeadlineBook,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
  ) {}

  async list(filter: { waiting: boolean }, cursor: string | null, actor: Actor): Promise<Page<ExtensionView>> {
    const page = await new ExtensionRequests(this.store.database).page(filter, scopeOf(actor), cursor, PAGE);
    return { ...page, items: page.items.map((row) => toExtensionView(row, this.city, actor)) };
  }

  /**
   * 申请延期. @throws BadInput, NotFound, Forbidden, Refusal clock-not-running, clock-not-extendable, extensions-used-up, extension-too-long,
   * extension-asked
   */
  async ask(deadlineId: string, request: ExtendRequest, actor: Actor): Promise<{ requestId: string }> {
    const { until, reason } = check(extendRequest, request);
    const id = randomUUID();
    await this.onClock(deadlineId, actor, async (tx, row, now) => {
      if (!mayAsk(row, actor)) throw new Forbidden(`${actor.role} may not ask for this clock`, '由承办单位申请延期');
      await this.refuseSecond(tx, row);
      const { deadline } = row;
      const { calendar } = this.city.parts;
      const amount = amountUntil(deadline, new Date(until), calendar);
      assertExtendable(deadline, amount, now);
      const extension = { amount, reason, approvedBy: '', approvedAt: now };
      const end = restamped({ ...deadline, extensions: [...deadline.extensions, extension] }, calendar).dueAt;
      await new ExtensionRequests(tx).add({
        id,
        deadlineId,
        departmentId: row.departmentId,
        amount,
        dueAt: deadline.dueAt,
        until: end,
        reason,
        askedAt: now,
        askedBy: actor.name,
        askedById: actor.id,
      });
      const length = lengthText({ length: amount, unit: deadline.rule.unit });
      const text = `${actor.name}申请${deadline.rule.name}延期${length}，至 ${localTimeText(end)}：${reason}（批准前照常计时）`;
      const detail = { requestId: id, deadlineId, ruleId: deadline.rule.id, until: end.toISOString(), reason };
      await this.tell(tx, { row, actor, now }, { action: 'deadline.ask-extension', kind: 'deadline.extension-asked', text, detail }, [
        { kind: 'leader-asked' },
        `【延期待批】${deadline.rule.name} ${row.no}`,
        `extension:${id}:asked`,
      ]);
    });
    return { requestId: id };
  }

  /** 批准延期. @throws BadInput, NotFound, Forbidden, Refusal extension-approved …, clock-not-running and what extendDeadline throws */
  async approve(id: string, request: ApproveExtensionRequest, actor: Actor): Promise<void> {
    const { note } = check(approveExtensionRequest, request);
    await this.decide(id, 'approve', note, actor, async (tx, clock, asked, now) => {
      const approval = { reason: asked.reason, approvedBy: actor.name, askedAt: asked.askedAt };
      const extended = await this.book.extend(tx, clock, asked.amount, approval, now);
      return `批准${clock.deadline.rule.name}延期${amountText(asked)}，至 ${localTimeText(extended.dueAt)}${note ? `（${note}）` : ''}`;
    });
  }

  /** 不予批准, with grounds. */
  async refuse(id: string, request: BecauseRequest, actor: Actor): Promise<void> {
    const { reason } = check(becauseRequest, request);
    await this.decide(id, 'refuse', reason, actor, async (_tx, clock) => `不批准${clock.deadline.rule.name}延期：${reason}，原时限不变`);
  }

  /** 撤回. Only who asked. */
  async withdraw(id: string, actor: Actor): Promise<void> {
    await this.decide(id, 'withdraw', null, actor, async (_tx, clock) => `撤回${clock.deadline.rule.name}的延期申请`);
  }

  /** 暂停计时, by a leader on a ground of the rule. @throws BadInput, NotFound, Refusal clock-not-pausable, clock-already-paused, clock-not-running */
  pause(deadlineId: string, request: PauseRequest, actor: Actor): Promise<void> {
    const { ground, reason } = check(pauseRequest, request);
    return this.onClock(deadlineId, actor, async (tx, row, now) => {
      await this.book.pause(tx, row, ground, { reason, approvedBy: actor.name }, now);
      const text = `暂停${row.deadline.rule.name}计时：${ground}（${reason}）`;
      await this.tell(
        tx,
        { row, actor, now },
        { action: 'deadline.pause', kind: 'deadline.paused', text, detail: { deadlineId, ground, reason } },
      );
    });
  }

  /** 恢复计时. @throws NotFound, Refusal clock-not-paused */
  resume(deadlineId: string, actor: Actor): Promise<void> {
    return this.onClock(deadlineId, actor, async (tx, row, now) => {
      const { dueAt, rule } = await this.book.resume(tx, row, now);
      const text = `恢复${rule.name}计时，改为 ${localTimeText(dueAt)} 到期`;
      await this.tell(tx, { row, actor, now }, { action: 'deadline.resume', kind: 'deadline.resumed', text, detail: { deadlineId } });
    });
  }

  private async decide(
    id: string,
    action: ExtensionAction,
    note: string | null,
    actor: Actor,
    take: (tx: Tx, clock: DeadlineRow, asked: ExtensionRow, now: Date) => Promise<string>,
  ): Promise<void> {
    const known = await new ExtensionRequests(this.store.database).find(id, scopeOf(actor));
    if (!known) throw new NotFound('extension request', id);
    await this.onClock(known.deadlineId, actor, async (tx, row, now) => {
      const asked = (await new ExtensionRequests(tx).find(id, null))!;
      const state = stepExtension(asked.state, action, decisionOn(asked));
      assertEntitled(asked, action, actor);
      const text = await take(tx, row, asked, now);
      await new ExtensionRequests(tx).decide(id, { state, decidedAt: now, decidedBy: actor.name, note });
      const about: TellFact =
        row.departmentId === null ? { kind: 'desk-asked' } : { kind: 'department-told', departmentId: row.departmentId };
      const word = { approve: '延期已批', refuse: '延期未批', withdraw: '' }[action];
      const detail = { requestId: id, deadlineId: row.deadline.id, ruleId: row.deadline.rule.id, note };
      const told: Told | undefined =
        word === '' ? undefined : [about, `【${word}】${row.deadline.rule.name} ${row.no}`, `extension:${id}:${state}`];
      await this.tell(
        tx,
        { row, actor, now },
        { action: `deadline.${action}-extension`, kind: `deadline.extension-${state}`, text, detail },
        told,
      );
    });
  }

  /** One request at a time for a clock. @throws Refusal extension-asked */
  private async refuseSecond(tx: Tx, row: DeadlineRow): Promise<void> {
    if (row.askedUntil === null) return;
    const first = (await new ExtensionRequests(tx).ofDeadline(row.deadline.id)).find(({ state }) => state === 'asked')!;
    const conflict = { by: first.askedBy, at: first.askedAt.toISOString(), what: '申请延期' };
    throw new Refusal('extension-asked', `clock ${row.deadline.id} has a request pending`, '已有待批的延期申请', conflict);
  }

  /** Locks the clock as it now stands, its case before it, so that of two people one comes second. */
  private onClock(id: string, actor: Actor, take: (tx: Tx, row: DeadlineRow, now: Date) => Promise<void>): Promise<void> {
    return this.store.change(async (tx, now) => {
      const visible = await new Deadlines(tx).find(id, scopeOf(actor));
      const [row] = visible ? await new Deadlines(tx).lockWithCases([id]) : [];
      if (!row) throw new NotFound('deadline', id);
      await this.law.refresh(tx);
      await take(tx, row, now);
    });
  }

  private async tell(
    tx: Tx,
    { row, actor, now }: { row: DeadlineRow; actor: Actor; now: Date },
    { action, ...words }: Words,
    told?: Told,
  ): Promise<void> {
    await recordStep(tx, now, actor, action, { ...placeOf(row), ...words });
    if (!told) return;
    const [about, title, fact] = told;
    const notice = {
      about,
      title,
      fact,
      body: `${row.title}。${words.text}`,
      severity: row.severity,
      urgency: 'urgent' as const,
      link: about.kind === 'leader-asked' ? '/extensions' : linkOf(row),
      caseId: row.caseId,
      causedBy: null,
    };
    tx.send(...noticeRequests(notice, await this.duty.tellable(tx, now), now));
  }
}

/** Whom to tell, under which heading, and the fact's name. */
type Told = [about: TellFact, title: string, fact: string];

function assertEntitled(asked: ExtensionRow, action: ExtensionAction, actor: Actor): void {
  if (action === 'withdraw') {
    if (asked.askedById !== actor.id) throw new Forbidden('only who asked withdraws', '只有申请人可以撤回');
    return;
  }
  const whyNot = decideWhyNot(asked, actor);
  if (whyNot !== null) throw new Forbidden(`${actor.role} may not ${action} this request`, whyNot);
}

function amountText({ amount, unit }: Pick<ExtensionRow, 'amount' | 'unit'>): string {
  return lengthText({ length: amount, unit });
}
