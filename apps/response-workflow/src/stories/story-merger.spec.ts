import { randomUUID } from 'node:crypto';
import type { StoryRelatedV1 } from '@huiying/contracts';
import type { MovableClock } from '@huiying/domain';
import { Alerts, JudgedOpinions, type Database } from '@huiying/persistence';
import { classified, freshCity, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { AlertRaiser } from '../alerting/index.js';
import { StoryRelatedConsumer } from './index.js';

describe('stories that are merged', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let raiser: AlertRaiser;
  let related: StoryRelatedConsumer;

  beforeAll(async () => {
    ({ city, clock, database, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false }));
    raiser = city.app.get(AlertRaiser, { strict: false });
    related = city.app.get(StoryRelatedConsumer, { strict: false });
  });
  afterAll(async () => {
    await city.stop();
    await drop();
  });

  const same = (storyId: string, otherStoryId: string, verdict: 'same' | 'perhaps' = 'same'): StoryRelatedV1 => ({
    id: randomUUID(),
    type: 'story.related',
    version: 1,
    occurredAt: clock.now().toISOString(),
    causedBy: null,
    data: { storyId, otherStoryId, verdict, likeness: 0.4 },
  });
  const notices = async () => (await database.query(`SELECT 1 FROM workflow.outbox WHERE topic = 'notice.requested'`)).length;
  const states = async (storyId: string) => (await new Alerts(database).ofStories([storyId])).map((one) => one.state).sort();

  it('joins the alert of one to the other, moves its opinions, tells nobody again, and later opinions follow', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    await raiser.take([classified(clock, { storyId: a, level: 'II' })]);
    await raiser.take([classified(clock, { storyId: b, level: 'I' })]);
    const told = await notices();
    const event = same(a, b);
    await related.take([event]);
    await related.take([event, same(a, b)]);
    expect(await states(a)).toEqual(['open']);
    expect(await states(b)).toEqual(['merged']);
    const [alert] = await new Alerts(database).ofStories([a]);
    expect(alert!.suggestedSeverity).toBe('I');
    const late = classified(clock, { storyId: b, level: 'I' });
    await raiser.take([late]);
    expect((await new JudgedOpinions(database).find(late.data.opinion.opinionId))!).toMatchObject({
      storyId: a,
      storySize: 3,
      alertOutcome: 'joined',
    });
    expect(await notices()).toBe(told);
  });

  it('holds whichever comes first, the merge or the opinions, also when both come at once', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const events = [a, b, a, b].map((storyId) => classified(clock, { storyId, level: 'II' }));
    await Promise.all([related.take([same(a, b)]), ...events.map((event) => raiser.take([event]))]);
    const rows = await Promise.all(events.map((event) => new JudgedOpinions(database).find(event.data.opinion.opinionId)));
    expect(rows.map((row) => row!.storyId)).toEqual([a, a, a, a]);
    expect(rows[0]!.storySize).toBe(4);
    expect((await states(a)).filter((state) => state === 'open')).toHaveLength(1);
  });

  it('raises the alert that two small stories are large enough for together, once, and says so of the opinion', async () => {
    const order = (storyId: string) => {
      const event = classified(clock, { storyId, level: 'IV', channel: 'hotline', sourceId: 'hotline' });
      event.data.judgement.publicOpinion.keyCategory = null;
      return event;
    };
    const [a, b, c, d] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const last = order(b);
    last.data.opinion.capturedAt = new Date(clock.now().getTime() + 60_000).toISOString();
    await raiser.take([order(a), order(a), order(c), order(d), last]);
    await related.take([same(c, d)]);
    expect([await states(a), await states(b), await states(c)]).toEqual([[], [], []]);
    const told = await notices();
    const event = same(a, b);
    await related.take([event]);
    await related.take([event]);
    expect(await states(a)).toEqual(['open']);
    const { opinionId } = last.data.opinion;
    expect(await new JudgedOpinions(database).find(opinionId)).toMatchObject({
      alertOutcome: 'raised',
      alertReason: '同一事件已有3件热线工单',
    });
    const raised = await database.query<{ payload: string }>(
      `SELECT payload FROM workflow.outbox WHERE topic = 'alert.raised' AND key = $1`,
      [a],
    );
    expect(raised.map(({ payload }) => JSON.parse(payload))).toMatchObject([{ causedBy: last.id, data: { storyId: a, opinionId } }]);
    expect(await notices()).toBe(told + 1);
    await related.take([same(a, c)]);
    expect(await states(a)).toEqual(['open']);
    expect(await notices()).toBe(told + 1);
  });

  it('leaves a 误报 alone when its story grows by another', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const quiet = (storyId: string) => {
      const event = classified(clock, { storyId, level: 'IV', channel: 'hotline', sourceId: 'hotline' });
      event.data.judgement.publicOpinion.keyCategory = null;
      return event;
    };
    await raiser.take([classified(clock, { storyId: a, level: 'II' }), quiet(b), quiet(b)]);
    const [alert] = await new Alerts(database).ofStories([a]);
    await new Alerts(database).change(alert!.id, { state: 'false-alarm' });
    await related.take([same(b, a)]);
    expect(await states(b)).toEqual(['false-alarm']);
  });

  it('only notes two that may be one', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    await raiser.take([classified(clock, { storyId: a, level: 'II' }), classified(clock, { storyId: b, level: 'II' })]);
    await related.take([same(a, b, 'perhaps')]);
    expect([await states(a), await states(b)]).toEqual([['open'], ['open']]);
    expect(await database.query(`SELECT 1 FROM workflow.story_act WHERE kind = 'perhaps' AND story_id = $1`, [a])).toHaveLength(1);
  });
});
