import { randomUUID } from 'node:crypto';
import type { AlertDetail } from '@huiying/contracts/http';
import type { AlertState, MovableClock } from '@huiying/domain';
import { Alerts, JudgedOpinions, type Database } from '@huiying/persistence';
import { classified, freshCity, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { PeopleDesk } from '../accounts/index.js';
import { AlertDesk, AlertRaiser } from './index.js';

describe('AlertRaiser', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let raiser: AlertRaiser;

  beforeAll(async () => {
    ({ city, clock, database, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false }));
    raiser = city.app.get(AlertRaiser, { strict: false });
  });
  afterAll(async () => {
    await city.stop();
    await drop();
  });

  const alertsOf = (storyId: string) => new Alerts(database).ofStories([storyId]);
  const outcomeOf = async (opinionId: string) => {
    const row = (await new JudgedOpinions(database).find(opinionId))!;
    return [row.alertOutcome, row.alertReason];
  };
  const eventsOf = (topic: string, key: string) =>
    database.query<{ payload: string }>(
      `SELECT payload FROM workflow.outbox WHERE topic = $1 AND (key = $2 OR payload LIKE '%' || $2 || '%')`,
      [topic, key],
    );

  it('raises one alert per story, whichever of eight processes come first', async () => {
    const storyId = randomUUID();
    const batches = Array.from({ length: 8 }, () => Array.from({ length: 5 }, () => classified(clock, { storyId, level: 'II' })));
    await Promise.all(batches.map((batch) => raiser.take(batch)));
    expect(await alertsOf(storyId)).toHaveLength(1);
    expect(await eventsOf('alert.raised', storyId)).toHaveLength(1);
    const [alert] = (await new Alerts(database).page({ sort: 'newest' }, null, 100)).items.filter((one) => one.storyId === storyId);
    expect(alert).toMatchObject({ opinionCount: 40, sourceCount: 1 });
  });

  it('does nothing at a second delivery, and counts a new revision as the same opinion', async () => {
    const first = classified(clock, { level: 'II' });
    await raiser.take([first]);
    await raiser.take([first]);
    const { storyId } = first.data.story;
    const revised = classified(clock, { storyId, opinionId: first.data.opinion.opinionId, revision: 2, title: '改过的标题', level: 'II' });
    await raiser.take([revised]);
    const older = classified(clock, { storyId, opinionId: first.data.opinion.opinionId, revision: 1, title: '旧标题', level: 'II' });
    await raiser.take([older]);
    const row = (await new JudgedOpinions(database).find(first.data.opinion.opinionId))!;
    expect(row).toMatchObject({ title: '改过的标题', revision: 2, storySize: 1 });
  });

  it('hands on the category of key response that was found, so that the officer only confirms it', async () => {
    const event = classified(clock, { level: 'II' });
    await raiser.take([event]);
    const [alert] = await alertsOf(event.data.story.storyId);
    const officer = await city.logIn('luwenjing');
    const { body } = await officer.get<AlertDetail>(`/api/alerts/${alert!.id}`);
    expect(body.suggestedKeyCategory).toBe('emergency');
  });

  it('tells the officer on duty and, for II, the leader; each notice has one id for ever', async () => {
    const event = classified(clock, { level: 'II' });
    await raiser.take([event]);
    const [alert] = await alertsOf(event.data.story.storyId);
    const notices = await eventsOf('notice.requested', `alert:${alert!.id}:raised`);
    expect(notices).toHaveLength(2);
    expect(JSON.parse(notices[0]!.payload).data).toMatchObject({ urgency: 'urgent', link: `/alerts/${alert!.id}` });
  });

  it('counts an alert from the opinion that raised it, not from the beginning of a story that has run for weeks', async () => {
    const storyId = randomUUID();
    await raiser.take([classified(clock, { storyId, level: 'IV', flagged: false })]);
    const weeksLater = classified(clock, { storyId, level: 'II' });
    weeksLater.data.opinion.capturedAt = new Date(clock.now().getTime() + 20 * 86_400_000).toISOString();
    await raiser.take([weeksLater]);
    const [raised] = await alertsOf(storyId);
    expect((await new Alerts(database).find(raised!.id))!.firstSeenAt.toISOString()).toBe(weeksLater.data.opinion.capturedAt);
  });

  it('keeps the reason why nobody was told', async () => {
    const event = classified(clock, { level: 'IV', flagged: false });
    await raiser.take([event]);
    expect(await alertsOf(event.data.story.storyId)).toEqual([]);
    expect(await outcomeOf(event.data.opinion.opinionId)).toEqual(['none', '不属政务舆情']);
  });

  it('raises for the number of hotline orders of one story, counted over batches', async () => {
    const storyId = randomUUID();
    const order = () => {
      const event = classified(clock, { storyId, level: 'IV', channel: 'hotline', sourceId: 'hotline', urgency: '一般' });
      event.data.judgement.publicOpinion.keyCategory = null;
      return event;
    };
    await raiser.take([order(), order()]);
    expect(await alertsOf(storyId)).toEqual([]);
    const third = order();
    await raiser.take([third]);
    expect(await alertsOf(storyId)).toHaveLength(1);
    expect(await outcomeOf(third.data.opinion.opinionId)).toEqual(['raised', '同一事件已有3件热线工单']);
  });

  it('lets a living alert rise once when something graver joins it', async () => {
    const first = classified(clock, { level: 'III' });
    const { storyId } = first.data.story;
    await raiser.take([first]);
    await raiser.take([classified(clock, { storyId, level: 'I' }), classified(clock, { storyId, level: 'I' })]);
    await raiser.take([classified(clock, { storyId, level: 'II' })]);
    const [alert] = await alertsOf(storyId);
    expect(alert).toMatchObject({ suggestedSeverity: 'I' });
    const told = await database.query(`SELECT 1 FROM workflow.timeline WHERE alert_id = $1 AND kind = 'alert.risen'`, [alert!.id]);
    expect(told).toHaveLength(1);
    expect((await new Alerts(database).find(alert!.id))!.prospectiveDueAt).toEqual(new Date(clock.now().getTime() + 5 * 3_600_000));
  });

  it('leaves a false alarm alone until the story grows graver, then raises anew', async () => {
    const first = classified(clock, { level: 'III' });
    const { storyId } = first.data.story;
    await raiser.take([first]);
    const [alert] = await alertsOf(storyId);
    const actor = await city.app.get(PeopleDesk, { strict: false }).actor('luwenjing', 'spec');
    await city.app.get(AlertDesk, { strict: false }).markFalseAlarm(alert!.id, { reason: '演练' }, actor);
    const same = classified(clock, { storyId, level: 'III' });
    await raiser.take([same]);
    expect(await outcomeOf(same.data.opinion.opinionId)).toEqual(['none', '同一事件已标为误报，且级别未升高']);
    await raiser.take([classified(clock, { storyId, level: 'I' })]);
    const states = (await alertsOf(storyId)).map((one) => one.state);
    expect(states.sort()).toEqual<AlertState[]>(['false-alarm', 'open']);
  });
});
