import { randomUUID } from 'node:crypto';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { NUMBER_TO_COME } from './number-to-come.js';
import { Store, type Tx } from './store.js';
import { CaseFiles } from './workflow/case-files.js';
import { writeStepLines } from './workflow/step-journal.js';

const AT = new Date('2026-11-20T02:00:00.000Z');
const CASE_NO = `望舆〔2026〕${NUMBER_TO_COME}号`;
const NOTHING = { keyCategory: null, topicCode: null, topicName: null, leadDepartmentId: null, leadDepartmentName: null };

describe('the number of a case, taken with what is committed', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await freshDatabase();
  });
  afterAll(() => db.drop());

  /** Opens a case with what tells of it. @param lines how many, of the history */
  async function open(lines: number, last: (tx: Tx) => Promise<void> = async () => undefined): Promise<string> {
    const [id, alertId, storyId] = [randomUUID(), randomUUID(), randomUUID()];
    await db.database.query(
      `INSERT INTO workflow.alert (alert_id, story_id, opinion_id, state, title, summary, suggested_severity, departments, places, reason, raised_at)
       VALUES ($1, $2, $2, 'open', '停水', '', 'IV', '[]', '{}', '', $3)`,
      [alertId, storyId, AT],
    );
    await new Store(db.database, 'workflow').change(async (tx) => {
      const file = { id, caseNo: CASE_NO, alertId, storyId, title: '停水', notBefore: AT, openedAt: AT, openedBy: '何静', ...NOTHING };
      await new CaseFiles(tx).open({ ...file, nextDueAt: null, severity: 'IV' }, 2026);
      const line = { at: AT, kind: 'case.opened', caseId: id, text: `立单${CASE_NO}`, actor: '何静', detail: { caseNo: CASE_NO } };
      await writeStepLines(tx, { lines: Array.from({ length: lines }, () => line), changes: [], audits: [] });
      const data = { caseNo: CASE_NO, title: '停水' };
      tx.send({
        topic: 't',
        key: id,
        event: { id: randomUUID(), type: 't', version: 1, occurredAt: AT.toISOString(), causedBy: null, data },
      });
      await last(tx);
    });
    return id;
  }

  async function saidOf(id: string): Promise<string[]> {
    const rows = await db.database.query<{ said: string }>(
      `SELECT case_no AS said FROM workflow.case_file WHERE case_id = $1
       UNION SELECT payload::json->'data'->>'caseNo' FROM workflow.outbox WHERE key = $1::text
       UNION SELECT unnest(ARRAY[substr(text, 3), detail->>'caseNo']) FROM workflow.timeline WHERE case_id = $1`,
      [id],
    );
    return rows.map(({ said }) => said);
  }

  it('stands in all that was written with it, and has no gap whatever fails, however many are opened at once', async () => {
    // It fails behind the number, in the packet that was to commit.
    const broken = Array.from({ length: 6 }, () => open(1, (tx) => tx.write(`SELECT 1 / 0`)));
    const opened = Promise.all(Array.from({ length: 12 }, (_, i) => open(i % 2 === 0 ? 2 : 6)));
    expect((await Promise.allSettled(broken)).every(({ status }) => status === 'rejected')).toBe(true);
    const numbers = await Promise.all((await opened).map(saidOf));
    expect(numbers.flat().sort()).toEqual(Array.from({ length: 12 }, (_, i) => `望舆〔2026〕${i + 1}号`).sort());
  });

  it('is not held while this process thinks', async () => {
    let goOn!: () => void;
    const thinking = new Promise<void>((done) => (goOn = done));
    let reached!: () => void;
    const atRest = new Promise<void>((done) => (reached = done));
    const slow = open(1, async () => {
      reached();
      await thinking;
    });
    await atRest;
    expect(await saidOf(await open(1))).toEqual(['望舆〔2026〕13号']);
    goOn();
    expect(await saidOf(await slow)).toEqual(['望舆〔2026〕14号']);
  });
});
