import { randomUUID } from 'node:crypto';
import type { JudgementCorrectedV1, LearningAskedV1, ModelReportedV1 } from '@huiying/contracts';
import type { AlertView, Page, QualityView, ReviewView } from '@huiying/contracts/http';
import type { Database } from '@huiying/persistence';
import { classified, freshCity, type LoggedIn, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { AlertRaiser } from '../alerting/index.js';
import { ModelConsumer } from './model.consumer.js';

describe('reviews of judgements', () => {
  let city: WorkflowCity;
  let database: Database;
  let drop: () => Promise<void>;
  let officer: LoggedIn;
  let admin: LoggedIn;
  const opinionId = randomUUID();

  beforeAll(async () => {
    let clock;
    ({ city, clock, database, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false }));
    [officer, admin] = [await city.logIn('luwenjing'), await city.logIn('linkaiwen')];
    await city.app.get(AlertRaiser, { strict: false }).take([classified(clock, { opinionId, lead: 'emergency' })]);
  });
  afterAll(async () => {
    await city.stop();
    await drop();
  });

  const sent = async <T>(topic: string): Promise<T[]> => {
    const rows = await database.query<{ payload: string }>(`SELECT payload FROM workflow.outbox WHERE topic = $1 ORDER BY position`, [
      topic,
    ]);
    return rows.map(({ payload }) => JSON.parse(payload) as T);
  };
  const review = (body: object, who = officer) => who.post(`/api/opinions/${opinionId}/reviews`, body);
  const quality = async (who = officer) => (await who.get<QualityView>('/api/judging-quality')).body;

  it('keep what is right beside what was said, in words, and tell the classifier with the text', async () => {
    expect((await review({ aspect: 'department', value: 'ecology', reason: '异味归环保' })).status).toBe(204);
    const [kept] = (await officer.get<ReviewView[]>(`/api/opinions/${opinionId}/reviews`)).body;
    expect(kept).toMatchObject({ aspect: 'department', was: 'emergency', now: 'ecology', reason: '异味归环保' });
    expect(kept!.nowName).toMatch(/生态环境/);
    const [told] = await sent<JudgementCorrectedV1>('judgement.corrected');
    expect(told!.data).toMatchObject({
      opinionId,
      aspect: 'department',
      was: 'emergency',
      now: 'ecology',
      text: expect.stringContaining('黄烟'),
    });
  });

  it.each([
    [{ aspect: 'department', value: 'no-such-body' }, 400],
    [{ aspect: 'severity', value: 'V' }, 400],
    [{ aspect: 'weather', value: 'yes' }, 400],
    [{ aspect: 'jurisdiction', value: 'unsure' }, 400],
    [{ aspect: 'sentiment', value: 'bad' }, 400],
    [{ aspect: 'disposition', value: 'toString' }, 400],
    [{ aspect: 'co-departments', value: 'housing,ecology' }, 400],
    [{ aspect: 'co-departments', value: 'ecology,ecology' }, 400],
    [{ aspect: 'co-departments', value: 'ecology,no-such-body' }, 400],
  ])('refuse %j', async (body, status) => expect((await review(body)).status).toBe(status));

  it.each([
    ['jurisdiction', 'not-ours', '不是本市的事'],
    ['co-departments', 'ecology,housing', '市生态环境局、市住建局'],
    ['co-departments', 'none', '无协办'],
    ['sentiment', 'negative', '负面'],
    ['disposition', 'unclear', '模糊认识'],
  ])('say of %s that it is %s, in words %s', async (aspect, value, word) => {
    expect((await review({ aspect, value })).status).toBe(204);
    const kept = (await officer.get<ReviewView[]>(`/api/opinions/${opinionId}/reviews`)).body.find((one) => one.aspect === aspect)!;
    expect([kept.now, kept.nowName]).toEqual([value, word]);
  });

  it('are for those at the desk, of opinions that exist', async () => {
    expect((await review({ aspect: 'rumour', value: 'no' }, admin)).status).toBe(403);
    expect((await officer.post(`/api/opinions/${randomUUID()}/reviews`, { aspect: 'rumour', value: 'no' })).status).toBe(404);
  });

  it('come of themselves from 误报', async () => {
    const [alert] = (await officer.get<Page<AlertView>>('/api/alerts')).body.items;
    expect((await officer.post(`/api/alerts/${alert!.id}/false-alarm`, { reason: '演练' })).status).toBe(204);
    const last = (await sent<JudgementCorrectedV1>('judgement.corrected')).at(-1)!;
    expect(last.data).toMatchObject({ aspect: 'public-opinion', was: 'yes', now: 'no' });
  });

  it('count as right or not by week, and confuse departments on the page', async () => {
    await review({ aspect: 'topic', value: '0601' });
    const { weeks, confusion } = await quality();
    expect(weeks).toContainEqual({ week: '2026-11-16', aspect: 'department', reviewed: 1, correct: 0 });
    expect(weeks.find(({ aspect }) => aspect === 'public-opinion')).toMatchObject({ reviewed: 1, correct: 0 });
    expect(confusion.department).toEqual([expect.objectContaining({ count: 1, isRight: false })]);
  });

  it('are learned from when an administrator asks, one learning at a time', async () => {
    expect((await officer.post('/api/judging-quality/learning')).status).toBe(403);
    expect((await admin.post('/api/judging-quality/learning')).status).toBe(202);
    expect(await admin.post('/api/judging-quality/learning')).toMatchObject({ status: 409, body: { code: 'learning-already' } });
    expect(await quality(admin)).toMatchObject({ learning: { by: expect.any(String) }, mayLearn: true, inUse: null });
    const [asked] = await sent<LearningAskedV1>('learning.asked');
    expect(asked!.data).toMatchObject({ wish: 'learn' });
  });

  it('show the version that came of it, and let it be used or left', async () => {
    const data: ModelReportedV1['data'] = {
      model: 'm-20261118-abcdef',
      state: 'learned',
      learnedAt: '2026-11-18T01:00:00.000Z',
      dataFingerprint: 'abcdef',
      rows: 20,
      corrections: 3,
      figures: {},
      said: '学习20条',
      by: '管理员',
    };
    const event: ModelReportedV1 = {
      id: randomUUID(),
      type: 'model.reported',
      version: 1,
      occurredAt: '2026-11-18T01:00:00.000Z',
      causedBy: null,
      data,
    };
    await city.app.get(ModelConsumer, { strict: false }).take([event]);
    expect(await quality()).toMatchObject({
      learning: null,
      inUse: data.model,
      models: [{ model: data.model, inUse: true, corrections: 3 }],
    });
    expect((await admin.post('/api/judging-quality/model', { model: 'm-none' })).status).toBe(404);
    expect((await admin.post('/api/judging-quality/model', { model: null })).status).toBe(202);
    expect((await sent<LearningAskedV1>('learning.asked')).at(-1)!.data).toMatchObject({ wish: 'use', model: null });
  });
});
