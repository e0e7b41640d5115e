import { randomUUID } from 'node:crypto';
import type { OpinionClassifiedV1 } from '@huiying/contracts';
import type { AlertDetail, Page, Problem, ThresholdFiringView, ThresholdTrial, ThresholdView } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { AuditTrail } from '@huiying/persistence';
import { classified, freshCity, WorkflowCity, type LoggedIn, type OpinionSketch } from '../../../../test/support/workflow-city.js';
import { AlertRaiser } from '../alerting/index.js';

/** 同一小区 3 单 + 1 帖 */
const BODY = {
  place: 'spot',
  sameTopic: false,
  topics: [],
  needs: [
    { sources: ['call'], count: 3 },
    { sources: ['post'], count: 1 },
  ],
  windowHours: 24,
} as const;
const HOUR = 3_600_000;

let running: Awaited<ReturnType<typeof freshCity>>;
let city: WorkflowCity;
let clock: MovableClock;
let officer: LoggedIn;

beforeAll(async () => {
  running = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false });
  ({ city, clock } = running);
  officer = await city.logIn('luwenjing');
});
afterAll(async () => {
  await city.stop();
  await running.drop();
});

/** Each its own story, and nothing that alerts by itself. */
const about = (estate: string, sketch: OpinionSketch = {}) =>
  classified(clock, {
    level: 'IV',
    flagged: false,
    title: `${estate}小区的事`,
    text: `我们${estate}小区又停水了`,
    storyId: randomUUID(),
    ...sketch,
  });
const call = (estate: string, sketch: OpinionSketch = {}) => about(estate, { channel: 'hotline', ...sketch });
const take = (...events: OpinionClassifiedV1[]) => city.app.get(AlertRaiser, { strict: false }).take(events);
const attempt = async (body: unknown = BODY, days = 7) =>
  (await officer.post<ThresholdTrial & Problem>('/api/thresholds/trial', { body, days })).body;
