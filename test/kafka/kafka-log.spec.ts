import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ConfigResourceTypes, Kafka, logLevel } from 'kafkajs';
import { MovableClock } from '@huiying/domain';
import { partitionOf, type LogRecord, type LogVoice, type Reading } from '@huiying/messaging';
import { KafkaLog } from '@huiying/messaging/kafka';
import { didNotRun, isOurBroker, kafkaAvailability, startKafkaBroker, type KafkaBroker } from '../support/kafka-broker.js';

const kafka = kafkaAvailability();
if (!kafka.available) console.warn(didNotRun('The Kafka adapter', kafka.reason));
const START = new Date('2026-03-02T08:00:00+08:00');
const TOPIC = 'opinion.collected';

/** What one reading was handed, and a way to wait for so many different records of it. */
class Seen {
  readonly records: LogRecord[] = [];
  readonly values = new Set<string>();
  private waiters: { count: number; done: () => void }[] = [];

  take(records: readonly LogRecord[]): void {
    this.records.push(...records);
    for (const { value } of records) this.values.add(value);
    const ripe = this.waiters.filter(({ count }) => this.values.size >= count);
    this.waiters = this.waiters.filter((waiter) => !ripe.includes(waiter));
    for (const { done } of ripe) done();
  }

  async until(count: number): Promise<void> {
    if (this.values.size >= count) return;
    await new Promise<void>((done) => this.waiters.push({ count, done }));
  }
}

