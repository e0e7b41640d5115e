import type { DutyFeed, DutyPlan, HandoverContent, HandoverView, NoticeView, OnDuty, Page, SwapView } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { isPipelineIdle, type Database, type Queries } from '@huiying/persistence';
import { classified, eventually, freshCity, type LoggedIn, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { demoPerson } from '../../../standalone/src/demo/people.js';
import { DutyDesk } from '../duty/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { DutyPlanDesk, DutyWatch, inForce, spanWords } from './index.js';

/** 2026-11-18, a Wednesday, 09:00 in China. */
const START = '2026-11-18T01:00:00Z';
const id = (username: string) => demoPerson(username).id;
const east = (text: string) => `2026-11-${text}:00+08:00`;

it.each([
  ['2026-11-18T00:00:00Z', '2026-11-18T12:00:00Z', '11-18 08:00 至 20:00'],
  ['2026-11-18T12:00:00Z', '2026-11-19T00:00:00Z', '11-18 20:00 至 08:00'],
  ['2026-11-18T00:00:00Z', '2026-11-20T00:00:00Z', '11-18 08:00 至 11-20 08:00'],
])('%s to %s reads %s', (from, to, words) => expect(spanWords(new Date(from), new Date(to))).toBe(words));

it('takes from the roster what an override covers, at its edges too', () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 10, 18, hour));
  const turn = (personId: string, from: number, to: number, isOverride: boolean) => ({
    personId,
    duty: 'officer' as const,
    from: at(from),
    to: at(to),
    isOverride,
  });
  const lived = inForce([turn('lu', 0, 12, false), turn('tan', 12, 24, false), turn('he', 6, 14, true)]);
  expect(lived.map(({ personId, from, to }) => [personId, from.getUTCHours(), to.getUTCHours() || 24])).toEqual([
    ['lu', 0, 6],
    ['he', 6, 12],
    ['he', 12, 14],
    ['tan', 14, 24],
  ]);
});