const made = async (name: string, body: unknown = BODY) => {
  const { tried } = await attempt(body);
  const answer = await officer.post<{ id: string }>('/api/thresholds', { name, body, tried, reason: '试点' });
  expect(answer.status).toBe(201);
  return answer.body.id;
};
const firings = async (query = '') => (await officer.get<Page<ThresholdFiringView>>(`/api/thresholds/firings?${query}`)).body.items;
const listed = async (id: string) => (await officer.get<ThresholdView[]>('/api/thresholds')).body.find((one) => one.id === id)!;
const notices = async (fact: string) =>
  (
    await running.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM workflow.outbox WHERE payload::text LIKE '%' || $1 || '%'`,
      [fact],
    )
  )[0]!.n;

it('is tried on history: how often it would have told, of what, with the rows', async () => {
  const ago = (hours: number) => new Date(clock.now().getTime() - hours * HOUR);
  for (const hours of [50, 49, 48]) await take(call('锦绣', { capturedAt: ago(hours) }));
  await take(about('锦绣', { capturedAt: ago(47) }), about('锦绣', { capturedAt: ago(2) }));
  expect(await attempt()).toMatchObject({
    opinions: 5,
    cut: false,
    counted: 5,
    groups: 1,
    fired: 1,
    firings: [
      {
        group: '锦绣',
        words: '24小时内热线3件、帖文1条',
        opinions: [{ source: 'call' }, {}, {}, { source: 'post', title: '锦绣小区的事' }],
      },
    ],
  });
  expect((await attempt({ ...BODY, windowHours: 2 })).fired).toBe(0);
  expect(await firings()).toEqual([]);
});

it('is not saved where it was not tried as it stands, and says what is wrong', async () => {
  const { tried } = await attempt({ ...BODY, windowHours: 12 });
  const refused = await officer.post<Problem>('/api/thresholds', { name: '未试', body: BODY, tried });
  expect([refused.status, refused.body.code]).toEqual([409, 'not-tried']);
  expect((await attempt({ ...BODY, needs: [] })).faults?.[0]?.field).toBe('body.needs');
  expect((await attempt({ ...BODY, windowHours: 169 })).faults?.[0]?.field).toBe('body.windowHours');
});

it('raises one alert when it is reached, which shows why and what it rests on; told once, whatever comes again', async () => {
  const id = await made('同一小区三单一帖');
  const calls = [call('和平里'), call('和平里'), call('和平里')];
  await take(...calls);
  expect(await firings()).toEqual([]);
  const post = about('和平里');
  await take(post);
  const [firing] = await firings();
  expect(firing).toMatchObject({ ruleId: id, ruleName: '同一小区三单一帖', group: '和平里', words: '24小时内热线3件、帖文1条' });
  expect(firing!.opinions.map((one) => one.id).sort()).toEqual([...calls, post].map(({ data }) => data.opinion.opinionId).sort());
  const alert = (await officer.get<AlertDetail>(`/api/alerts/${firing!.alertId}`)).body;
  expect(alert.reason).toBe('达到预警规则“同一小区三单一帖”：和平里 24小时内热线3件、帖文1条');
  expect(alert.thresholds).toEqual([firing]);
  // The same again, under other events too, as a replay tells it.
  await take(post, ...calls);
  await take(...[post, ...calls].map((event) => ({ ...event, id: randomUUID() })));
  await take(call('和平里'), about('和平里'));
  expect(await firings()).toHaveLength(1);
  expect(await listed(id)).toMatchObject({ fired: 1, words: '24小时内热线≥3件、帖文≥1条' });
});

it('goes on where another process left off, and fires again in the next window', async () => {
  await take(call('望江'), call('望江'), call('望江'));
  const other = await WorkflowCity.start(running.url, clock, {}, { runsByItself: false });
  try {
    await other.app.get(AlertRaiser, { strict: false }).take([about('望江')]);
    expect(await firings('q=望江')).toHaveLength(1);
  } finally {
    await other.stop();
  }
  clock.advance({ hours: 25 });
  officer = await city.logIn('luwenjing');
  await take(call('望江'), call('望江'), call('望江'));
  expect(await firings('q=望江')).toHaveLength(1);
  clock.advance({ minutes: 1 });
  await take(about('望江'));
  expect(await firings('q=望江')).toHaveLength(2);
});

it('of batches that reach it at the same moment one fires', async () => {
  await take(call('明湖'), call('明湖'));
  await Promise.all([take(call('明湖'), about('明湖')), take(call('明湖'), about('明湖')), take(call('明湖'), about('明湖'))]);
  expect(await firings('q=明湖')).toHaveLength(1);
});

it('tells the desk by a notice where the story has its alert already', async () => {
  const storyId = randomUUID();
  await take(about('翠竹', { storyId, level: 'II', flagged: true, title: '翠竹小区爆炸' }));
  await take(call('翠竹'), call('翠竹'), call('翠竹', { storyId }));
  const [firing] = await firings('q=翠竹');
  expect(firing!.alertId).not.toBeNull();
  expect(await notices(`threshold:${firing!.id}`)).toBeGreaterThan(0);
});

it('leaves alone what is of other cities, what is history, and what is paused', async () => {
  const elsewhere = (event: OpinionClassifiedV1) => {
    event.data.judgement.jurisdiction.verdict = 'not-ours';
    return event;
  };
  await take(...[call('金桂'), call('金桂'), call('金桂'), about('金桂')].map(elsewhere));
  const old = { capturedAt: new Date(clock.now().getTime() - 24 * HOUR) };
  await take(call('丽景', old), call('丽景', old), call('丽景', old), about('丽景', old));
  expect([await firings('q=金桂'), await firings('q=丽景')]).toEqual([[], []]);
  const [rule] = (await officer.get<ThresholdView[]>('/api/thresholds')).body;
  await officer.post(`/api/thresholds/${rule!.id}/state`, { state: 'paused', revision: rule!.revision });
  await take(call('春晖'), call('春晖'), call('春晖'), about('春晖'));
  expect(await firings('q=春晖')).toEqual([]);
  // Enabled again, it counts what came meanwhile with what comes now.
  await officer.post(`/api/thresholds/${rule!.id}/state`, { state: 'active', revision: rule!.revision + 1 });
  await take(call('春晖'));
  expect(await firings('q=春晖')).toHaveLength(1);
});

it('counts by town, district and topic; every change is in the audit trail, and two who change it do not overwrite each other', async () => {
  const id = await made('同区同类', { ...BODY, place: 'district', sameTopic: true, needs: [{ sources: ['call', 'post'], count: 2 }] });
  const inDistrict = (event: OpinionClassifiedV1) => {
    event.data.judgement.jurisdiction.places = ['望北新区'];
    return event;
  };
  await take(inDistrict(about('甲')), inDistrict(call('乙')));
  const [firing] = await firings(`rule=${id}`);
  expect(firing).toMatchObject({ group: expect.stringMatching(/^望北新区 · /), words: '24小时内热线或帖文2件' });
  const { tried } = await attempt();
  const change = (revision: number) => officer.post<Problem>(`/api/thresholds/${id}`, { name: '同区', body: BODY, tried, revision });
  expect((await change(1)).status).toBe(204);
  expect((await change(1)).body.code).toBe('changed-meanwhile');
  const audit = await new AuditTrail(running.database).of(`threshold:${id}`);
  expect(audit.map(({ action, detail }) => [action, (detail as { revision: number }).revision])).toEqual([
    ['threshold.save', 1],
    ['threshold.save', 2],
  ]);
});
