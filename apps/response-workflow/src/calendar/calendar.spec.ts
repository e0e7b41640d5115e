import type {
  CalendarPreview,
  CalendarView,
  CalendarYearView,
  ChangeOutcome,
  DeadlineWhy,
  NoticeReadingView,
  Problem,
} from '@huiying/contracts/http';
import { stampDeadlines, type MovableClock, type StartFact } from '@huiying/domain';
import { AuditTrail, Deadlines, type Database } from '@huiying/persistence';
import { classified, freshCity, WorkflowCity, type LoggedIn } from '../../../../test/support/workflow-city.js';
import { PeopleDesk } from '../accounts/index.js';
import { AlertRaiser } from '../alerting/index.js';
import { CaseDesk } from '../cases/index.js';
import { CityBook } from '../city/index.js';
import { DeadlineBook, nextStepAt, WhyDesk } from '../deadlines/index.js';
import { WorkflowStore } from '../timeline/index.js';

const NOTICE = `国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日至11日放假调休，共7天。1月31日（周日）、2月13日（周六）上班。`;

describe('the working-day calendar on the console', () => {
  let city: WorkflowCity;
  let twin: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let administrator: LoggedIn;
  let caseId: string;

  beforeAll(async () => {
    let url: string;
    ({ city, clock, database, drop, url } = await freshCity('2026-12-30T02:00:00Z', {}, { runsByItself: false }));
    twin = await WorkflowCity.start(url, clock, {}, { runsByItself: false });
    await city.app.get(AlertRaiser, { strict: false }).take([classified(clock, { level: 'IV' })]);
    const [alert] = await database.query<{ id: string }>(`SELECT alert_id AS id FROM workflow.alert`);
    const actor = await city.app.get(PeopleDesk, { strict: false }).actor('luwenjing', 'spec');
    ({ caseId } = await city.app.get(CaseDesk, { strict: false }).confirm(alert!.id, { severity: 'IV', reason: '确认' }, actor));
    administrator = await city.logIn('linkaiwen');
  });
  afterAll(async () => {
    await twin.stop();
    await city.stop();
    await drop();
  });

  /** A clock of days of that case, as a policy document's would be; three working days. */
  function stamp(on: WorkflowCity, round: number, fact: StartFact = 'document-published') {
    const facts = [{ fact, at: clock.now(), statedBy: '门户网站' }];
    const request = { trigger: 'document-published' as const, subject: { kind: 'document' as const, id: caseId }, severity: 'IV' as const };
    return on.app.get(WorkflowStore, { strict: false }).change(async (tx, now) => {
      const [deadline] = await on.app
        .get(DeadlineBook, { strict: false })
        .stamp(tx, { ...request, facts, round, caseId, departmentId: null }, now);
      return deadline!;
    });
  }
  const why = async (id: string, by = administrator) => (await by.get<DeadlineWhy>(`/api/deadlines/${id}/why`)).body;

  it('shows each year with its source, and that the next is not published', async () => {
    const { body } = await administrator.get<CalendarView>('/api/calendar');
    expect(body.years).toHaveLength(21);
    expect(body.years.at(-2)).toEqual({ year: 2026, isPublished: true, isEntered: false, source: '国办发明电〔2025〕7号' });
    expect(body.years.at(-1)).toEqual({ year: 2027, isPublished: false, isEntered: false, source: null });
    const year = (await administrator.get<CalendarYearView>('/api/calendar/2027')).body;
    expect(year.days).toHaveLength(365);
    expect(year.days[0]).toMatchObject({ date: '2027-01-01', provisional: true });
  });

  it('is changed by nobody but an administrator', async () => {
    const desk = await city.logIn('luwenjing');
    expect((await desk.get('/api/calendar')).status).toBe(200);
    for (const path of ['/api/calendar', '/api/calendar/reading', '/api/calendar/preview']) {
      expect((await desk.post(path, {})).status).toBe(403);
    }
  });

  it('moves the open clocks that rested on the year once its notice is pasted and confirmed, and no closed one', async () => {
    const [open, met] = [await stamp(city, 0), await stamp(city, 1)];
    await new Deadlines(database).settle([{ deadline: { ...met, metAt: clock.now() }, nextStepAt: null }], clock.now());
    expect(open).toMatchObject({ dueAt: new Date('2027-01-04T09:30:00Z'), provisional: true });
    expect((await why(open.id)).ledger.at(-1)!.why).toContain('2027年放假安排未公布或未录入，暂按星期推算');

    const reading = (await administrator.post<NoticeReadingView>('/api/calendar/reading', { text: NOTICE })).body;
    expect(reading).toMatchObject({ doubts: [], table: { year: 2027, source: '国办发明电〔2026〕9号' } });
    const { table } = reading;
    const preview = (await administrator.post<CalendarPreview>('/api/calendar/preview', { table })).body;
    expect(preview.days.map(({ date, isWorkday }) => `${date} ${isWorkday}`)).toEqual([
      ...['01-01', '01-02', '01-03'].map((day) => `2027-${day} false`),
      '2027-01-31 true',
      ...['05', '06', '07', '08', '09', '10', '11'].map((day) => `2027-02-${day} false`),
      '2027-02-13 true',
    ]);
    expect(preview).toMatchObject({
      clockCount: 1,
      clocks: [{ deadlineId: open.id, before: { provisional: true }, after: { provisional: false } }],
    });
    expect((await why(open.id)).deadline.provisional).toBe(true); // a preview changes nothing

    const entered = await administrator.post<ChangeOutcome>('/api/calendar', { table, text: NOTICE, basis: preview.basis });
    expect(entered).toMatchObject({ status: 201, body: { movedCount: 1 } });
    const moved = await why(open.id);
    expect(moved.deadline).toMatchObject({ dueAt: '2027-01-05T09:30:00.000Z', provisional: false });
    expect(moved.ledger.map(({ from, why: reason }) => `${from} ${reason}`)).toContain('2027-01-01 元旦放假');
    expect(moved.steps.at(-1)).toMatchObject({ kind: 'breach', at: '2027-01-05T09:30:00.000Z' });
    expect((await why(met.id)).deadline).toMatchObject({ dueAt: '2027-01-04T09:30:00.000Z', provisional: true });
    const told = await database.query<{ text: string }>(`SELECT text FROM workflow.timeline WHERE kind = 'deadline.moved'`);
    expect(told).toEqual([{ text: '2027年放假安排录入：政策解读由 2027-01-04 17:30 改为 2027-01-05 17:30 到期' }]);
    expect(await new AuditTrail(database).of('calendar:2027')).toMatchObject([
      { action: 'calendar.enter', detail: { movedCount: 1, fromText: true } },
    ]);
  });

  it('holds for another process from its next clock on, and for what it explains', async () => {
    expect(await stamp(twin, 2)).toMatchObject({ dueAt: new Date('2027-01-05T09:30:00Z'), provisional: false });
    const view = (await administrator.get<CalendarView>('/api/calendar')).body;
    expect(view.years.slice(-2)).toEqual([
      { year: 2027, isPublished: true, isEntered: true, source: '国办发明电〔2026〕9号' },
      { year: 2028, isPublished: false, isEntered: false, source: null },
    ]);
    expect((await administrator.get<CalendarYearView>('/api/calendar/2027')).body.entered).toMatchObject({ by: expect.any(String) });
  });

  it('refuses a change that was looked at in an older state, and a table that contradicts itself', async () => {
    const { table } = (await administrator.get<CalendarYearView>('/api/calendar/2027')).body;
    const late = await administrator.post<Problem>('/api/calendar', { table, basis: '0.0' });
    expect(late).toMatchObject({ status: 409, body: { code: 'calendar-changed' } });
    const twice = { ...table!, workdays: [{ name: '元旦', days: ['2027-01-01'] }] };
    expect((await administrator.post<Problem>('/api/calendar/preview', { table: twice })).status).toBe(400);
    expect((await administrator.post<Problem>('/api/calendar/reading', { text: '一、元旦：1月1日放假。' })).status).toBe(400);
  });

  it('explains a clock by the calendar as it is, in a process that was not told', async () => {
    const [row] = await new Deadlines(database).ofCases([caseId]);
    expect(await twin.app.get(WhyDesk, { strict: false }).explain(row!.deadline.id, null)).toBeTruthy();
    expect(twin.app.get(CityBook, { strict: false }).parts.calendar.tableOf(2027)).not.toBeNull();
  });

  it('lets a clock stand and run on where its rule allows', async () => {
    const { rules, calendar } = city.app.get(CityBook, { strict: false }).parts;
    const facts = [{ fact: 'received' as const, at: clock.now(), statedBy: '信息公开窗口' }];
    const request = { trigger: 'disclosure-requested' as const, subject: { kind: 'case' as const, id: caseId }, severity: 'IV' as const };
    const deadline = stampDeadlines({ ...request, facts, rules, calendar }).find(({ rule }) => rule.id === 'GI-02')!;
    await new Deadlines(database).add([{ deadline, caseId, departmentId: null, nextStepAt: nextStepAt(deadline, clock.now()) }]);
    const book = city.app.get(DeadlineBook, { strict: false });
    const store = city.app.get(WorkflowStore, { strict: false });
    const act = <T>(work: (row: NonNullable<Awaited<ReturnType<Deadlines['find']>>>) => Promise<T>) =>
      new Deadlines(database).find(deadline.id).then((row) => work(row!));
    const approval = { reason: '涉及商业秘密', approvedBy: '严立群' };
    clock.advance({ days: 7 });
    administrator = await city.logIn('linkaiwen');
    await store.change((tx, now) => act((row) => book.pause(tx, row, '征求第三方意见', approval, now)));
    expect((await why(deadline.id)).deadline.state).toBe('paused');
    clock.advance({ days: 100 });
    administrator = await city.logIn('linkaiwen');
    await city.tick();
    expect((await why(deadline.id)).steps.every(({ firedAt }) => firedAt === null)).toBe(true);
    await store.change((tx, now) => act((row) => book.resume(tx, row, now)));
    const explained = await why(deadline.id);
    expect(explained.deadline.state).toBe('running');
    expect(explained.pauses).toMatchObject([{ ground: '征求第三方意见', approvedBy: '严立群' }]);
    expect(explained.ledger.reduce((sum, { amount }) => sum + amount, 0)).toBe(20);
  });
});
