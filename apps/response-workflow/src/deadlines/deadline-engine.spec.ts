import { randomUUID } from 'node:crypto';
import { stampDeadlines, stateOf, type MovableClock } from '@huiying/domain';
import { Deadlines, Timeline, type Database } from '@huiying/persistence';
import { classified, freshCity, WorkflowCity } from '../../../../test/support/workflow-city.js';
import { PeopleDesk } from '../accounts/index.js';
import { AlertRaiser } from '../alerting/index.js';
import { CaseDesk } from '../cases/index.js';
import { CityBook } from '../city/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { DeadlineBook, DeadlineEngine, WhyDesk } from './index.js';
import { whyText } from './why.command.js';

const START = '2026-11-18T01:00:00Z';

describe('DeadlineEngine', () => {
  let city: WorkflowCity;
  let twin: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let caseId: string;

  beforeAll(async () => {
    let url: string;
    ({ city, clock, database, drop, url } = await freshCity(START, {}, { runsByItself: false }));
    twin = await WorkflowCity.start(url, clock, {}, { runsByItself: false });
    const event = classified(clock, { level: 'II' });
    await city.app.get(AlertRaiser, { strict: false }).take([event]);
    const [alert] = await database.query<{ id: string }>(`SELECT alert_id AS id FROM workflow.alert`);
    const actor = await city.app.get(PeopleDesk, { strict: false }).actor('luwenjing', 'spec');
    ({ caseId } = await city.app.get(CaseDesk, { strict: false }).confirm(alert!.id, { severity: 'II', reason: '确认' }, actor));
  });
  afterAll(async () => {
    await twin.stop();
    await city.stop();
    await drop();
  });

  /** Many clocks of one case, as if it had been stamped over and over; three steps each. */
  async function arm(count: number): Promise<void> {
    const { rules, calendar } = city.app.get(CityBook, { strict: false }).parts;
    const stamped = Array.from({ length: count }, (_, round) => {
      const facts = [{ fact: 'detected' as const, at: new Date(clock.now().getTime() + round), statedBy: '系统' }];
      const [deadline] = stampDeadlines({
        trigger: 'case-opened',
        subject: { kind: 'case', id: caseId },
        severity: 'IV',
        facts,
        rules,
        calendar,
        round: round + 1,
      });
      return { deadline: deadline!, caseId, departmentId: null, nextStepAt: deadline!.steps[0]!.at };
    });
    await new Deadlines(database).add(stamped);
  }

  it('fires each step once and in order, by two processes, after an outage that missed them all', async () => {
    await arm(2_000);
    clock.advance({ hours: 49 });
    const engines = [city, twin].map((one) => one.app.get(DeadlineEngine, { strict: false }));
    const started = performance.now();
    await Promise.all(
      [...engines, ...engines].map(async (engine) => {
        while ((await engine.tick()) > 0);
      }),
    );
    const seconds = (performance.now() - started) / 1_000;
    const [counts] = await database.query<{ fired: number; open: number; told: number; sent: number }>(
      `SELECT (SELECT count(*) FROM workflow.deadline_step WHERE fired_at IS NOT NULL)::int AS fired,
         (SELECT count(*) FROM workflow.deadline_step WHERE fired_at IS NULL)::int AS open,
         (SELECT count(*) FROM workflow.timeline WHERE kind IN ('deadline.warned', 'deadline.breached'))::int AS told,
         (SELECT count(*) FROM workflow.outbox WHERE topic IN ('deadline.warned', 'deadline.breached'))::int AS sent`,
    );
    // 2,000 clocks and the case's own OP-01, OP-02 and OP-14, three steps each.
    expect(counts).toEqual({ fired: 6_009, open: 0, told: 6_009, sent: 6_009 });
    const disorder = await database.query(
      `SELECT 1 FROM (SELECT (detail->>'percent')::real AS percent, lag((detail->>'percent')::real) OVER (PARTITION BY detail->>'deadlineId' ORDER BY entry_id) AS before
        FROM workflow.timeline WHERE kind IN ('deadline.warned', 'deadline.breached')) t WHERE before > percent`,
    );
    expect(disorder).toEqual([]);
    const late = await database.query<{ late: boolean }>(
      `SELECT DISTINCT (detail->>'late')::boolean AS late FROM workflow.timeline WHERE kind = 'deadline.breached' AND detail->>'ruleId' = 'OP-03'`,
    );
    expect(late).toEqual([{ late: true }]);
    console.log(`6,006 missed steps caught up in ${seconds.toFixed(1)} s (${Math.round(6_006 / seconds)}/s)`);
  });

  it('has nothing left to do, and says when it must wake', async () => {
    const engine = city.app.get(DeadlineEngine, { strict: false });
    expect(await engine.tick()).toBe(0);
    expect(await engine.nextStepAt()).toBeNull();
    await arm(0);
  });

  it('fires, explains and lists a clock of a policy document as one of a case', async () => {
    const id = randomUUID();
    const shown = { no: '望政办发〔2026〕31号', title: '老旧小区加装电梯实施办法', severity: 'IV' as const };
    const facts = [{ fact: 'document-published' as const, at: clock.now(), statedBy: '陆文静' }];
    const subject = { kind: 'document' as const, id };
    const request = { trigger: 'document-published' as const, subject, severity: 'IV' as const, facts, departmentId: 'housing' };
    const book = city.app.get(DeadlineBook, { strict: false });
    const [deadline] = await city.app
      .get(WorkflowStore, { strict: false })
      .change((tx, now) => book.stamp(tx, { ...request, caseId: null, shown }, now));
    clock.advance({ days: 7 });
    await city.tick();
    const [row] = await new Deadlines(database).ofSubjects([id]);
    expect(row).toMatchObject({ ...shown, caseId: null, departmentId: 'housing' });
    expect(stateOf(row!.deadline, clock.now())).toBe('overdue');
    expect((await new Timeline(database).ofSubject(id)).map(({ kind }) => kind)).toContain('deadline.breached');
    const told = await database.query<{ payload: string }>(`SELECT payload FROM workflow.outbox WHERE key = $1`, [id]);
    expect(told.map(({ payload }) => (JSON.parse(payload) as { type: string; version: number }).version)).toEqual(told.map(() => 2));
    expect(told.length).toBe(row!.deadline.steps.length);
    const notices = await database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM workflow.outbox WHERE topic = 'notice.requested' AND payload LIKE $1`,
      [`%/documents/${id}%`],
    );
    expect(notices[0]!.n).toBeGreaterThan(0);
    const why = await city.app.get(WhyDesk, { strict: false }).explain(deadline!.id, null);
    expect(why.deadline.subject).toEqual({ kind: 'document', id, no: shown.no, title: shown.title, link: `/documents/${id}` });
    expect((await new Deadlines(database).open(10_000, 'response')).map((one) => one.deadline.id)).toContain(deadline!.id);
  });

  it('explains a due instant so that the ledger sums to the length', async () => {
    const row = (await new Deadlines(database).ofCases([caseId])).find(({ deadline }) => deadline.rule.id === 'OP-01');
    const why = await city.app.get(WhyDesk, { strict: false }).explain(row!.deadline.id, null);
    expect(why.ledger.reduce((sum, line) => sum + line.amount, 0)).toBeCloseTo(5);
    const text = whyText(why);
    expect(text).toContain('首次权威信息（OP-01');
    expect(text).toContain('国办发〔2016〕80号');
    expect(text).toContain('合计 5 小时');
    expect(text).toContain('到期  2026-11-18 14:00  已于');
  });
});
