import type { LogRecord } from '../event-log.js';
import { Turns } from './turns.js';

const record = (partition: number, position: number): LogRecord => ({
  topic: 'opinion.collected',
  partition,
  position,
  key: `key-${partition}`,
  value: '{}',
  at: new Date('2026-11-24T08:00:00Z'),
});
const piece = (partition: number, count: number): LogRecord[] => Array.from({ length: count }, (_, n) => record(partition, n));
const noBeat = (): Promise<void> => Promise.resolve();
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A handler that answers when told to, and what it was handed. */
function handler() {
  const calls: { sizes: string; end: (error?: Error) => void; beat: () => Promise<void> }[] = [];
  const handle = (records: readonly LogRecord[], beat: () => Promise<void>): Promise<void> =>
    new Promise((resolve, reject) => {
      const counts = new Map<number, number>();
      for (const { partition } of records) counts.set(partition, (counts.get(partition) ?? 0) + 1);
      const sizes = [...counts].map(([partition, count]) => `${partition}×${count}`).join(' ');
      calls.push({ sizes, beat, end: (error) => (error ? reject(error) : resolve()) });
    });
  return { calls, handle };
}

describe('Turns', () => {
  it('lets only so many calls run, and gives the waiting ones a turn in order', async () => {
    const { calls, handle } = handler();
    const turns = new Turns({ handle, parallel: 2, batchSize: 100 });
    const all = [1, 2, 3, 4].map((partition) => turns.handle(piece(partition, 10), noBeat));
    expect(calls.map((call) => call.sizes)).toEqual(['1×10', '2×10']);
    calls[0]!.end();
    await settle();
    expect(calls.map((call) => call.sizes)).toEqual(['1×10', '2×10', '3×10']);
    for (let n = 1; n < 4; n++) {
      calls[n]!.end();
      await settle();
    }
    await Promise.all(all);
  });

  it('hands what waits over together where records of several partitions may mix, up to a batch', async () => {
    const { calls, handle } = handler();
    const turns = new Turns({ handle, parallel: 1, batchSize: 25, mixed: true });
    const all = [1, 2, 3, 4].map((partition) => turns.handle(piece(partition, 10), noBeat));
    calls[0]!.end();
    await settle();
    calls[1]!.end();
    await settle();
    calls[2]!.end();
    await Promise.all(all);
    expect(calls.map((call) => call.sizes)).toEqual(['1×10', '2×10 3×10', '4×10']);
  });

  it('fails every piece of a call that failed, and goes on with the next', async () => {
    const { calls, handle } = handler();
    const turns = new Turns({ handle, parallel: 1, batchSize: 25, mixed: true });
    const first = turns.handle(piece(1, 1), noBeat);
    const [second, third] = [turns.handle(piece(2, 10), noBeat), turns.handle(piece(3, 10), noBeat)];
    const fourth = turns.handle(piece(4, 10), noBeat);
    calls[0]!.end();
    await first;
    calls[1]!.end(new Error('the database is away'));
    await expect(second).rejects.toThrow('the database is away');
    await expect(third).rejects.toThrow('the database is away');
    calls[2]!.end();
    await expect(fourth).resolves.toBeUndefined();
  });

  it('beats for every piece of a call', async () => {
    const { calls, handle } = handler();
    const turns = new Turns({ handle, parallel: 1, batchSize: 25, mixed: true });
    const beaten: number[] = [];
    const all = [1, 2, 3].map((partition) => turns.handle(piece(partition, 5), async () => void beaten.push(partition)));
    calls[0]!.end();
    await settle();
    await calls[1]!.beat();
    expect(beaten).toEqual([2, 3]);
    calls[1]!.end();
    await Promise.all(all);
  });
});
