import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTRACTS, PARTITIONS, TOPICS, type AnyEvent } from '@huiying/contracts';
import { parseByContract } from '@huiying/messaging';

const FOLDER = join(__dirname, 'golden');
const files = readdirSync(FOLDER).sort();

/**
 * Samples of every event as it was once published. They are never changed and never removed: logs and journals of running cities hold
 * such events, and today's reader must read them for ever. A new version gets a new file.
 */
describe('golden events', () => {
  const samples = files.flatMap((file) =>
    (JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as AnyEvent[]).map((event, n) => ({ file, n, event })),
  );

  it.each(samples)('$file sample $n is read by today’s reader, and nothing of it is lost', ({ file, event }) => {
    const record = { topic: event.type, partition: 0, position: 0, key: 'k', value: JSON.stringify(event), at: new Date(0) };
    expect(parseByContract(record)).toMatchObject(event);
    expect(`${event.type}.v${event.version}.json`).toBe(file);
  });

  it('exist for every version of every contract', () => {
    const published = Object.entries(CONTRACTS).flatMap(([topic, versions]) =>
      Object.keys(versions).map((version) => `${topic}.v${version}.json`),
    );
    expect(files).toEqual(published.sort());
  });

  it('are read when a later version of the writer adds fields', () => {
    for (const { event } of samples) {
      const later = { ...event, addedLater: 1, data: { ...(event.data as object), addedLater: { deep: true } } };
      const record = { topic: event.type, partition: 0, position: 0, key: 'k', value: JSON.stringify(later), at: new Date(0) };
      expect(parseByContract(record)).toMatchObject(event);
    }
  });
});

describe('topics', () => {
  it('have a partition count and a contract each, and nothing else has', () => {
    const topics: string[] = Object.values(TOPICS).sort();
    expect(new Set(topics).size).toBe(topics.length);
    expect(Object.keys(PARTITIONS).sort()).toEqual(topics);
    expect(Object.keys(CONTRACTS).sort()).toEqual(topics);
    for (const count of Object.values(PARTITIONS)) expect(Number.isInteger(count) && count >= 1).toBe(true);
  });
});