describe('duty', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let leader: LoggedIn;
  let officers: Record<string, LoggedIn>;
  const settle = () => eventually(() => isPipelineIdle(database), 'quiet');
  const plan = async (who = leader) => (await who.get<DutyPlan>('/api/duty/plan?from=2026-11-18&days=7')).body;
  const onShift = async (date: string, name: string) => {
    const day = (await plan()).days.find((one) => one.date === date)!;
    return day.shifts.find((shift) => shift.name === name)!.officers.map(({ name: who }) => who);
  };
  const nameOf = (username: string) => demoPerson(username).name;
  const byName = (name: string) => Object.keys(officers).find((username) => nameOf(username) === name)!;
  const titles = async (who: LoggedIn) => {
    await settle();
    return (await who.get<Page<NoticeView>>('/api/notices')).body.items.map(({ title }) => title);
  };

  beforeAll(async () => {
    ({ city, clock, database, drop } = await freshCity(START, {}, { runsByItself: false }));
    leader = await city.logIn('zhoumingyuan');
    const names = ['luwenjing', 'hesiyuan', 'tanyulin', 'jiangminzhi', 'fuguanqun', 'songqinglan'];
    officers = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await city.logIn(name)] as const)));
  });
  beforeEach(() => clock.set(new Date(START)));
  afterAll(async () => {
    await city.stop();
    await drop();
  });

  it('shows a week of shifts with the kind of each day, and who one is oneself', async () => {
    const { days, gaps } = await plan();
    expect(days.map(({ why }) => why.slice(0, 2))).toEqual(['周三', '周四', '周五', '周六', '周日', '周一', '周二']);
    expect(
      days.every(({ shifts }) => shifts.length === 2 && shifts.every((shift) => shift.officers.length === 1 && shift.leaders.length === 1)),
    ).toBe(true);
    expect(gaps).toEqual([]);
    const [first] = days[0]!.shifts[0]!.officers;
    const mine = await plan(officers[byName(first!.name)]);
    expect(mine.days[0]!.shifts[0]!.officers[0]!.isMe).toBe(true);
    expect((await (await city.logIn('guotieshan')).get('/api/duty/plan')).status).toBe(403);
  });

  it('is changed by a leader, on every page at once, both are told, and it can be taken back', async () => {
    const [before] = await onShift('2026-11-18', '白班');
    const other = Object.keys(officers).find((one) => nameOf(one) !== before)!;
    const request = { duty: 'officer', from: east('18T08:00'), to: east('18T20:00'), personId: id(other), reason: '病假' };
    expect((await officers[other]!.post('/api/duty/changes', request)).status).toBe(403);
    expect((await leader.post('/api/duty/changes', { ...request, personId: id('guotieshan') })).status).toBe(400);
    expect((await leader.post('/api/duty/changes', { ...request, to: request.from })).status).toBe(400);
    const { changeId } = (await leader.post<{ changeId: string }>('/api/duty/changes', request)).body;
    const now = (await leader.get<OnDuty>('/api/duty')).body.now.filter(({ duty }) => duty === 'officer');
    expect(now.map(({ name }) => name)).toEqual([nameOf(other)]);
    for (const one of [other, byName(before!)]) expect((await titles(officers[one]!))[0]).toContain('【调班】11-18 08:00');
    expect((await leader.post(`/api/duty/changes/${changeId}/cancel`)).status).toBe(204);
    expect((await leader.post(`/api/duty/changes/${changeId}/cancel`)).status).toBe(404);
    expect(await onShift('2026-11-18', '白班')).toEqual([before]);
  });

  it('is swapped when asked and agreed to, and not before', async () => {
    const [[asker], [asked]] = [await onShift('2026-11-20', '白班'), await onShift('2026-11-21', '夜班')];
    const [by, of] = [byName(asker!), byName(asked!)];
    const request = { duty: 'officer', from: east('20T08:00'), askedOf: id(of), backFrom: east('21T20:00'), reason: '家中有事' };
    expect(await officers[of]!.post('/api/duty/swaps', { ...request, askedOf: id(by), backFrom: null })).toMatchObject({ status: 400 });
    const { swapId } = (await officers[by]!.post<{ swapId: string }>('/api/duty/swaps', request)).body;
    expect(await onShift('2026-11-20', '白班')).toEqual([asker]);
    expect((await titles(officers[of]!))[0]).toBe(`【换班申请】${asker!}`);
    const may = async (who: LoggedIn) => (await who.get<SwapView[]>('/api/duty/swaps')).body.find((one) => one.id === swapId)?.may;
    expect([await may(officers[by]!), await may(officers[of]!), await may(leader)]).toEqual([['withdraw'], ['agree', 'decline'], []]);
    expect((await officers[by]!.post(`/api/duty/swaps/${swapId}/agree`, {})).status).toBe(403);
    expect((await officers[of]!.post(`/api/duty/swaps/${swapId}/agree`, { answer: '好' })).status).toBe(204);
    expect([await onShift('2026-11-20', '白班'), await onShift('2026-11-21', '夜班')]).toEqual([[asked], [asker]]);
    expect(await officers[by]!.post(`/api/duty/swaps/${swapId}/withdraw`, {})).toMatchObject({
      status: 409,
      body: { code: 'swap-settled' },
    });
    expect((await plan()).changes.filter(({ isSwap }) => isSwap)).toHaveLength(2);
  });

  it('is not swapped twice, nor once it began', async () => {
    const [asker] = await onShift('2026-11-23', '白班');
    const [others] = [Object.keys(officers).filter((one) => nameOf(one) !== asker)];
    const ask = async (of: string) =>
      officers[byName(asker!)]!.post<{ swapId: string }>('/api/duty/swaps', {
        duty: 'officer',
        from: east('23T08:00'),
        askedOf: id(of),
        reason: '有事',
      });
    const free: string[] = [];
    const swaps: string[] = [];
    for (const one of others) {
      const answer = await ask(one);
      if (answer.status !== 201) continue;
      free.push(one);
      swaps.push(answer.body.swapId);
    }
    expect(free.length).toBeGreaterThan(2);
    const agree = (i: number) => officers[free[i]!]!.post(`/api/duty/swaps/${swaps[i]!}/agree`, {});
    expect((await agree(0)).status).toBe(204);
    expect(await agree(1)).toMatchObject({ status: 409, body: { code: 'not-your-shift' } });
    const late = free[2]!;
    clock.set(new Date(east('23T08:00')));
    officers[late] = await city.logIn(late);
    expect(await officers[late].post(`/api/duty/swaps/${swaps[2]!}/agree`, {})).toMatchObject({
      status: 409,
      body: { code: 'shift-begun' },
    });
  });

  it('is handed over with what is open, signed by two', async () => {
    await city.publish(classified(clock, { level: 'II', title: '交接时未处置' }));
    leader = await city.logIn('zhoumingyuan');
    await eventually(async () => (await leader.get<HandoverContent>('/api/duty/handover')).body.alerts[0], 'the alert');
    const [giver, taker] = [await city.logIn('luwenjing'), await city.logIn('tanyulin')];
    const { handoverId } = (await giver.post<{ handoverId: string }>('/api/duty/handovers', { note: '化工园一事待应急局回话' })).body;
    expect(await giver.post(`/api/duty/handovers/${handoverId}/take`, {})).toMatchObject({ status: 409, body: { code: 'same-person' } });
    const takes = await Promise.all([1, 2].map(() => taker.post(`/api/duty/handovers/${handoverId}/take`, { remark: '已核对' })));
    expect(takes.map(({ status }) => status).sort()).toEqual([204, 409]);
    await database.query(`UPDATE workflow.alert SET state = 'false-alarm', decided_at = now()`);
    const [view] = (await leader.get<HandoverView[]>('/api/duty/handovers')).body;
    expect(view).toMatchObject({
      givenBy: { name: '陆文婧' },
      takenBy: { name: '谭雨林' },
      note: '化工园一事待应急局回话',
      remark: '已核对',
    });
    expect(view!.content.alerts.map(({ title }) => title)).toEqual(['交接时未处置']);
  });

  it('is a calendar behind a secret address, of one person, until another is made', async () => {
    const lu = await city.logIn('luwenjing');
    const { url } = (await lu.post<DutyFeed>('/api/duty/feed')).body;
    const path = new URL(url!).pathname;
    const calendar = await city.ask<string>('GET', path);
    expect(calendar.headers.get('content-type')).toContain('text/calendar');
    expect(calendar.body).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(calendar.body.match(/BEGIN:VEVENT/g)!.length).toBeGreaterThan(5);
    expect(calendar.body).not.toContain('谭雨林');
    expect((await lu.get<DutyFeed>('/api/duty/feed')).body).toMatchObject({ url: null, madeAt: expect.any(String) });
    await lu.post('/api/duty/feed');
    expect((await city.ask('GET', path)).status).toBe(404);
    expect((await city.ask('GET', '/api/duty/calendar/nothing.ics')).status).toBe(404);
  });

  it('knows at once who may be told when an account or the plan changes, also in the transaction that changes it', async () => {
    const desk = city.app.get(DutyDesk, { strict: false });
    const at = clock.now();
    const seen = async (on: Queries = database) => {
      const { onDuty, dutyOfficers, people } = await desk.tellable(on, at);
      const names = (ids: readonly string[]) => ids.map((one) => people.get(one)!.username).sort();
      return { onDuty: names(onDuty.map(({ personId }) => personId)), officers: names(dutyOfficers) };
    };
    const before = await seen();
    const [officer] = before.onDuty.filter((username) => before.officers.includes(username));
    const other = before.officers.find((username) => username !== officer)!;
    await expect(
      database.transaction(async (tx) => {
        await tx.query(`UPDATE workflow.person SET disabled_at = now() WHERE username = $1`, [other]);
        expect(await seen()).toEqual(before);
        expect((await seen(tx)).officers).toEqual(before.officers.filter((username) => username !== other));
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    await database.query(`UPDATE workflow.person SET phone = '0571-00000000' WHERE username = $1`, [other]);
    expect(await seen()).toEqual(before);
    const change = { duty: 'officer', from: START, to: '2026-11-18T02:00:00Z', personId: id(other), reason: '临时顶班' };
    expect((await leader.post('/api/duty/changes', change)).status).toBeLessThan(300);
    expect((await seen()).onDuty).toEqual(before.onDuty.map((username) => (username === officer ? other : username)).sort());
    expect((await desk.tellable(database, new Date('2026-11-18T02:00:00Z'))).onDuty.map(({ personId }) => personId)).toContain(
      id(officer!),
    );
  });

  it('warns leaders and administrators of a stretch that nobody covers, once', async () => {
    await database.query(
      `UPDATE workflow.person SET disabled_at = now() WHERE username IN ('tanyulin', 'jiangminzhi', 'fuguanqun', 'songqinglan')`,
    );
    const the = <T>(token: new (...args: never[]) => T): T => city.app.get(token, { strict: false });
    const watch = () => new DutyWatch(the(WorkflowStore), the(DutyPlanDesk), the(DutyDesk), clock).look();
    await watch();
    await watch();
    leader = await city.logIn('zhoumingyuan');
    const warned = (await titles(leader)).filter((title) => title.startsWith('【值班空档】'));
    const { gaps } = await plan();
    expect(gaps.length).toBeGreaterThan(3);
    for (const { from, to } of gaps) expect(warned).toContain(`【值班空档】${spanWords(new Date(from), new Date(to))}`);
    expect(new Set(warned).size).toBe(warned.length);
  });
});