(kafka.available ? describe : describe.skip)('the Kafka adapter', () => {
  let broker: KafkaBroker;
  let clock: MovableClock;
  let log: KafkaLog;
  let said: string[];
  let city = 0;
  const open: KafkaLog[] = [];
  const children: ChildProcess[] = [];
  /** End what a test started and would go on for ever after a failure, be it one of time. */
  const ends: (() => void)[] = [];

  beforeAll(async () => void (broker = await startKafkaBroker()));
  afterAll(() => broker.stop());

  beforeEach(async () => {
    city++;
    said = [];
    clock = new MovableClock(START);
    log = await connect();
    await log.ensureTopics({ [TOPIC]: 4, 'alert.raised': 2 });
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) end();
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await Promise.all(open.splice(0).map((one) => one.close()));
  });

  const prefix = (): string => `city${process.pid}-${city}.`;

  async function connect(): Promise<KafkaLog> {
    const note = (line: string): void => void said.push(line);
    const voice: LogVoice = { log: note, warn: note, error: note };
    const one = await KafkaLog.connect({ brokers: broker.brokers.split(','), prefix: prefix(), sessionTimeoutMs: 6_000, clock, voice });
    open.push(one);
    return one;
  }

  async function another(): Promise<KafkaLog> {
    const one = await connect();
    await one.ensureTopics({ [TOPIC]: 4, 'alert.raised': 2 });
    return one;
  }

  const records = (from: number, to: number, topic = TOPIC) =>
    Array.from({ length: to - from }, (_, i) => ({ topic, key: `k${(from + i) % 20}`, value: String(from + i) }));

  const reading = (seen: Seen, over: Partial<Reading> = {}): Reading => ({
    reader: 'classifier',
    topics: [TOPIC],
    batchSize: 10,
    parallel: 2,
    handle: (handed) => Promise.resolve(seen.take(handed)),
    ...over,
  });

  /** Of a value that a retried request appended twice, the first counts: publishing is at least once. */
  function expectOrderPerKey(seen: Seen): void {
    const last = new Map<string, number>();
    const firsts = seen.records.filter((r, i) => seen.records.findIndex((other) => other.value === r.value) === i);
    for (const { key, value } of firsts) {
      expect(Number(value)).toBeGreaterThan(last.get(key) ?? -1);
      last.set(key, Number(value));
    }
  }

  it('makes its topics once, though two processes start together, and refuses another count', async () => {
    const other = await connect();
    await Promise.all([log, other].map((one) => one.ensureTopics({ 'case.opened': 4, [TOPIC]: 4 })));
    await expect(other.ensureTopics({ [TOPIC]: 8 })).rejects.toThrow('topic opinion.collected has 4 partitions in the log, 8 in the code');
  });

  const ours = kafka.available && isOurBroker() ? it : it.skip;

  ours('warns of a broker that keeps events for less than the law asks', async () => {
    const admin = new Kafka({ brokers: [broker.brokers], logLevel: logLevel.NOTHING }).admin();
    const keep = (ms: number): Promise<void> =>
      admin.alterConfigs({
        validateOnly: false,
        resources: [{ type: ConfigResourceTypes.BROKER, name: '1', configEntries: [{ name: 'log.retention.ms', value: String(ms) }] }],
      });
    await admin.connect();
    await keep(7 * 86_400_000);
    await log.ensureTopics({ 'task.assigned': 1 });
    expect(said).toEqual([expect.stringContaining('for 7 days only')]);
    await keep(-1);
    await log.ensureTopics({ 'task.assigned': 1, 'notice.requested': 1 });
    expect(said).toHaveLength(1);
    await admin.disconnect();
  });

  it('refuses at once to publish to or read a topic it was not told of', async () => {
    await expect(log.publish([{ topic: 'nobody.knows', key: 'k', value: 'v' }])).rejects.toThrow('ensureTopics');
    await expect(log.read(reading(new Seen(), { topics: ['nobody.knows'] }))).rejects.toThrow('ensureTopics');
  });

  it('hands over what was published: our topic, the port’s partition, positions from 0, the time of our clock', async () => {
    clock.advance({ days: 400 }); // a drill ahead of the broker's own clock
    await log.publish([
      { topic: TOPIC, key: '望川', value: '水管爆裂' },
      { topic: TOPIC, key: '望川', value: '已抢修' },
    ]);
    const seen = new Seen();
    await log.read(reading(seen));
    await seen.until(2);
    const common = { topic: TOPIC, key: '望川', partition: partitionOf('望川', 4), at: clock.now() };
    expect(seen.records).toEqual([
      { ...common, position: 0, value: '水管爆裂' },
      { ...common, position: 1, value: '已抢修' },
    ]);
  });

  it('keeps the order of a key over many requests, and handles no more batches at a time than it may', async () => {
    const big = Array.from({ length: 60 }, (_, i) => ({ topic: TOPIC, key: 'one', value: String(i).padEnd(100_000) })); // 6 MB for one partition
    await log.publish([...big, ...records(1000, 1400)]);
    const seen = new Seen();
    let now = 0;
    let most = 0;
    const handle: Reading['handle'] = async (handed) => {
      expect(handed.length).toBeLessThanOrEqual(10);
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now--;
      seen.take(handed);
    };
    await log.read(reading(seen, { handle }));
    await seen.until(460);
    expectOrderPerKey(seen);
    expect(most).toBe(2);
  });

  it('reads several topics of one reading within one bound', async () => {
    await log.publish([...records(0, 100), ...records(100, 200, 'alert.raised')]);
    const seen = new Seen();
    let now = 0;
    const handle: Reading['handle'] = async (handed) => {
      expect(++now).toBe(1);
      await new Promise(setImmediate);
      now--;
      seen.take(handed);
    };
    await log.read(reading(seen, { topics: [TOPIC, 'alert.raised'], parallel: 1, handle }));
    await seen.until(200);
  });

  it('goes on where it stopped, and tells how far behind it is', async () => {
    await log.publish(records(0, 100));
    const first = new Seen();
    const running = await log.read(reading(first));
    await first.until(100);
    await running.stop();
    await log.publish(records(100, 130));
    const positions = await log.positions('classifier', [TOPIC]);
    expect(positions.map((p) => p.partition)).toEqual([0, 1, 2, 3]);
    expect(positions.reduce((lag, p) => lag + p.head - p.next, 0)).toBe(30);
    const second = new Seen();
    await log.read(reading(second));
    await second.until(30);
    expect(second.records.map((r) => Number(r.value)).sort((a, b) => a - b)[0]).toBe(100);
  });

  it('hands the same records again after a throw, while the other partitions go on', async () => {
    await log.publish(records(0, 200));
    const seen = new Seen();
    const sick = partitionOf('k0', 4);
    const refused: string[][] = [];
    const healthy = records(0, 200).filter((r) => partitionOf(r.key, 4) !== sick).length;
    const handle: Reading['handle'] = async (handed) => {
      if (handed[0]!.partition === sick && refused.length < 2) {
        refused.push(handed.map((r) => r.value));
        // Holds its partition until the others are done: were they to wait for it, nothing would ever end.
        if (refused.length === 2) await seen.until(healthy);
        throw new Error('not now');
      }
      seen.take(handed);
    };
    await log.read(reading(seen, { handle }));
    await seen.until(200);
    expect(refused[1]).toEqual(refused[0]);
    expect(seen.values.size).toBe(200);
    expect(new Set(seen.records.map((r) => `${r.partition}@${r.position}`)).size).toBe(seen.records.length);
    expectOrderPerKey(seen);
    expect(said.join('\n')).toMatch(/rests 1000 ms.*not now/);
  });

  it('keeps its partitions while a handler works longer than the session', async () => {
    await log.publish(records(0, 5).map((r) => ({ ...r, key: 'one' })));
    const seen = new Seen();
    const slow: Reading['handle'] = async (handed) => {
      await pause(9_000); // what is tested is time itself: the session is 6 s
      seen.take(handed);
    };
    await log.read(reading(seen, { handle: slow }));
    await (await another()).read(reading(seen, { handle: slow }));
    await seen.until(5);
    const positions = await log.positions('classifier', [TOPIC]);
    expect(seen.records).toHaveLength(5);
    expect(positions.find((p) => p.partition === partitionOf('one', 4))).toMatchObject({ next: 5, head: 5 });
  }, 180_000);

  describe('rewind', () => {
    async function readAll(count: number): Promise<Seen> {
      const seen = new Seen();
      const running = await log.read(reading(seen));
      await seen.until(count);
      await running.stop();
      return seen;
    }

    it('goes to the first record at or after an instant', async () => {
      await log.publish(records(0, 40));
      clock.advance({ minutes: 5 });
      const noon = clock.now();
      await log.publish(records(40, 60));
      await readAll(60);
      await expect(log.rewind('classifier', TOPIC, { at: noon })).resolves.toBe(4);
      const again = await readAll(20);
      expect([...again.values].map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => 40 + i));
    });

    it('goes to a position of one partition, never beyond what the log holds', async () => {
      await log.publish(records(0, 40));
      await readAll(40);
      const partition = partitionOf('k3', 4);
      await expect(log.rewind('classifier', TOPIC, { partition, position: 1 })).resolves.toBe(1);
      const before = await log.positions('classifier', [TOPIC]);
      expect(before.filter((p) => p.next !== p.head).map((p) => [p.partition, p.next])).toEqual([[partition, 1]]);
      await log.rewind('classifier', TOPIC, { partition, position: 1_000_000 });
      const after = await log.positions('classifier', [TOPIC]);
      expect(after.every((p) => p.next === p.head)).toBe(true);
      await expect(log.rewind('classifier', TOPIC, { partition: 99, position: 0 })).resolves.toBe(0);
    });

    it('refuses in one sentence while the reader runs, and leaves its other topics out of it', async () => {
      await log.publish([...records(0, 10), ...records(10, 20, 'alert.raised')]);
      const seen = new Seen();
      const alerts = await log.read(reading(seen, { topics: ['alert.raised'] }));
      await log.read(reading(seen));
      await seen.until(20);
      await expect(log.rewind('classifier', TOPIC, { at: START })).rejects.toThrow('classifier is reading opinion.collected: on Kafka');
      await alerts.stop();
      await expect(log.rewind('classifier', 'alert.raised', { at: START })).resolves.toBe(2);
    });

    it('moves nothing for a reader that never read', async () => {
      await expect(log.rewind('nobody', TOPIC, { at: START })).resolves.toBe(0);
    });
  });

  describe('with another process in the group', () => {
    async function member(seen: Seen): Promise<ChildProcess> {
      const file = resolve(__dirname, 'member.ts');
      const child = fork(file, [broker.brokers, prefix(), 'classifier', TOPIC, '4'], {
        execArgv: ['-r', resolve(__dirname, '../support/typescript.cjs')],
      });
      children.push(child);
      let reading = (): void => undefined;
      const started = new Promise<void>((done) => (reading = done));
      child.on('message', (message: { handed?: string[]; reading?: true }) => {
        if (message.reading) reading();
        const told = message.handed?.map((value) => ({ topic: TOPIC, partition: -1, position: -1, key: '', value, at: START }));
        if (told) seen.take(told);
      });
      await started;
      return child;
    }

    it('shares the partitions, and takes over those of one that is killed', async () => {
      const mine = new Seen();
      const theirs = new Seen();
      const child = await member(theirs);
      await log.publish(records(0, 100));
      await theirs.until(100);
      await log.read(reading(mine));
      const both = async (from: number): Promise<void> => {
        // Until both have seen something new: the group has settled when both are handed records of one round.
        for (let n = from; mine.records.length === 0 || theirs.values.size === 100; n += 100)
          await log.publish(records(n, n + 100)).then(() => pause(100));
      };
      await both(1000);
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      await log.publish(records(900_000, 900_200));
      const late = async (): Promise<number> => [...mine.values].filter((v) => Number(v) >= 900_000).length;
      while ((await late()) < 200) await pause(100);
      expect(said.filter((line) => line.endsWith('partitions 0 1 2 3'))).toHaveLength(1);
      const positions = await log.positions('classifier', [TOPIC]);
      const total = positions.reduce((sum, p) => sum + p.head, 0);
      expect(new Set([...mine.values, ...theirs.values]).size).toBe(total);
    }, 180_000);
  });

  describe('when the broker goes away', () => {
    ours.each([
      ['in good order', (b: KafkaBroker) => b.restart()],
      ['by kill -9', async (b: KafkaBroker) => b.kill().then(() => b.restart())],
    ] as const)(
      '%s, publishing and reading go on and nothing is lost',
      async (_, takeAway) => {
        const seen = new Seen();
        await log.read(reading(seen));
        let stop = false;
        let over = false;
        ends.push(() => (over = true));
        let published = 0;
        const producing = (async () => {
          for (let from = 0; !stop && !over; from += 50) {
            const batch = records(from, from + 50);
            // As the relay does: what was not acknowledged is sent again.
            for (let sent = false; !sent && !over;)
              sent = await log.publish(batch).then(
                () => true,
                () => pause(200).then(() => false),
              );
            published = from + 50;
            await seen.until(published - 500); // no further ahead than that, or the test measures the backlog
          }
        })();
        await seen.until(200);
        await takeAway(broker);
        const there = published;
        await seen.until(there + 500);
        stop = true;
        await producing;
        await seen.until(published);
        expect(seen.values.size).toBe(published);
        await expect(log.trouble()).resolves.toBeNull();
      },
      90_000,
    );

    ours(
      'says so in one sentence, to a health page at once and to a start',
      async () => {
        await broker.kill();
        const asked = performance.now();
        await expect(log.trouble()).resolves.toMatch(/^Kafka at 127\.0\.0\.1:\d+ does not answer: /);
        expect(performance.now() - asked).toBeLessThan(4_000);
        await expect(connect()).rejects.toThrow(/^Kafka at 127\.0\.0\.1:\d+ cannot be reached: /);
        await broker.restart();
        await expect(log.trouble()).resolves.toBeNull();
      },
      60_000,
    );
  });
});
