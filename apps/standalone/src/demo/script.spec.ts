import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { hotlineRecord } from '@huiying/contracts/http';
import { readDutyRoster } from '@huiying/settings';
import { parse } from 'yaml';
import { evidenceRequest, type DemoStep } from './demo-step.js';
import { DEMO_ROSTER } from './duty.js';
import { DEMO_FEEDS } from './feeds/demo-feeds.js';
import { DEMO_PEOPLE } from './people.js';
import { officialPages, script } from './script.js';
import { FAMILIES } from './texts/families.js';
import { fullPlace } from './texts/places.js';
import { CALLS_LIVING } from './texts/calls-living.js';
import { CALLS_RIGHTS } from './texts/calls-rights.js';
import { CITY_NEWS, GOV_NOTICES, METRO_NEWS } from './texts/city-news.js';
import { ELSEWHERE } from './texts/elsewhere.js';
import { FORUM_POSTS } from './texts/forum-posts.js';
import { WECHAT_POSTS, WEIBO_POSTS } from './texts/weibo-posts.js';
import { XIANGQIN_POSTS } from './texts/xiangqin-posts.js';

const CONFIG = resolve(__dirname, '../../../../config');
const cityText = readFileSync(resolve(CONFIG, 'city.yaml'), 'utf8');
const departmentFile = parse(readFileSync(resolve(CONFIG, 'departments.yaml'), 'utf8')) as {
  departments: { id: string; name: string; validTo?: string }[];
};
/** Bodies of today: nothing is assigned to one that has ended. */
const departmentIds = departmentFile.departments.filter((d) => d.validTo === undefined).map((d) => d.id);
const departmentNames = departmentFile.departments.map((d) => d.name);

/** A Monday afternoon, a Saturday night, New Year's first minute, and a leap day before dawn. */
const NOWS = ['2026-11-23T16:10:00+08:00', '2026-11-28T23:40:00+08:00', '2027-01-01T00:00:30+08:00', '2028-02-29T04:20:00+08:00'].map(
  (t) => new Date(t),
);
const NOW = NOWS[0]!;

const opinionsOf = (steps: DemoStep[]) => steps.filter((s) => s.kind === 'feed-item' || s.kind === 'hotline');
const textOf = (s: DemoStep) => (s.kind === 'hotline' ? s.record.content : s.kind === 'feed-item' ? s.item.text : '');
const isAct = (s: DemoStep) => s.kind !== 'hotline' && s.kind !== 'feed-item';

