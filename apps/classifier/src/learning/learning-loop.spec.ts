import { resolve } from 'node:path';
import type { JudgementCorrectedV1, LearningAskedV1, ModelReportedV1 } from '@huiying/contracts';
import { MovableClock, stableId } from '@huiying/domain';
import { Database, Models } from '@huiying/persistence';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { until } from '../../../../test/support/event-log/until.js';
import { readJudgingConfig } from '../judging/index.js';
import { CurrentModel } from './current-model.js';
import { LearningConsumer } from './learning.consumer.js';
import { LearningLoop, Teacher } from './learning-loop.js';
import { teach } from './teach.js';

const lexicon = readJudgingConfig(resolve(__dirname, '../../../../config'));
const AT = new Date('2026-11-26T08:00:00.000Z');
const [water, noise] = [lexicon.topics[0]!.code, lexicon.topics[1]!.code];

/** Learns here, not in a thread: the thread needs the built program. */
class HereTeacher extends Teacher {
  teach(texts: Parameters<Teacher['teach']>[0], learnedAt: Date) {
    return Promise.resolve().then(() => teach(texts, lexicon, learnedAt));
  }
}

const asked = (n: number, data: Partial<LearningAskedV1['data']>): LearningAskedV1 => ({
  id: stableId('asked', String(n)),
  type: 'learning.asked',
  version: 1,
  occurredAt: new Date(AT.getTime() + n * 1000).toISOString(),
  causedBy: null,
  data: { wish: 'learn', model: null, by: '管理员', ...data },
});
const corrected = (n: number, now: string, text: string): JudgementCorrectedV1 => ({
  id: stableId('corrected', String(n)),
  type: 'judgement.corrected',
  version: 1,
  occurredAt: AT.toISOString(),
  causedBy: null,
  data: { opinionId: stableId('opinion', String(n)), title: '', text, aspect: 'topic', was: null, now, judgedBy: 'x', by: '周敏' },
});

describe('learning in the running city', () => {
  let db: TestDatabase;
  let database: Database;
  let current: CurrentModel;
  let loop: LearningLoop;
  let consumer: LearningConsumer;
  const reports = async (): Promise<ModelReportedV1['data'][]> => {
    const rows = await database.query<{ payload: string }>(
      `SELECT payload FROM classifier.outbox WHERE topic = 'model.reported' ORDER BY position`,
    );
    return rows.map(({ payload }) => (JSON.parse(payload) as ModelReportedV1).data);
  };

  beforeAll(async () => {
    db = await freshDatabase();
    database = await Database.open({ url: db.url, pool: 4, name: 'learning spec' });
    current = new CurrentModel(database);
    loop = new LearningLoop(database, new MovableClock(AT), lexicon, new HereTeacher());
    consumer = new LearningConsumer(database);
    await current.onModuleInit();
    await loop.onModuleInit();
  });
  afterAll(async () => {
    await loop.onModuleDestroy();
    await current.onModuleDestroy();
    await database.close();
    await db.drop();
  });

  it('says why nothing was learned of nothing, and goes on judging by the lexicon', async () => {
    await consumer.asked([asked(1, {})]);
    await until('it is reported', async () => (await reports()).length === 1);
    expect((await reports())[0]).toMatchObject({ state: 'failed', said: expect.stringContaining('太少') });
    expect(current.learned).toBeUndefined();
  });

  it('learns from what officers said, once for an event that comes twice, and every process takes it up', async () => {
    const lines = Array.from({ length: 8 }, (_, i) => [
      corrected(i, water, `第${i}栋楼又没水了，龙头里一滴也没有`),
      corrected(100 + i, noise, `第${i}栋楼下工地夜里搅拌机吵得睡不着`),
    ]).flat();
    await consumer.corrected(lines);
    await consumer.asked([asked(2, {}), asked(2, {})]);
    await until('the model is taken up', () => current.learned !== undefined);
    const told = (await reports()).slice(1);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ state: 'learned', rows: 16, corrections: 16, by: '管理员' });
    expect(current.learned!.version).toBe(told[0]!.model);
    expect(current.learned!.tasks.topic!.model.labels).toEqual([water, noise].sort());
  });

  it('goes back to the lexicon and forth again without a restart', async () => {
    const [{ model } = { model: '' }] = await new Models(database).all();
    await consumer.asked([asked(3, { wish: 'use', model: null })]);
    await until('the model is taken up', () => current.learned === undefined);
    await consumer.asked([asked(4, { wish: 'use', model })]);
    await until('the model is taken up', () => current.learned?.version === model);
    await consumer.asked([asked(5, { wish: 'use', model: 'm-none' })]);
    expect((await reports()).map(({ state }) => state)).toEqual(['failed', 'learned', 'used', 'used', 'failed']);
  });

  it('begins again what a killed process left, and only that', async () => {
    await new Models(database).ask(stableId('left'), AT, '管理员');
    const models = new Models(database);
    await loop.look();
    const begun = await models.beginNext(AT);
    expect(begun).toBeNull();
    await database.query(`INSERT INTO classifier.learning (event_id, asked_at, asked_by, begun_at) VALUES ($1, $2, 'x', $2)`, [
      stableId('killed'),
      AT,
    ]);
    expect(await models.beginNext(new Date(AT.getTime() + 60_000))).toBeNull();
    expect(await models.beginNext(new Date(AT.getTime() + 31 * 60_000))).toEqual({ eventId: stableId('killed'), by: 'x' });
  });
});
