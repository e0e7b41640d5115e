import { randomUUID } from 'node:crypto';
import type { MovableClock } from '@huiying/domain';
import type { Database } from '@huiying/persistence';
import { classified, freshCity, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { AlertRaiser } from './index.js';

describe('tellSurges', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    ({ city, clock, database, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false }));
  });
  afterAll(async () => {
    await city.stop();
    await drop();
  });

  it('tells of a surge once in a week, and of a quiet story never', async () => {
    const raiser = city.app.get(AlertRaiser, { strict: false });
    const told = async (storyId: string) =>
      (
        await database.query<{ payload: string }>(
          `SELECT payload FROM workflow.outbox WHERE topic = 'notice.requested' AND payload LIKE '%【突增】%' AND payload LIKE '%' || $1 || '%'`,
          [storyId],
        )
      ).length;
    const [loud, quiet] = [randomUUID(), randomUUID()];
    const say = (storyId: string, times: number) =>
      raiser.take(Array.from({ length: times }, () => classified(clock, { storyId, level: 'IV' })));
    await say(quiet, 4);
    await say(loud, 6);
    const once = await told(loud);
    expect(once).toBeGreaterThan(0);
    expect(await told(quiet)).toBe(0);
    await say(loud, 12);
    clock.advance({ days: 6 });
    await say(loud, 12);
    expect(await told(loud)).toBe(once);
    clock.advance({ days: 2 });
    await say(loud, 2);
    expect(await told(loud)).toBe(once);
    await say(loud, 12);
    expect(await told(loud)).toBe(once * 2);
  });
});
