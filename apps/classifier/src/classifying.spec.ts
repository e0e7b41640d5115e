import { resolve } from 'node:path';
import { opinionClassifiedV1, type OpinionClassifiedV1, type OpinionCollectedV1, type StoryRegroupedV1 } from '@huiying/contracts';
import { MovableClock, stableId } from '@huiying/domain';
import { Store } from '@huiying/persistence';
import { loadSegmenter, MatterReader } from '@huiying/text';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { Classifying } from './classifying.js';
import { readJudgingConfig } from './judging/index.js';
import { StoryRegrouper } from './stories/index.js';

const clock = new MovableClock(new Date('2026-11-20T03:00:00Z'));
const lexicon = readJudgingConfig(resolve(__dirname, '../../../config'), ['forum']);
const reader = new MatterReader(loadSegmenter(() => undefined));
const STORY =
  '纺织新村3号楼电梯又困人了，这已经是今年第六次。物业公司说要动用维修基金，可是业主大会一直开不起来，老人和孩子每天都提心吊胆，请有关部门管一管。';

/** Different matters in words that share nothing but the language. */
function matter(n: number): string {
  let state = n + 1;
  const sign = () => String.fromCharCode(0x4e00 + ((state = (Math.imul(state, 48271) >>> 0) % 0x7fffffff) % 3000));
  return Array.from({ length: 80 }, sign).join('');
}

function collected(id: string, text: string, given: Partial<OpinionCollectedV1['data']> = {}): OpinionCollectedV1 {
  const data: OpinionCollectedV1['data'] = {
    opinionId: stableId('opinion', id),
    revision: 1,
    sourceId: 'forum',
    sourceName: '望川论坛',
    channel: 'forum',
    title: '',
    text,
    url: null,
    author: null,
    publishedAt: '2026-11-20T02:00:00.000Z',
    capturedAt: '2026-11-20T02:05:00.000Z',
    sha256: 'a'.repeat(64),
    order: null,
    ...given,
  };
  const eventId = stableId('collected', id, data.revision);
  return { id: eventId, type: 'opinion.collected', version: 1, occurredAt: data.capturedAt, causedBy: null, data };
}

