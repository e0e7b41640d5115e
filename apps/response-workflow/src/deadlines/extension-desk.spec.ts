import { randomUUID } from 'node:crypto';
import type { DeadlineWhy, ExtensionView, NoticeView, Page } from '@huiying/contracts/http';
import type { MovableClock, RuleTrigger, StartFact } from '@huiying/domain';
import { Deadlines, Escalations, isPipelineIdle, Timeline, type Database } from '@huiying/persistence';
import { eventually, freshCity, type LoggedIn, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { EscalationAuditor } from '../auditing/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { DeadlineBook } from './index.js';

/** 周三. A work order dispatched now is due on 2026-11-25 at 17:30. */
const START = '2026-11-18T01:00:00Z';
const REASON = '需会同供水公司开挖检漏，现场施工尚须时日';

describe('延期 and 暂停', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let [lead, stranger, officer, leader, otherLeader]: LoggedIn[] = [];

  beforeAll(async () => {
    ({ city, clock, database, drop } = await freshCity(START, {}, { runsByItself: false }));
    const names = ['fanlixin', 'gaohanqing', 'luwenjing', 'zhoumingyuan', 'yanshuhua'];
    [lead, stranger, officer, leader, otherLeader] = await Promise.all(names.map((name) => city.logIn(name)));
  });
  afterAll(async () => {
    await city.stop();
    await drop();
  });

  async function stamp(trigger: RuleTrigger = 'order-dispatched', fact: StartFact = 'dispatched') {
    const subject = { kind: 'order' as const, id: randomUUID() };
    const shown = { no: 'WC20261118001', title: '安置三区水管爆裂', severity: 'IV' as const };
    const facts = [{ fact, at: clock.now(), statedBy: '热线' }];
    const request = { trigger, subject, severity: 'IV' as const, facts, departmentId: 'housing', caseId: null, shown };
    const book = city.app.get(DeadlineBook, { strict: false });
    const all = await city.app.get(WorkflowStore, { strict: false }).change((tx, now) => book.stamp(tx, request, now));
    return { id: all.find(({ rule }) => ['HL-06a', 'OP-15'].includes(rule.id))!.id, orderId: subject.id };
  }
  const ask = (who: LoggedIn, id: string, until: string, reason = REASON) =>
    who.post<{ requestId: string }>(`/api/deadlines/${id}/extensions`, { until, reason });
  const why = async (id: string) => (await leader!.get<DeadlineWhy>(`/api/deadlines/${id}/why`)).body;
  const until = '2026-12-02T09:30:00Z';

  it('is asked for, decided by another, and stands in the ledger', async () => {
    const { id, orderId } = await stamp();
    const { dueAt } = (await why(id)).deadline;
    expect(dueAt).toBe('2026-11-25T09:30:00.000Z');
    expect((await ask(stranger!, id, until)).status).toBe(404);
    expect((await ask(officer!, id, until)).status).toBe(403);
    expect((await ask(lead!, id, until, '忙')).status).toBe(400);
    const { body, status } = await ask(lead!, id, until);
    expect(status).toBe(200);
    const pending = await why(id);
    expect(pending.deadline).toMatchObject({ dueAt, state: 'running', askedUntil: '2026-12-02T09:30:00.000Z' });
    expect(pending.requests).toMatchObject([{ state: 'asked', length: '5个工作日', askedBy: '范立新' }]);
    expect(await ask(lead!, id, until)).toMatchObject({ status: 409, body: { code: 'extension-asked', conflict: { by: '范立新' } } });

    const listed = async (who: LoggedIn) => (await who.get<Page<ExtensionView>>('/api/extensions')).body.items.map((one) => one.id);
    expect([await listed(lead!), await listed(stranger!), await listed(leader!)]).toEqual([[body.requestId], [], [body.requestId]]);
    expect((await officer!.post(`/api/extensions/${body.requestId}/approve`, {})).status).toBe(403);
    expect((await leader!.post(`/api/extensions/${body.requestId}/approve`, { note: '同意，请每日报进展' })).status).toBe(204);

    const after = await why(id);
    expect(after.deadline).toMatchObject({ dueAt: '2026-12-02T09:30:00.000Z', askedUntil: null });
    expect(after.ledger.reduce((sum, line) => sum + line.amount, 0)).toBe(10);
    expect(after.extensions).toMatchObject([{ length: '5个工作日', reason: REASON, approvedBy: '周明远' }]);
    expect(await otherLeader!.post(`/api/extensions/${body.requestId}/approve`, {})).toMatchObject({
      status: 409,
      body: { code: 'extension-approved', conflict: { by: '周明远' } },
    });
    expect((await new Timeline(database).ofSubject(orderId)).map(({ kind, actor }) => [kind, actor])).toEqual([
      ['deadline.extension-asked', '范立新'],
      ['deadline.extension-approved', '周明远'],
    ]);
    const audited = await database.query<{ action: string }>(`SELECT action FROM workflow.audit WHERE subject = $1 ORDER BY audit_id`, [
      `deadline:${id}`,
    ]);
    expect(audited.map(({ action }) => action)).toEqual(['deadline.ask-extension', 'deadline.approve-extension']);
    const told = async (who: LoggedIn, word: string) =>
      eventually(async () => (await who.get<Page<NoticeView>>('/api/notices')).body.items.find(({ title }) => title.includes(word)), word);
    expect(await told(lead!, '延期已批')).toMatchObject({ link: `/orders/${orderId}` });
    const left = await ask(lead!, id, '2026-12-09T09:30:00Z');
    expect(left).toMatchObject({ status: 409, body: { code: 'extensions-used-up' } });
  });

  it.each([
    ['longer than the rule allows', '2026-12-31T09:30:00Z', 409, 'extension-too-long'],
    ['no later than now', '2026-11-25T09:00:00Z', 400, 'bad-input'],
  ])('is refused when it is %s', async (_what, when, status, code) => {
    const { id } = await stamp();
    expect(await ask(lead!, id, when)).toMatchObject({ status, body: { code } });
  });

  it('is never decided by who asked; of two who decide at once one comes second', async () => {
    const { id } = await stamp();
    const { requestId } = (await ask(leader!, id, until)).body;
    expect(await leader!.post(`/api/extensions/${requestId}/approve`, {})).toMatchObject({
      status: 403,
      body: { message: '本人的申请须由他人审批' },
    });
    const third = await city.logIn('qiuguodong');
    const answers = await Promise.all([
      otherLeader!.post(`/api/extensions/${requestId}/approve`, {}),
      third.post(`/api/extensions/${requestId}/refuse`, { reason: '应先采取临时供水措施，不予延期' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect((await ask(lead!, id, '2026-12-03T09:30:00Z')).status).toBe(answers[0]!.status === 204 ? 409 : 200);
  });

  it('is withdrawn by who asked, and lapses with its clock', async () => {
    const { id, orderId } = await stamp();
    const first = (await ask(lead!, id, until)).body.requestId;
    expect((await officer!.post(`/api/extensions/${first}/withdraw`)).status).toBe(403);
    expect((await lead!.post(`/api/extensions/${first}/withdraw`)).status).toBe(204);
    const second = (await ask(lead!, id, until)).body.requestId;
    const book = city.app.get(DeadlineBook, { strict: false });
    await city.app.get(WorkflowStore, { strict: false }).change(async (tx, now) => {
      await book.cancel(tx, await new Deadlines(tx).lockOfSubject(orderId), '撤单', now);
    });
    expect((await why(id)).requests.map(({ state }) => state).sort()).toEqual(['lapsed', 'withdrawn']);
    expect(await leader!.post(`/api/extensions/${second}/approve`, {})).toMatchObject({ status: 409, body: { code: 'clock-not-running' } });
    expect((await leader!.get<Page<ExtensionView>>('/api/extensions')).body.items.map((one) => one.id)).not.toContain(second);
  });

  it('does not stop the clock while nobody decides; a clock stands only on a ground of its rule, and runs on later by what it stood', async () => {
    const [asked, plain, standing] = [await stamp(), await stamp(), await stamp('case-closed', 'closed')];
    const { requestId } = (await ask(lead!, asked.id, until)).body;
    const pause = (who: LoggedIn, which: string, ground = '等待第三方评估结果') =>
      who.post(`/api/deadlines/${which}/pause`, { ground, reason: '已委托市评估中心，等待结果' });
    expect((await pause(officer!, standing.id)).status).toBe(403);
    expect(await pause(leader!, plain.id)).toMatchObject({ status: 409, body: { code: 'clock-not-pausable' } });
    expect(await pause(leader!, standing.id, '领导出差')).toMatchObject({ status: 409, body: { code: 'clock-not-pausable' } });
    expect((await pause(leader!, standing.id)).status).toBe(204);
    expect(await pause(leader!, standing.id)).toMatchObject({ status: 409, body: { code: 'clock-already-paused' } });
    expect((await why(standing.id)).deadline.state).toBe('paused');

    clock.set(new Date('2026-11-25T10:00:00Z'));
    [lead, leader] = await Promise.all(['fanlixin', 'zhoumingyuan'].map((name) => city.logIn(name)));
    await city.tick();
    expect(await ask(lead!, plain.id, until)).toMatchObject({ status: 409, body: { code: 'clock-not-running' } });
    expect((await lead!.get<DeadlineWhy>(`/api/deadlines/${plain.id}/why`)).body.actions[0]).toMatchObject({ allowed: false });

    expect((await why(asked.id)).deadline.state).toBe('overdue');
    expect((await new Timeline(database).ofSubject(asked.orderId)).map(({ kind }) => kind)).toContain('deadline.breached');
    expect((await leader!.post(`/api/extensions/${requestId}/approve`, {})).status).toBe(204);
    expect((await why(asked.id)).deadline).toMatchObject({ state: 'running', dueAt: '2026-12-02T09:30:00.000Z' });

    expect((await leader!.post(`/api/deadlines/${standing.id}/resume`)).status).toBe(204);
    expect((await leader!.post(`/api/deadlines/${standing.id}/resume`)).body).toMatchObject({ code: 'clock-not-paused' });
    const resumed = await why(standing.id);
    expect(resumed.deadline).toMatchObject({ state: 'running' });
    expect(resumed.deadline.dueAt.slice(0, 10)).toBe('2026-11-30');
    expect(resumed.ledger.reduce((sum, line) => sum + line.amount, 0)).toBe(3);
  });

  it('runs out anew where the extension was approved after the clock ran out; that is told once, and climbs anew', async () => {
    clock.set(new Date(START));
    [lead, leader] = await Promise.all(['fanlixin', 'zhoumingyuan'].map((name) => city.logIn(name)));
    const { id, orderId } = await stamp();
    const { requestId } = (await ask(lead!, id, until)).body;
    const breaches = async () => {
      const lines = await new Timeline(database).ofSubject(orderId);
      return lines.filter(({ kind, detail }) => kind === 'deadline.breached' && detail.deadlineId === id).length;
    };
    const climbing = async (count: number) =>
      eventually(async () => {
        const all = await new Escalations(database).of({ deadlineId: id });
        const breached = all.filter(({ matter }) => matter === 'clock-breached');
        return breached.length === count && breached;
      }, `${count} breaches that climb`);
    const notices = () =>
      database.query(`SELECT fact, recipient_id FROM workflow.notice WHERE fact LIKE $1 ORDER BY 1, 2`, [`deadline:${id}:breached%`]);

    clock.set(new Date('2026-11-25T10:00:00Z'));
    await city.tick();
    await climbing(1);
    leader = await city.logIn('zhoumingyuan');
    expect((await leader.post(`/api/extensions/${requestId}/approve`, {})).status).toBe(204);
    await city.tick();
    clock.advance({ hours: 7 });
    await city.climb();
    const [first] = await climbing(1);
    expect([await breaches(), first!.endedReason]).toEqual([1, '时限已完成、终止或顺延']);

    clock.set(new Date('2026-12-02T09:31:00Z'));
    for (let i = 0; i < 3; i++) await city.tick();
    expect(await breaches()).toBe(2);
    const [, second] = await climbing(2);
    expect([second!.bornAt, second!.endedReason]).toEqual([new Date(until), null]);
    await eventually(() => isPipelineIdle(database), 'all is told');
    const told = (await notices()) as { fact: string }[];
    expect(new Set(told.map(({ fact }) => fact))).toEqual(new Set([`deadline:${id}:breached`, `deadline:${id}:breached:101`]));
    expect(told.filter(({ fact }) => fact.endsWith(':101'))).toHaveLength(told.length / 2);
    const auditor = city.app.get(EscalationAuditor, { strict: false });
    clock.advance({ minutes: 2 });
    await city.climb();
    expect(await auditor.check(clock.now())).toEqual([]);
  });
});
