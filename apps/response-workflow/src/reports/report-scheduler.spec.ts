import type { ReportIssueLine, ReportSchedulesView } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import type { Database } from '@huiying/persistence';
import { freshCity, WorkflowCity } from '../../../../test/support/workflow-city.js';
import { ReportScheduler } from './report-scheduler.js';

const at = (time: string) => new Date(`${time}+08:00`);

describe('drafts by schedule', () => {
  let city: WorkflowCity;
  let other: WorkflowCity;
  let clock: MovableClock;
  let url: string;
  let database: Database;
  let drop: () => Promise<void>;

  const tick = async (...cities: WorkflowCity[]): Promise<void> => {
    const runs = cities.map(async (one) => {
      while ((await one.app.get(ReportScheduler, { strict: false }).tick()) > 0);
    });
    await Promise.all(runs);
  };
  const ask = async <T>(path: string, who = 'luwenjing'): Promise<T> => (await (await city.logIn(who)).get<T>(path)).body;
  const issues = () => ask<ReportIssueLine[]>('/api/reports/issues');
  const view = () => ask<ReportSchedulesView>('/api/reports/schedules');

  beforeAll(async () => {
    ({ city, clock, url, database, drop } = await freshCity('2026-11-20T09:00:00+08:00', {}, { runsByItself: false }));
    other = await WorkflowCity.start(url, clock, {}, { runsByItself: false });
  }, 180_000);
  afterAll(async () => {
    await Promise.all([city.stop(), other.stop()]);
    await drop();
  });

  it('begins with the 周报 of Monday 08:00, and makes nothing before', async () => {
    await tick(city, other);
    const { schedules, runs } = await view();
    expect(schedules).toMatchObject([
      { kind: 'weekly', weekday: 1, time: '08:00', isOn: true, nextAt: at('2026-11-23T08:00:00').toISOString() },
    ]);
    expect(runs).toEqual([]);
    clock.set(at('2026-11-23T07:59:59'));
    await tick(city, other);
    expect(await issues()).toEqual([]);
  });

  it('makes one draft at its instant, of several processes once, and tells who is on duty', async () => {
    clock.set(at('2026-11-23T08:00:00'));
    await tick(city, other, city, other);
    expect(await issues()).toMatchObject([
      {
        firstDay: '2026-11-16',
        lastDay: '2026-11-22',
        state: 'draft',
        madeBy: '系统',
        scheduledFor: at('2026-11-23T08:00:00').toISOString(),
      },
    ]);
    const told = await database.query<{ key: string }>(
      `SELECT key FROM workflow.outbox WHERE topic = 'notice.requested' AND payload LIKE '%【报告草稿】%'`,
    );
    expect(told.length).toBeGreaterThan(0);
    expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
  });

  it('makes what an outage left undone, one by one, and says how late', async () => {
    await Promise.all([city.stop(), other.stop()]);
    clock.set(at('2026-12-07T10:30:00'));
    city = await WorkflowCity.start(url, clock, {}, { runsByItself: false });
    other = await WorkflowCity.start(url, clock, {}, { runsByItself: false });
    await tick(city, other);
    expect((await issues()).map(({ firstDay }) => firstDay)).toEqual(['2026-11-30', '2026-11-23', '2026-11-16']);
    expect((await view()).runs.map(({ firstDay, lateMinutes, outcome }) => [firstDay, lateMinutes, outcome])).toEqual([
      ['2026-11-30', 150, 'made'],
      ['2026-11-23', 150 + 7 * 24 * 60, 'made'],
      ['2026-11-16', null, 'made'],
    ]);
  });

  it('leaves a draft that somebody made before', async () => {
    clock.set(at('2026-12-14T00:05:00'));
    expect((await (await city.logIn('luwenjing')).post('/api/reports/issues', { week: '2026-12-07' })).status).toBe(200);
    clock.set(at('2026-12-14T08:00:00'));
    await tick(city, other);
    expect((await view()).runs[0]).toMatchObject({ firstDay: '2026-12-07', outcome: 'existed' });
    expect((await issues()).filter(({ firstDay }) => firstDay === '2026-12-07')).toHaveLength(1);
  });

  it('is laid down by a leader: a 日报 that waits for the next working day', async () => {
    const daily = { name: '值班日报', kind: 'daily', time: '08:30', onDayOff: 'move', isOn: true };
    expect((await (await city.logIn('luwenjing')).post('/api/reports/schedules', daily)).status).toBe(403);
    const leader = await city.logIn('yanshuhua');
    expect(await leader.post('/api/reports/schedules', { ...daily, time: '25:00' })).toMatchObject({
      status: 400,
      body: { faults: [{ field: 'time' }] },
    });
    expect(await leader.post('/api/reports/schedules', { ...daily, kind: 'monthly' })).toMatchObject({
      body: { faults: [{ field: 'monthDay' }] },
    });
    expect((await leader.post('/api/reports/schedules', daily)).status).toBe(200);
    clock.set(at('2026-12-19T09:00:00')); // Saturday
    await tick(city, other);
    const made = () => issues().then((all) => all.filter(({ kind }) => kind === 'daily').map(({ firstDay }) => firstDay));
    expect(await made()).toEqual(['2026-12-17', '2026-12-16', '2026-12-15', '2026-12-14', '2026-12-13', '2026-12-12', '2026-12-11']);
    clock.set(at('2026-12-21T09:00:00')); // Monday: of Friday, Saturday and Sunday
    await tick(city, other);
    expect((await made()).slice(0, 3)).toEqual(['2026-12-20', '2026-12-19', '2026-12-18']);
    expect((await view()).runs.find(({ firstDay }) => firstDay === '2026-12-18')).toMatchObject({ movedBecause: '周六', lateMinutes: 30 });
    const [first] = await issues();
    expect(first).toMatchObject({ kind: 'daily', title: '望川市政务舆情日报', issue: '2026年第354期' });
  });

  it('does not run while it is off, and does not make up for that', async () => {
    const leader = await city.logIn('yanshuhua');
    const { schedules } = await view();
    const { id, name } = schedules.find(({ kind }) => kind === 'daily')!;
    const daily = { name, kind: 'daily', time: '08:30', onDayOff: 'anyway' };
    await leader.post(`/api/reports/schedules/${id}`, { ...daily, isOn: false });
    clock.set(at('2026-12-24T09:00:00'));
    await tick(city, other);
    await (await city.logIn('yanshuhua')).post(`/api/reports/schedules/${id}`, { ...daily, isOn: true });
    await tick(city, other);
    expect((await issues()).filter(({ kind, firstDay }) => kind === 'daily' && firstDay > '2026-12-20')).toEqual([]);
    expect((await (await city.logIn('yanshuhua')).post(`/api/reports/schedules/${id}/remove`)).status).toBe(204);
    expect((await view()).schedules).toHaveLength(1);
  });
});