describe('Classifying', () => {
  let db: TestDatabase;
  beforeEach(async () => {
    db = await freshDatabase();
  });
  afterEach(() => db.drop());

  const classifying = () => new Classifying(new Store(db.database, 'classifier'), lexicon, clock, undefined, reader);
  const sent = async (): Promise<OpinionClassifiedV1[]> => {
    const rows = await db.database.query<{ payload: string }>(
      `SELECT payload FROM classifier.outbox WHERE topic = 'opinion.classified' ORDER BY position`,
    );
    return rows.map((row) => JSON.parse(row.payload) as OpinionClassifiedV1);
  };
  const stories = async () => (await sent()).map((e) => e.data.story);

  it('publishes a judgement that the contract reads, under its story, caused by what was collected', async () => {
    const event = collected('a', STORY);
    await classifying().classify([event]);
    const [classified] = await sent();
    expect(opinionClassifiedV1.parse(classified)).toEqual(classified);
    expect(classified).toMatchObject({ causedBy: event.id, occurredAt: '2026-11-20T03:00:00.000Z' });
    expect(classified!.data.story).toEqual({ storyId: stableId('story', event.data.opinionId), relation: 'first', similarity: 1 });
    expect(classified!.data.judgement.departments[0]!.departmentId).toBe('housing');
    const [row] = await db.database.query<{ key: string; topic: string }>(`SELECT key, topic FROM classifier.outbox`);
    expect(row).toEqual({ key: classified!.data.story.storyId, topic: 'opinion.classified' });
  });

  it('does nothing twice when the batch is delivered again, also in part and by another process', async () => {
    const batch = [collected('a', STORY), collected('b', matter(1))];
    await classifying().classify(batch);
    await classifying().classify([...batch, collected('c', matter(2))]);
    expect(await sent()).toHaveLength(3);
    expect(new Set((await sent()).map((e) => e.id)).size).toBe(3);
  });

  it('joins copies over batches, sources and restarts: exact, near, and not what is other', async () => {
    await classifying().classify([collected('a', STORY)]);
    const again = classifying(); // as after a restart: nothing is kept in memory
    await again.classify([collected('b', `来源：望川日报 ${STORY}`, { sourceId: 'news', channel: 'news' }), collected('c', matter(1))]);
    await again.classify([collected('d', `楼主说得对，我家也住这里。${STORY.replace('六次', '七次')}`)]);
    const [a, b, c, d] = await stories();
    expect([a!.relation, b!.relation, c!.relation, d!.relation]).toEqual(['first', 'exact', 'first', 'near']);
    expect([b!.storyId, d!.storyId]).toEqual([a!.storyId, a!.storyId]);
    expect(d!.similarity).toBeGreaterThan(0.7);
  });

  it('lets a copy that comes eight months after the last begin a new story', async () => {
    await classifying().classify([collected('a', STORY)]);
    await classifying().classify([collected('b', STORY, { capturedAt: '2026-12-19T02:00:00.000Z' })]);
    await classifying().classify([collected('c', STORY, { capturedAt: '2027-09-01T02:00:00.000Z' })]);
    expect((await stories()).map((s) => s.relation)).toEqual(['first', 'exact', 'first']);
  });

  it('judges an edited opinion again and keeps it in its story', async () => {
    await classifying().classify([collected('a', STORY), collected('b', matter(7))]);
    await classifying().classify([collected('a', '更新：电梯坠落，造成3人死亡、2人受伤，救援仍在进行。', { revision: 2 })]);
    const events = await sent();
    expect(events[2]!.data.story.storyId).toBe(events[0]!.data.story.storyId);
    expect(events[2]!.data.judgement.severity.level).toBe('III');
    await classifying().classify([collected('d', '更新：电梯坠落，造成3人死亡、2人受伤，救援仍在进行。')]);
    expect((await stories())[3]).toMatchObject({ storyId: events[0]!.data.story.storyId, relation: 'exact' });
  });

  it('takes issues of a series for matters of their own once it knows the series, over restarts; what happens in one is found', async () => {
    const ROADS = ['青梧大道', '梧桐路', '学府路', '科创路', '北环路', '梧江二桥'];
    const STATES = ['车流平稳', '通行正常', '车速四十公里左右', '车流较少，通行顺畅'];
    const bulletin = (n: number, more = '') => {
      const time = `${8 + Math.floor(n / 6)}:${10 + (n % 6) * 7}`;
      const [one, other] = [ROADS[n % 6]!, ROADS[(n * 5 + 1) % 6]!];
      const state = (k: number) => STATES[(n * k) % 4]!;
      return collected(`road${n}`, `截至${time}，${one}${state(3)}，${other}${state(7)}。${more}以上由路侧设备自动生成。`, {
        sourceId: 'roads',
        channel: 'news',
        title: `青梧区路况播报 ${time} ${one}${state(3)}`,
      });
    };
    for (let n = 0; n < 20; n += 5) await classifying().classify([0, 1, 2, 3, 4].map((i) => bulletin(n + i)));
    const issues = (await stories()).slice(4);
    expect(issues.filter((one) => one.relation !== 'first')).toEqual([]);
    const fallen = '学府路隔离护栏倒伏占道，请绕行。';
    await classifying().classify([collected('post', `${fallen}刚路过，护栏整排倒伏占道。`), bulletin(20, fallen)]);
    const [post, issue] = (await stories()).slice(-2);
    expect(issue!.storyId).toBe(post!.storyId);
  });

  it('makes one story of nearly the same text that eight processes read at once', async () => {
    const copies = Array.from({ length: 8 }, (_, n) => collected(`p${n}`, `第${n}个群里转来的：${STORY}`));
    await Promise.all(copies.map((event, n) => classifying().classify([collected(`other${n}`, matter(n + 10)), event])));
    const events = await sent();
    const copied = events.filter((e) => e.data.opinion.text.includes('困人'));
    expect(copied).toHaveLength(8);
    expect(new Set(copied.map((e) => e.data.story.storyId)).size).toBe(1);
    expect(copied.filter((e) => e.data.story.relation === 'first')).toHaveLength(1);
    expect(events).toHaveLength(16);
  });

  const NOISE = [
    '枫桥雅苑旁边建搅拌站噪音扰民，天天睡不着，业主都反对。',
    '请关停枫桥雅苑附近的搅拌站，灰尘太大，孩子咳嗽。',
    '搅拌站离枫桥雅苑不到百米，昼夜轰鸣，什么时候搬走？',
  ];

  it('joins one matter in other words over restarts, processes and kinds of source', async () => {
    await classifying().classify([collected('a', NOISE[0]!)]);
    await classifying().classify([collected('x', matter(3)), collected('b', NOISE[1]!, { channel: 'hotline', sourceId: 'hotline' })]);
    await Promise.all([classifying().classify([collected('c', NOISE[2]!)]), classifying().classify([collected('y', matter(4))])]);
    const about = (await sent()).filter((e) => e.data.opinion.text.includes('枫桥'));
    expect(new Set(about.map((e) => e.data.story.storyId)).size).toBe(1);
    expect(about[1]!.data.story).toMatchObject({ relation: 'near', by: 'matter' });
    expect((await stories()).filter((story) => story.relation === 'first')).toHaveLength(3);
  });

  it('remembers what officers decide: merged stays merged, what was taken apart stays apart, and later opinions follow', async () => {
    const regroup = async (n: number, data: Partial<StoryRegroupedV1['data']>) => {
      const base = { kind: 'merge' as const, storyId: '', otherStoryId: null, opinions: [], by: '陆文静', reason: '核实' };
      const event = { id: stableId('regroup', String(n)), type: 'story.regrouped' as const, version: 1 as const, occurredAt: '2026-11-20T03:00:00.000Z', causedBy: null }; // prettier-ignore
      const regrouper = new StoryRegrouper(new Store(db.database, 'classifier'), reader);
      await regrouper.take([{ ...event, data: { ...base, ...data } }]);
    };
    await classifying().classify([collected('a', NOISE[0]!), collected('l', '青梧大道的路灯坏了没人修，晚上看不见路。')]);
    const [noise, lights] = (await stories()).map((story) => story.storyId);
    await regroup(1, { storyId: noise!, otherStoryId: lights! });
    await classifying().classify([collected('l2', '青梧大道的路灯坏了没人修，晚上看不见路，摔了两个人。')]);
    expect((await stories()).at(-1)!.storyId).toBe(noise);
    await regroup(2, { kind: 'separate', storyId: noise!, otherStoryId: lights! });
    await classifying().classify([collected('l3', '青梧大道的路灯还是坏的，没人修，晚上看不见。')]);
    expect((await stories()).at(-1)!.storyId).toBe(lights);
    const moved = { opinionId: stableId('opinion', 'a'), title: '', text: NOISE[0]!, capturedAt: '2026-11-20T02:05:00.000Z' };
    const split = stableId('story', 'split');
    await regroup(3, { kind: 'split', storyId: noise!, otherStoryId: split, opinions: [moved] });
    await classifying().classify([collected('a2', `转发：${NOISE[0]!}`)]);
    expect((await stories()).at(-1)!.storyId).toBe(split);
  });

  it('writes nothing when what leads to it fails', async () => {
    const poisoned = { ...collected('b', STORY), id: 'not-a-uuid' };
    await expect(classifying().classify([collected('a', STORY), poisoned])).rejects.toThrow();
    expect(await sent()).toEqual([]);
    expect(await db.database.query(`SELECT FROM classifier.text`)).toEqual([]);
  });

  it('compares with a bounded number of texts, however many share a formula', async () => {
    const batches = Array.from({ length: 4 }, (_, b) =>
      Array.from({ length: 100 }, (_, n) => collected(`${b}-${n}`, `尊敬的领导您好，请有关部门尽快给予解决为盼。${matter(b * 100 + n)}`)),
    );
    for (const batch of batches) await classifying().classify(batch);
    expect(new Set((await stories()).map((s) => s.storyId)).size).toBe(400);
    const [plan] = await db.database.query<{ most: number }>(
      `SELECT max(n)::int AS most FROM (SELECT count(*) AS n FROM classifier.text_key GROUP BY text_id) t`,
    );
    expect(plan!.most).toBeLessThanOrEqual(10);
  });
});
