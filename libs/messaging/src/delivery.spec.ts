import { TOPICS } from '@huiying/contracts';
import { MovableClock, stableId } from '@huiying/domain';
import { DatabaseAway, type DeadLetter } from '@huiying/persistence';
import { BadEvent, Delivery, isOutage, Outage, parseByContract } from './delivery.js';
import type { LogRecord } from './event-log.js';

const AT = '2026-11-20T02:00:00.000Z';
const good = {
  id: stableId('event'),
  type: TOPICS.taskAcknowledged,
  version: 1,
  occurredAt: AT,
  causedBy: null,
  data: { taskId: stableId('t'), caseId: stableId('c'), departmentId: 'water', acknowledgedAt: AT, acknowledgedBy: '周敏', late: false },
};
const record = (value: unknown, position = 0): LogRecord => ({
  topic: TOPICS.taskAcknowledged,
  partition: 0,
  position,
  key: 'k',
  value: typeof value === 'string' ? value : JSON.stringify(value),
  at: new Date(AT),
});
const still = async (): Promise<void> => undefined;

describe('parseByContract', () => {
  it('reads an event, and ignores what it does not know', () => {
    expect(parseByContract(record({ ...good, extra: 1, data: { ...good.data, since: 'v9' } }))).toEqual(good);
  });

  it.each([
    ['no JSON', '{"a":', 'not JSON'],
    ['nothing at all', '', 'not JSON'],
    ['null', 'null', 'type undefined'],
    ['a number', '7', 'type undefined'],
    ['a text', '"x"', 'type undefined'],
    ['an event of another topic', { ...good, type: TOPICS.alertRaised }, 'alert.raised in the topic task.acknowledged'],
    ['a version that nobody reads', { ...good, version: 2 }, 'version 2'],
    ['a version that is a word', { ...good, version: 'constructor' }, 'version constructor'],
    ['an id that is no uuid', { ...good, id: '1' }, 'task.acknowledged v1'],
    ['data that is not of the contract', { ...good, data: { ...good.data, late: 'no' } }, 'late'],
  ])('refuses %s', (_, value, words) => {
    expect(() => parseByContract(record(value))).toThrow(BadEvent);
    expect(() => parseByContract(record(value))).toThrow(words);
  });
});

describe('isOutage', () => {
  const coded = (code: string): Error => Object.assign(new Error('x'), { code });
  it.each<[string, unknown, boolean]>([
    ['the database is away', new DatabaseAway(new Error('x')), true],
    ['what the handler calls an outage', new Outage('no mail server'), true],
    ['an outage inside another error', new Error('outer', { cause: new DatabaseAway(new Error('x')) }), true],
    ['a deadlock', coded('40P01'), true],
    ['a lost race', coded('40001'), true],
    ['a full disk', coded('53100'), true],
    ['a server that ends', coded('57P01'), true],
    ['a statement that took too long: maybe this event is too big', coded('57014'), false],
    ['a key that is there already', coded('23505'), false],
    ['a value that is too long', coded('22001'), false],
    ['a refused connection of the handler itself', coded('ECONNREFUSED'), false],
    ['any other error', new TypeError('x is undefined'), false],
    ['no error at all', 'words', false],
  ])('%s', (_, error, expected) => expect(isOutage(error)).toBe(expected));
});

describe('Delivery', () => {
  const setUp = (handle: (ids: string[]) => Promise<void>, bury: () => Promise<void> = still) => {
    const letters: Omit<DeadLetter, 'id' | 'resentAt'>[] = [];
    const add = async (letter: (typeof letters)[number]): Promise<void> => {
      await bury();
      letters.push(letter);
    };
    const voice = { log: () => undefined, warn: () => undefined, error: () => undefined };
    const clock = new MovableClock(new Date(AT));
    const delivery = new Delivery({
      reader: 'r',
      clock,
      voice,
      deadLetters: { add },
      firstWaitMs: 1,
      handle: (events) => handle(events.map((e) => e.id)),
    });
    return { delivery, letters };
  };
  const event = (n: number) => ({ ...good, id: stableId('event', n) });

  it('hands a good batch over once', async () => {
    const seen: string[][] = [];
    const { delivery, letters } = setUp(async (ids) => void seen.push(ids));
    await delivery.deliver([record(event(1), 0), record(event(2), 1)], still);
    expect(seen).toEqual([[event(1).id, event(2).id]]);
    expect(letters).toEqual([]);
  });

  it('buries a bad event at once and does not call the handler for nothing', async () => {
    let calls = 0;
    const { delivery, letters } = setUp(async () => void calls++);
    await delivery.deliver([record('x', 4)], still);
    expect(calls).toBe(0);
    expect(letters).toMatchObject([
      { reader: 'r', topic: TOPICS.taskAcknowledged, position: 4, value: 'x', attempts: 1, at: new Date(AT) },
    ]);
  });

  it('waits for the dead letters too when the database is away', async () => {
    let tries = 0;
    const { delivery, letters } = setUp(still, async () => {
      if (++tries < 3) throw new DatabaseAway(new Error('gone'));
    });
    await delivery.deliver([record('x')], still);
    expect(letters).toHaveLength(1);
    expect(tries).toBe(3);
  });

  it('tries without end while what fails is the world', async () => {
    let tries = 0;
    const { delivery, letters } = setUp(async () => {
      if (++tries < 8) throw new Outage('mail server away');
    });
    await delivery.deliver([record(event(1))], still);
    expect(tries).toBe(8);
    expect(letters).toEqual([]);
  });

  it('throws a batch back when it is stopped between two tries, and buries nothing', async () => {
    const { delivery, letters } = setUp(() => Promise.reject(new Error('broken')));
    const all = Promise.allSettled([
      delivery.deliver([record(event(1))], async () => delivery.stop()),
      delivery.deliver([record(event(2))], still),
    ]);
    expect((await all).map((r) => r.status)).toEqual(['rejected', 'rejected']);
    expect(letters).toEqual([]);
  });

  it('gives up its wait when the partition has gone to somebody else', async () => {
    const { delivery, letters } = setUp(() => Promise.reject(new Outage('away')));
    const lost = (): Promise<void> => Promise.reject(new Error('claim lost'));
    await expect(delivery.deliver([record(event(1))], lost)).rejects.toThrow('claim lost');
    expect(letters).toEqual([]);
  });
});