describe.each(NOWS)('the script up to %s', (now) => {
  const steps = script(now);

  it('is in time order, inside the fortnight, and nothing lies in the future', () => {
    for (let i = 1; i < steps.length; i++) expect(steps[i]!.at.getTime()).toBeGreaterThanOrEqual(steps[i - 1]!.at.getTime());
    expect(steps[0]!.at.getTime()).toBeGreaterThanOrEqual(now.getTime() - 14 * 86_400_000);
    expect(steps.at(-1)!.at.getTime()).toBeLessThanOrEqual(now.getTime());
  });

  it('is the same for the same now', () => expect(script(new Date(now))).toEqual(steps));

  it('has 320 opinions and more, no two with the same text', () => {
    const texts = opinionsOf(steps).map(textOf);
    expect(texts.length).toBeGreaterThanOrEqual(320);
    expect(texts.filter((text, i) => texts.indexOf(text) < i)).toEqual([]);
  });

  it('tells every day something, and less at night', () => {
    const days = new Map<string, number>();
    let night = 0;
    for (const { at } of opinionsOf(steps)) {
      const local = new Date(at.getTime() + 8 * 3_600_000);
      days.set(local.toISOString().slice(0, 10), (days.get(local.toISOString().slice(0, 10)) ?? 0) + 1);
      if (local.getUTCHours() >= 1 && local.getUTCHours() < 6) night++;
    }
    expect(days.size).toBeGreaterThanOrEqual(14);
    expect(night / opinionsOf(steps).length).toBeLessThan(0.18);
  });

  it('says each act of an alert only after the opinion that starts its story', () => {
    const starts = new Map(
      opinionsOf(steps).flatMap((s) =>
        (s.kind !== 'hotline' && s.kind !== 'feed-item') || !s.storyKey ? [] : [[s.storyKey, s.at] as const],
      ),
    );
    expect(starts.size).toBe(15);
    for (const step of steps.filter(isAct))
      if ('storyKey' in step && step.storyKey) expect(starts.get(step.storyKey)!.getTime()).toBeLessThan(step.at.getTime());
  });

  it('gives every number once', () => {
    const numbers = steps.flatMap((s) =>
      s.kind === 'hotline' ? [s.record.orderNo] : s.kind === 'feed-item' ? [s.item.path, s.item.guid] : [],
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('leaves no date unfilled and no placeholder in any text', () => {
    expect(JSON.stringify([steps, officialPages(now)])).not.toMatch(/\{(今日|昨日|前日|上周|今年)\}|undefined|NaN|\[object/);
  });
});

describe('the script', () => {
  const steps = script(NOW);
  const acts = steps.filter(isAct);

  it('names only departments that exist, and people who hold the post', () => {
    const usernames = DEMO_PEOPLE.map((p) => p.username);
    for (const act of acts) {
      if ('by' in act) expect(usernames).toContain(act.by);
      if (act.kind === 'assign') for (const task of act.tasks) expect(departmentIds).toContain(task.departmentId);
      if (act.kind === 'return') expect(departmentIds).toContain(act.suggestedDepartmentId);
      if (act.kind === 'acknowledge' || act.kind === 'reply' || act.kind === 'return')
        expect(DEMO_PEOPLE.find((p) => p.username === act.by)!.departmentId).toBe(act.departmentId);
    }
    for (const person of DEMO_PEOPLE) if (person.departmentId) expect(departmentIds).toContain(person.departmentId);
  });

  it('lets the desk do the desk’s steps', () => {
    const desk = DEMO_PEOPLE.filter((p) => p.role === 'duty-officer' || p.role === 'supervisor').map((p) => p.username);
    for (const act of acts)
      if (['see-alert', 'confirm-alert', 'false-alarm', 'assign', 'evidence', 'close'].includes(act.kind) && 'by' in act)
        expect(desk).toContain(act.by);
  });

  it('sends every call to a unit by its full name, in a district of the city', () => {
    for (const step of steps) {
      if (step.kind !== 'hotline') continue;
      expect(departmentNames).toContain(step.record.leadUnit);
      expect(cityText).toContain(`name: ${step.record.region}`);
      expect(() => hotlineRecord.parse(step.record)).not.toThrow();
    }
  });

  it('tells families only of places on the map', () => {
    for (const place of new Set(FAMILIES.flatMap((f) => f.places))) {
      for (const name of [place.district, place.town]) expect(cityText).toContain(`name: ${name}`);
      expect(`${fullPlace(place)} ${cityText.includes(place.community)}`).toBe(`${fullPlace(place)} true`);
    }
  });

  it('publishes on known feeds only, never on the one that is down', () => {
    const ids = DEMO_FEEDS.filter((f) => f.format !== 'broken').map((f) => f.id);
    for (const step of steps) if (step.kind === 'feed-item') expect(ids).toContain(step.sourceId);
    expect(new Set(steps.flatMap((s) => (s.kind === 'feed-item' ? [s.sourceId] : [])))).toEqual(new Set(ids));
  });

  it('rests on at least 90 texts written by hand', () => {
    const written = [...CALLS_LIVING, ...CALLS_RIGHTS].map((c) => c.content);
    const web = [CITY_NEWS, METRO_NEWS, GOV_NOTICES, ELSEWHERE, FORUM_POSTS, WEIBO_POSTS, WECHAT_POSTS, XIANGQIN_POSTS]
      .flat()
      .map((w) => w.text);
    expect(new Set([...written, ...web]).size).toBeGreaterThanOrEqual(200);
  });

  it('leaves a case or an alert in each stage', () => {
    const stage = (storyKey: string) => acts.filter((a) => 'storyKey' in a && a.storyKey === storyKey).map((a) => a.kind);
    expect(stage('river-fish')).toEqual([]);
    expect(stage('school-zone')).toEqual([]);
    expect(stage('vaccine')).toEqual(['see-alert']);
    expect(stage('care-home')).toEqual(['see-alert', 'confirm-alert']);
    expect(stage('elevator')).toEqual(['see-alert', 'confirm-alert', 'assign']);
    expect(stage('chem-leak').filter((k) => k === 'acknowledge')).toHaveLength(4);
    expect(stage('wage')).toContain('return');
    expect(stage('mall-smoke').at(-1)).toBe('false-alarm');
    expect(stage('medical-fee')).not.toContain('close');
    for (const closed of ['water-source', 'water-outage', 'mine-road'])
      expect(stage(closed).findLast((kind) => kind !== 'work')).toBe('close');
  });

  it('holds one press conference and waives one, by a leader and before it is owed', () => {
    const [waived] = acts.filter((a) => a.kind === 'work' && a.work.do === 'waive-conference');
    const confirmed = acts.find((a) => a.kind === 'confirm-alert' && waived?.kind === 'work' && a.storyKey === waived.storyKey);
    if (waived?.kind !== 'work' || confirmed?.kind !== 'confirm-alert') throw new Error('none is waived');
    expect(confirmed.severity).toBe('II');
    expect(DEMO_PEOPLE.find((p) => p.username === waived.by)!.role).toBe('supervisor');
    expect(waived.at.getTime() - confirmed.occurredAt!.getTime()).toBeLessThan(24 * 3_600_000);
  });

  it.each([
    ['chem-leak', 5, 1.5],
    ['school-canteen', 48, 18],
    ['parking-fee', 48, -2],
  ])('the clock of %s (%d h) has %d h left', (storyKey, hours, left) => {
    const start = steps.find((s) => 'storyKey' in s && s.storyKey === storyKey)!.at;
    const confirmed = acts.find((a) => a.kind === 'confirm-alert' && a.storyKey === storyKey);
    const from = (confirmed?.kind === 'confirm-alert' && confirmed.occurredAt) || start;
    expect((from.getTime() + hours * 3_600_000 - NOW.getTime()) / 3_600_000).toBeCloseTo(left, 2);
  });

  it('proves only with pages that the site publishes at that time', () => {
    const pages = new Map(officialPages(NOW).map((p) => [p.path, p]));
    const proofs = acts.flatMap((a) => {
      const evidence = a.kind === 'work' && a.work.do === 'publish-statement' ? a.work.evidence : 'evidence' in a ? a.evidence : null;
      return evidence ? [{ at: a.at, evidence }] : [];
    });
    expect(proofs.map((p) => p.evidence.kind).sort()).toEqual(['press-conference', 'statement', 'statement', 'statement', 'statement']);
    for (const { at, evidence } of proofs) {
      expect(pages.get(evidence.path)!.publishedAt).toEqual(evidence.publishedAt);
      expect(evidence.publishedAt.getTime()).toBeLessThan(at.getTime());
      expect(evidenceRequest(evidence, 'http://127.0.0.1:8621').url).toBe(`http://127.0.0.1:8621${evidence.path}`);
    }
  });
});

describe('the people', () => {
  it('have ids, names and usernames of their own', () => {
    const all = DEMO_PEOPLE.length;
    for (const key of ['id', 'username', 'name', 'phone', 'email'] as const) expect(new Set(DEMO_PEOPLE.map((p) => p[key])).size).toBe(all);
    const count = (role: string) => DEMO_PEOPLE.filter((p) => p.role === role).length;
    expect(['duty-officer', 'supervisor', 'administrator', 'department-lead'].map(count)).toEqual([6, 5, 1, all - 12]);
  });

  it('leave no department without a lead, so that whatever is suggested can be signed', () => {
    const led = DEMO_PEOPLE.flatMap(({ departmentId }) => departmentId ?? []);
    expect([...led].sort()).toEqual([...departmentIds].sort());
  });

  it('have telephone numbers that nobody can be given', () => {
    for (const { phone } of DEMO_PEOPLE) expect(phone).toMatch(/^0600-0\d{6}$/);
  });

  it('are on duty by the roster of config/duty.yaml', () => {
    expect(DEMO_ROSTER).toEqual(readDutyRoster(CONFIG));
  });
});
