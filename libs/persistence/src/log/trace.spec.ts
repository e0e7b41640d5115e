import { stableId } from '@huiying/domain';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { serviceTables } from '../service-tables.js';
import { Store } from '../store.js';
import { traceFrom } from './trace.js';

/** `name` happened in a service, caused by another; `key` as the contracts say. */
interface Told {
  name: string;
  service: 'one' | 'two' | 'three';
  topic: string;
  key: string;
  by: string | null;
}

const OPINION = stableId('opinion');
const CASE = stableId('case');
const CHAIN: Told[] = [
  { name: 'collected', service: 'one', topic: 'opinion.collected', key: OPINION, by: null },
  { name: 'classified', service: 'two', topic: 'opinion.classified', key: 'story', by: 'collected' },
  { name: 'alert', service: 'three', topic: 'alert.raised', key: 'story', by: 'classified' },
  { name: 'notice', service: 'three', topic: 'notice.requested', key: 'person', by: 'alert' },
  { name: 'case', service: 'three', topic: 'case.opened', key: CASE, by: 'alert' },
  { name: 'assigned', service: 'three', topic: 'task.assigned', key: CASE, by: 'case' },
  { name: 'acknowledged', service: 'three', topic: 'task.acknowledged', key: CASE, by: 'assigned' },
  { name: 'breached', service: 'three', topic: 'deadline.breached', key: CASE, by: 'case' },
];
const STRANGERS: Told[] = [
  { name: 'other', service: 'one', topic: 'opinion.collected', key: stableId('another'), by: null },
  { name: 'other-classified', service: 'two', topic: 'opinion.classified', key: 'story', by: 'other' },
  { name: 'other-case', service: 'three', topic: 'task.assigned', key: stableId('another case'), by: null },
];

describe('traceFrom', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await freshDatabase(1); // one connection, whose own statistics the last test reads
    for (const service of ['one', 'two', 'three']) for (const sql of serviceTables(service)) await db.database.query(sql);
    let second = 0;
    for (const { name, service, topic, key, by } of [...CHAIN, ...STRANGERS]) {
      const occurredAt = new Date(Date.UTC(2026, 10, 20, 2, 0, second++)).toISOString();
      const event = { id: stableId(name), type: topic, version: 1, occurredAt, causedBy: by && stableId(by), data: { name } };
      await new Store(db.database, service).change(async (tx) => tx.send({ topic, key, event }));
    }
    await db.database.query(`DELETE FROM one.outbox_unsent`);
  });
  afterAll(() => db.drop());

  it('follows an opinion over all services, in order of time, and nothing else', async () => {
    const events = await traceFrom(db.database, OPINION);
    expect(events.map((e) => e.event.data.name)).toEqual(CHAIN.map((c) => c.name));
    const parents = Object.fromEntries(events.map((e) => [e.event.data.name, e.parent]));
    expect(parents).toEqual({
      collected: null,
      classified: stableId('collected'),
      alert: stableId('classified'),
      notice: stableId('alert'),
      case: stableId('alert'),
      assigned: stableId('case'),
      acknowledged: stableId('assigned'),
      breached: stableId('case'),
    });
    expect(events.map((e) => e.isSent)).toEqual([true, false, false, false, false, false, false, false]);
    expect(events[0]!.occurredAt).toEqual(new Date('2026-11-20T02:00:00Z'));
  });

  it('starts from any event', async () => {
    const events = await traceFrom(db.database, stableId('case'));
    expect(events.map((e) => e.event.data.name)).toEqual(['case', 'assigned', 'acknowledged', 'breached']);
  });

  it('finds nothing for an id that nobody has', async () => expect(await traceFrom(db.database, stableId('nobody'))).toEqual([]));

  it('reads by the indexes, however long the journals are', async () => {
    const fill = `INSERT INTO three.outbox (event_id, topic, key, caused_by, occurred_at, payload)
      SELECT gen_random_uuid(), 'notice.requested', 'k' || n, gen_random_uuid(), now(), '{}' FROM generate_series(1, 50000) n`;
    await db.database.query(fill);
    await db.database.query(`ANALYZE three.outbox`);
    // What a transaction has read so far is told in it alone.
    const scans = await db.database.transaction(async (tx) => {
      expect(await traceFrom(tx, OPINION)).toHaveLength(CHAIN.length);
      const [row] = await tx.query<{ scans: number }>(
        `SELECT seq_tup_read::int AS scans FROM pg_stat_xact_user_tables WHERE relname = 'outbox' AND schemaname = 'three'`,
      );
      return row!.scans;
    });
    expect(scans).toBeLessThan(50_000);
  });
});
