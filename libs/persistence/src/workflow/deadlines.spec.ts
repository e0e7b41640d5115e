import { randomUUID } from 'node:crypto';
import type { Deadline } from '@huiying/domain';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import type { Queries } from '../database.js';
import { CaseFiles } from './case-files.js';
import { Deadlines } from './deadlines.js';

const CLOSED = 5_000;
const OPENED_SINCE = 1_000;

/** Cases of one clock with one step each, straight into the tables. */
async function clocks(on: Queries, from: number, count: number, met: 'now()' | 'NULL'): Promise<void> {
  const id = (what: string) => `md5('${what}' || n)::uuid`;
  const some = `generate_series(${from}, ${from + count - 1}) n`;
  await on.query(
    `INSERT INTO workflow.alert (alert_id, story_id, opinion_id, state, title, summary, suggested_severity, departments, places, reason, raised_at, case_id)
     SELECT ${id('alert')}, ${id('story')}, ${id('opinion')}, 'confirmed', '停水', '', 'IV', '[]', '{}', '', now(), ${id('case')} FROM ${some}`,
  );
  await on.query(
    `INSERT INTO workflow.case_file (case_id, case_no, alert_id, story_id, title, state, severity, not_before, opened_at, opened_by)
     SELECT ${id('case')}, n::text, ${id('alert')}, ${id('story')}, '停水', 'assigned', 'IV', now(), now(), '何静' FROM ${some}`,
  );
  await on.query(
    `INSERT INTO workflow.deadline (deadline_id, subject_kind, subject_id, case_id, rule, start_fact, start_at, stated_by, due_at, length_seconds, provisional, met_at)
     SELECT ${id('clock')}, 'case', ${id('case')}, ${id('case')}, '{"id": "OP-03", "owner": "department", "milestone": "response"}', 'detected', now(), '系统',
       now() + interval '48 hours', 172800, false, ${met} FROM ${some}`,
  );
  await on.query(
    `INSERT INTO workflow.deadline_step (deadline_id, percent, kind, scheduled_at, cancelled_at)
     SELECT ${id('clock')}, 100, 'breach', now() + interval '48 hours', ${met} FROM ${some}`,
  );
}

/** Rows of clocks and steps that this connection has read so far. */
async function rowsRead(on: Queries): Promise<number> {
  const [row] = await on.query<{ n: number }>(
    `SELECT sum(seq_tup_read + idx_tup_fetch)::int AS n FROM pg_stat_xact_user_tables
     WHERE schemaname = 'workflow' AND relname IN ('deadline', 'deadline_step')`,
  );
  return row!.n;
}

describe('Deadlines', () => {
  let db: TestDatabase;
  beforeAll(async () => void (db = await freshDatabase()));
  afterAll(() => db.drop());

  it('reads the clocks of one case to change them, however many have been opened since the server last counted', async () => {
    await clocks(db.database, 1, CLOSED, 'now()');
    await db.database.query(`VACUUM ANALYZE workflow.deadline, workflow.deadline_step, workflow.case_file`);
    await clocks(db.database, CLOSED + 1, OPENED_SINCE, 'NULL');
    const [one] = await db.database.query<{ clock: string; case: string }>(
      `SELECT deadline_id AS clock, case_id AS case FROM workflow.deadline WHERE met_at IS NULL LIMIT 1`,
    );
    const rows = await db.database.transaction(async (tx) => {
      const met = { id: one!.clock, metAt: new Date(), metByEvidenceId: randomUUID(), cancelledAt: null, cancelledReason: null };
      const before = await rowsRead(tx);
      await new Deadlines(tx).giveToDepartment(one!.case, 'water-supply');
      await new CaseFiles(tx).changeWithDue(one!.case, { state: 'responded' });
      await new CaseFiles(tx).refreshNextDue([one!.case]);
      await new Deadlines(tx).settle([{ deadline: met as unknown as Deadline, nextStepAt: null }], new Date());
      return (await rowsRead(tx)) - before;
    });
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThan(50);
    expect((await new Deadlines(db.database).ofIds([one!.clock]))[0]).toMatchObject({ departmentId: 'water-supply' });
  });
});
