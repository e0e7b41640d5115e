import { AuditTrail, type Database } from '@huiying/persistence';
import { freshDatabase } from '../../../../test/support/database.js';
import { verdictText } from './verify-audit.command.js';

describe('the chain of the audit trail', () => {
  let database: Database;
  let drop: () => Promise<void>;
  let trail: AuditTrail;
  const entry = (n: number) => ({
    at: new Date('2026-11-18T01:00:00Z'),
    personId: null,
    who: '何静',
    action: 'case.close',
    subject: `case:${n}`,
    origin: 'spec',
    detail: { n, b: 1, a: [2] },
  });

  beforeEach(async () => {
    ({ database, drop } = await freshDatabase());
    trail = new AuditTrail(database);
    for (let n = 1; n <= 5; n++) await trail.add(entry(n));
  });
  afterEach(() => drop());

  const sealAll = async () => {
    let sum = 0;
    for (let n = await AuditTrail.seal(database); n > 0; n = await AuditTrail.seal(database)) sum += n;
    return sum;
  };
  /** As somebody who owns the database could. */
  const force = async (sql: string) => {
    for (const table of ['audit', 'audit_seal']) await database.query(`ALTER TABLE workflow.${table} DISABLE TRIGGER ALL`);
    await database.query(sql);
  };

  it('is empty, then waits, then holds', async () => {
    expect(await trail.verify()).toMatchObject({ sealed: 0, waiting: 5, head: null, faults: [] });
    expect(await sealAll()).toBe(5);
    const { head, ...verdict } = await trail.verify();
    expect(verdict).toEqual({ sealed: 5, waiting: 0, faults: [] });
    await trail.add(entry(6));
    await sealAll();
    expect(await trail.hasSeal(head!)).toBe(true);
    expect((await trail.verify()).head).not.toBe(head);
  });

  it('seals each row once, whoever seals at the same time', async () => {
    await Promise.all(Array.from({ length: 6 }, () => sealAll()));
    await sealAll();
    expect(await trail.verify()).toMatchObject({ sealed: 5, waiting: 0, faults: [] });
  });

  it.each([
    ['a changed row', `UPDATE workflow.audit SET who = '别人' WHERE subject = 'case:3'`, [{ position: 3, what: 'row-changed' }]],
    ['a changed detail', `UPDATE workflow.audit SET detail = '{"n":9}' WHERE subject = 'case:2'`, [{ position: 2, what: 'row-changed' }]],
    ['a row that is gone', `DELETE FROM workflow.audit WHERE subject = 'case:4'`, [{ position: 4, what: 'row-gone' }]],
    [
      'a row that is gone with its seal',
      `DELETE FROM workflow.audit_seal WHERE position = 4`,
      [
        { position: 4, what: 'seal-gone' },
        { position: null, what: 'row-without-seal' },
      ],
    ],
    [
      'a row that came past the system',
      `INSERT INTO workflow.audit (at, who, action, subject, origin, detail) VALUES (now(), '鬼', 'case.close', 'case:1', 'x', '{}')`,
      [{ position: null, what: 'row-without-seal' }],
    ],
  ])('tells of %s', async (_what, sql, faults) => {
    await sealAll();
    await force(sql);
    const verdict = await trail.verify();
    expect(verdict.faults.map(({ position, what }) => ({ position, what }))).toEqual(faults);
    expect(verdictText(verdict, null, true)).toContain(`发现 ${faults.length} 处异常`);
  });

  it('shows by a seal noted before that the whole chain was written anew', async () => {
    await sealAll();
    const { head } = await trail.verify();
    await force(`DELETE FROM workflow.audit_seal`);
    await database.query(`UPDATE workflow.audit SET who = '别人' WHERE subject = 'case:3'`);
    await database.query(`INSERT INTO workflow.audit_unsealed SELECT audit_id FROM workflow.audit`);
    await sealAll();
    expect((await trail.verify()).faults).toEqual([]);
    expect(await trail.hasSeal(head!)).toBe(false);
  });

  it('refuses a change where nobody forces it', async () => {
    await sealAll();
    await expect(database.query(`UPDATE workflow.audit_seal SET hash = '\\x00'`)).rejects.toThrow('only grows');
  });
});
