import { randomUUID } from 'node:crypto';
import type { StoryRegroupedV1 } from '@huiying/contracts';
import { Refusal, type MovableClock } from '@huiying/domain';
import { Alerts, type Database } from '@huiying/persistence';
import { classified, freshCity, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { PeopleDesk, type Actor } from '../accounts/index.js';
import { AlertRaiser } from '../alerting/index.js';
import { StoryDesk, StoryReader } from './index.js';

describe('StoryDesk', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let raiser: AlertRaiser;
  let desk: StoryDesk;
  let reader: StoryReader;
  let actor: Actor;

  beforeAll(async () => {
    ({ city, clock, database, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false }));
    raiser = city.app.get(AlertRaiser, { strict: false });
    desk = city.app.get(StoryDesk, { strict: false });
    reader = city.app.get(StoryReader, { strict: false });
    actor = await city.app.get(PeopleDesk, { strict: false }).actor('luwenjing', 'spec');
  });
  afterAll(async () => {
    await city.stop();
    await drop();
  });

  const told = async (): Promise<StoryRegroupedV1['data'][]> => {
    const rows = await database.query<{ payload: string }>(
      `SELECT payload FROM workflow.outbox WHERE topic = 'story.regrouped' ORDER BY position`,
    );
    return rows.map((row) => (JSON.parse(row.payload) as StoryRegroupedV1).data);
  };
  const states = async (storyId: string) => (await new Alerts(database).ofStories([storyId])).map((one) => one.state).sort();
  const twoStories = async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    await raiser.take([a, a, b].map((storyId) => classified(clock, { storyId, level: 'II' })));
    return [a, b] as const;
  };

  it('merges and undoes it: opinions, counts and alerts are as they were, and the classifier is told of both', async () => {
    const [a, b] = await twoStories();
    await desk.merge(a, { otherStoryId: b, reason: '同一小区同一问题' }, actor);
    const merged = await reader.detail(b, actor);
    expect(merged).toMatchObject({ id: a, opinionCount: 3 });
    expect([await states(a), await states(b)]).toEqual([['open'], ['merged']]);
    await expect(desk.merge(a, { otherStoryId: b, reason: '再并一次' }, actor)).rejects.toThrow(Refusal);
    const [act] = merged.acts;
    expect(act).toMatchObject({ kind: 'merge', canUndo: true, by: actor.name });
    await desk.settle(act!.id, 'undo', actor);
    expect((await reader.detail(a, actor)).opinionCount).toBe(2);
    expect((await reader.detail(b, actor)).opinionCount).toBe(1);
    expect([await states(a), await states(b)]).toEqual([['open'], ['seen']]);
    await expect(desk.settle(act!.id, 'undo', actor)).rejects.toThrow(/settled/);
    expect((await told()).slice(-2).map((one) => [one.kind, one.storyId, one.otherStoryId])).toEqual([['merge', a, b], ['separate', a, b]]); // prettier-ignore
  });

  it('raises anew in a story whose alert went with the opinion that was split off', async () => {
    const a = randomUUID();
    const raising = classified(clock, { storyId: a, level: 'II' });
    await raiser.take([raising, classified(clock, { storyId: a, level: 'IV', flagged: false })]);
    const { storyId } = await desk.split(a, { opinionIds: [raising.data.opinion.opinionId], reason: '另一件事' }, actor);
    expect([await states(a), await states(storyId)]).toEqual([[], ['open']]);
    await raiser.take([classified(clock, { storyId: a, level: 'I' })]);
    expect([await states(a), await states(storyId)]).toEqual([['open'], ['open']]);
  });

  it('splits opinions off with their words, and never all of them', async () => {
    const [a] = await twoStories();
    const { opinions } = await reader.detail(a, actor);
    const { storyId } = await desk.split(a, { opinionIds: [opinions[0]!.id], reason: '另一件事' }, actor);
    expect((await reader.detail(a, actor)).opinionCount).toBe(1);
    expect((await reader.detail(storyId, actor)).opinions.map((one) => one.id)).toEqual([opinions[0]!.id]);
    expect((await told()).at(-1)).toMatchObject({ kind: 'split', otherStoryId: storyId, opinions: [{ opinionId: opinions[0]!.id }] });
    await expect(desk.split(a, { opinionIds: [opinions[1]!.id], reason: '全部' }, actor)).rejects.toThrow(/all its opinions/);
    const act = (await reader.detail(a, actor)).acts.find((one) => one.kind === 'split')!;
    await desk.settle(act.id, 'undo', actor);
    expect((await reader.detail(a, actor)).opinionCount).toBe(2);
  });

  it('fixes a story, and shows heat with its formula', async () => {
    const [a] = await twoStories();
    await desk.fix(a, true, { reason: '已核实' }, actor);
    const story = await reader.detail(a, actor);
    expect(story.fixedBy).toBe(actor.name);
    expect(story.heat.heat).toBeGreaterThan(0);
    expect(story.heat.formula).toContain(`= ${story.heat.heat.toFixed(1)}`);
    expect((await reader.list(undefined, 'heat')).items.map((one) => one.id)).toContain(a);
    await desk.fix(a, false, { reason: '不再需要' }, actor);
    expect((await reader.detail(a, actor)).fixedBy).toBeNull();
  });

  it('lists more than one page, each story once, the hottest first, and exports all of them with what was asked', async () => {
    await database.query(
      `INSERT INTO workflow.story (story_id, title, opinion_count, hotline_count, flagged_count, sources, first_seen_at, last_seen_at)
       SELECT gen_random_uuid(), '翻页用的事件' || n, 2, 0, 0, '{a}', $1, $1::timestamptz - n * interval '1 minute' FROM generate_series(1, 205) n`,
      [clock.now()],
    );
    const seen: string[] = [];
    let pages = 0;
    for (let next: string | null = '0'; next !== null; pages++) {
      const page = await reader.list('翻页用', 'newest', Number(next));
      expect(page.total).toBe(205);
      seen.push(...page.items.map(({ title }) => title));
      next = page.next;
    }
    expect([pages, new Set(seen).size, seen[0], seen.at(-1)]).toEqual([3, 205, '翻页用的事件1', '翻页用的事件205']);
    const heats = (await reader.list(undefined, 'heat')).items.map(({ heat }) => heat.heat);
    expect(heats).toEqual([...heats].sort((a, b) => b - a));
    const officer = await city.logIn('luwenjing');
    expect((await officer.get('/api/stories?cursor=x')).status).toBe(400);
    const lines = (await reader.csv('翻页用', 'newest', actor)).split('\r\n');
    expect(lines.filter((line) => line.includes('翻页用的事件'))).toHaveLength(205);
    expect(lines[3]).toBe('关键词,翻页用');
    const [{ n }] = (await database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM workflow.audit WHERE action = 'story.export'`,
    )) as [{ n: number }];
    expect(n).toBe(1);
  });
});
