import { Controller, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, Payload } from '@nestjs/microservices';
import { TOPICS, type TaskAcknowledgedV1 } from '@huiying/contracts';
import { MovableClock, stableId } from '@huiying/domain';
import { DatabaseAway, DeadLetters } from '@huiying/persistence';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { until } from '../../../../test/support/event-log/until.js';
import type { LogRecord } from '../event-log.js';
import { PostgresLog } from '../postgres-log/postgres-log.js';
import { EventLogServer } from './event-log.server.js';
import { Reads } from './reads.decorator.js';

const AT = '2026-11-20T02:00:00.000Z';
const QUIET = { log: () => undefined, warn: () => undefined, error: () => undefined };
const clock = new MovableClock(new Date(AT));

const event = (n: number): TaskAcknowledgedV1 => ({
  id: stableId('event', n),
  type: TOPICS.taskAcknowledged,
  version: 1,
  occurredAt: AT,
  causedBy: null,
  data: { taskId: stableId('t', n), caseId: stableId('c'), departmentId: 'water', acknowledgedAt: AT, acknowledgedBy: '周敏', late: false },
});

const seen: { events: TaskAcknowledgedV1[]; records: readonly LogRecord[] }[] = [];
let outages = 0;

@Controller()
class Handlers {
  @Reads(TOPICS.taskAcknowledged, 'first')
  async first(@Payload() events: TaskAcknowledgedV1[], @Ctx() records: readonly LogRecord[]): Promise<void> {
    seen.push({ events, records });
  }

  @Reads(TOPICS.taskAcknowledged, 'second')
  async second(events: TaskAcknowledgedV1[]): Promise<void> {
    if (events.some((e) => e.id === event(2).id)) throw new Error('第二条处理不了');
    if (outages++ === 0) throw new DatabaseAway(new Error('gone for a moment'));
  }
}

@Module({ controllers: [Handlers] })
class Reading {}

describe('EventLogServer', () => {
  let db: TestDatabase;
  let log: PostgresLog;
  let app: INestApplicationContext & { listen(): Promise<unknown> };

  beforeAll(async () => {
    db = await freshDatabase();
    log = new PostgresLog(db.database, clock, QUIET);
    const strategy = new EventLogServer(log, new DeadLetters(db.database), clock, QUIET);
    app = await NestFactory.createMicroservice(Reading, { strategy, logger: false });
    await app.listen();
  });
  afterAll(async () => {
    await app.close();
    await log.close();
    await db.drop();
  });

  it('hands batches to @Reads handlers, each reader on its own, and keeps an error as it was', async () => {
    await log.publish([1, 2, 3].map((n) => ({ topic: TOPICS.taskAcknowledged, key: 'one', value: JSON.stringify(event(n)) })));
    const [letter] = await until('a letter', async () => {
      const letters = await new DeadLetters(db.database).list();
      return letters.length > 0 && letters;
    });
    expect(letter).toMatchObject({ reader: 'second', attempts: 4, value: JSON.stringify(event(2)) });
    expect(letter!.reason).toContain('第二条处理不了');
    await until('the first reader had all', () => seen.flatMap((s) => s.events).length === 3);
    expect(seen.flatMap((s) => s.events)).toEqual([event(1), event(2), event(3)]);
    expect(seen[0]!.records[0]).toMatchObject({ topic: TOPICS.taskAcknowledged, position: 0 });
    await until('the second went on', async () =>
      (await log.positions('second', [TOPICS.taskAcknowledged])).every((p) => p.next === p.head),
    );
    expect(await new DeadLetters(db.database).list()).toHaveLength(1);
  });

  it('refuses two handlers that would share one inbox, and handlers declared without @Reads', () => {
    const server = new EventLogServer(log, new DeadLetters(db.database), clock, QUIET);
    const add = (): void => server.addHandler('t', async () => undefined as never, true, { reader: 'r', batchSize: 1, parallel: 1 });
    add();
    expect(add).toThrow('reader r has two handlers');
    expect(() => server.addHandler('t', async () => undefined as never, true)).toThrow('@Reads');
  });
});
