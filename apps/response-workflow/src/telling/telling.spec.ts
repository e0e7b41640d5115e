import { randomUUID } from 'node:crypto';
import type { NoticeRequestedV1 } from '@huiying/contracts';
import type { AlertDetail, ChannelTest, ChannelView, MyTelling, NoticeView, Page, TaskDetail, ToldView } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { Alerts, isPipelineIdle, type Database } from '@huiying/persistence';
import { channelsFile } from '@huiying/settings';
import { FeishuVendor, WebhookVendor } from '../../../../test/support/vendors.js';
import { classified, eventually, freshCity, type LoggedIn, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { demoPerson } from '../../../standalone/src/demo/people.js';
import { PeopleDesk } from '../accounts/index.js';
import { CaseDesk } from '../cases/index.js';
import { ChannelBook, ChannelHealth, DeliverySender, NoticeKeeper } from '../notifying/index.js';
import { AssignmentDesk } from '../tasks/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { ChannelWatch, expiryThreshold } from './index.js';

const START = '2026-11-18T01:00:00Z';

it.each([
  [15, null],
  [14, 14],
  [8, 14],
  [7, 7],
  [3, 3],
  [2, 3],
  [1, 1],
  [0, 0],
  [-1, -1],
  [-30, -1],
])('with %i days left the threshold is %s', (left, threshold) => expect(expiryThreshold(left)).toBe(threshold));

describe('telling', () => {
  const hook = new WebhookVendor('s');
  let feishu: FeishuVendor;
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  const the = <T>(token: new (...args: never[]) => T): T => city.app.get(token, { strict: false });
  const settle = () => eventually(() => isPipelineIdle(database), 'quiet');
  const sendAll = async () => {
    await settle();
    while ((await the(DeliverySender).sendDue()) > 0);
  };
  const tell = async (username: string, more: Partial<NoticeRequestedV1['data']> = {}) => {
    const noticeId = randomUUID();
    const data = {
      ...{
        noticeId,
        fact: `desk:${randomUUID()}`,
        recipientId: demoPerson(username).id,
        urgency: 'urgent' as const,
        severity: 'II' as const,
      },
      ...{ title: '【II级预警】<b>望北</b>化工园', body: '夜里冒黄烟', link: '/alerts/1' },
      ...more,
    };
    const occurredAt = clock.now().toISOString();
    await the(NoticeKeeper).keep([{ id: randomUUID(), type: 'notice.requested', version: 1, occurredAt, causedBy: null, data }]);
    await sendAll();
    return noticeId;
  };
  /** The one-time link as the last message to the webhook held it. */
  const linkTo = (noticeId: string): string => {
    const sent = hook.taken.map(({ body }) => JSON.parse(body) as { notices: { noticeId: string; acknowledgeUrl: string }[] });
    return new URL(sent.flatMap(({ notices }) => notices).find((one) => one.noticeId === noticeId)!.acknowledgeUrl).pathname;
  };
  const ofNotice = async (id: string) => {
    const leader = await city.logIn('zhoumingyuan');
    const { items } = (await leader.get<Page<ToldView>>('/api/telling')).body;
    return items.find((one) => one.id === id)!;
  };

  beforeAll(async () => {
    feishu = new FeishuVendor('t', 'f', { now: () => clock.now() });
    await Promise.all([hook.start(), feishu.start()]);
    const channels = channelsFile.parse({
      channels: [
        { id: 'hook', kind: 'webhook', url: hook.url },
        { id: 'feishu', kind: 'feishu', url: feishu.url, expiresAt: '2026-11-24', roles: ['duty-officer', 'administrator'] },
      ],
    }).channels;
    ({ city, clock, database, drop } = await freshCity(
      START,
      {
        HUIYING_CHANNEL_ALLOW: `${hook.address},${feishu.address}`,
        HUIYING_CHANNEL_SECRETS: 'hook.secret:s,feishu.token:t,feishu.secret:f',
        HUIYING_SECRET_KEY: 'ab'.repeat(32),
      },
      { runsByItself: false, channels },
    ));
  });
  afterAll(async () => {
    await city.stop();
    await Promise.all([hook.stop(), feishu.stop()]);
    await drop();
  });

  it('shows by a link whose word is asked for, and does nothing by that, however a scanner opens it', async () => {
    const id = await tell('luwenjing');
    const path = linkTo(id);
    for (const [method, headers] of [
      ['GET', {}],
      ['HEAD', {}],
      ['GET', { 'sec-purpose': 'prefetch', purpose: 'prefetch' }],
      ['OPTIONS', {}],
    ] as const)
      await fetch(`${city.url}${path}`, { method, headers });
    expect(await ofNotice(id)).toMatchObject({ readAt: null, acknowledged: null });
    const page = await city.ask<string>('GET', path);
    expect(page.status).toBe(200);
    expect(page.body).toContain('我是陆文婧，已知悉');
    expect(page.body).toContain('&#60;b&#62;望北');
    expect(page.body).not.toMatch(/<script|<b>/);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
    expect((await city.ask('POST', path)).status).toBe(400);
    expect((await ofNotice(id)).acknowledged).toBeNull();
  });

  it('acknowledges once, in the name of its person, and ends what is still being sent', async () => {
    feishu.trouble = 'busy';
    const id = await tell('luwenjing');
    feishu.trouble = null;
    const path = `${linkTo(id)}?confirm=yes`;
    const answers = await Promise.all([1, 2, 3].map(() => city.ask<string>('POST', path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.filter(({ body }) => body.includes('此前已确认'))).toHaveLength(2);
    const told = await ofNotice(id);
    expect(told).toMatchObject({ acknowledged: { by: 'link', at: clock.now().toISOString() } });
    expect(Object.fromEntries(told.deliveries.map(({ channel, state }) => [channel, state]))).toEqual({
      ...{ console: 'accepted', hook: 'accepted', feishu: 'skipped' },
    });
    const audit = await database.query<{ who: string; origin: string }>(`SELECT who, origin FROM workflow.audit WHERE subject = $1`, [
      `notice:${id}`,
    ]);
    expect(audit).toEqual([{ who: '陆文婧', origin: expect.stringContaining('消息链接') }]);
  });

  it('refuses a link that is too old, changed, or of an account that is closed', async () => {
    const id = await tell('luwenjing');
    const path = linkTo(id);
    clock.advance({ hours: 24, minutes: 1 });
    expect((await city.ask<string>('POST', `${path}?confirm=yes`)).status).toBe(410);
    expect((await ofNotice(id)).acknowledged).toBeNull();
    expect((await city.ask('POST', `${path.slice(0, -3)}AAA?confirm=yes`)).status).toBe(404);
    expect((await city.ask('GET', '/a/nothing')).status).toBe(404);
    const other = await tell('songqinglan');
    await database.query(`UPDATE workflow.person SET disabled_at = now() WHERE username = 'songqinglan'`);
    expect((await city.ask('POST', `${linkTo(other)}?confirm=yes`)).status).toBe(404);
    await database.query(`UPDATE workflow.person SET disabled_at = NULL WHERE username = 'songqinglan'`);
  });

  it('does what goes with it: the alert is seen, the task is signed, what climbs stops', async () => {
    const event = classified(clock, { level: 'II' });
    await city.publish(event);
    const alert = await eventually(async () => (await new Alerts(database).page({ sort: 'newest' }, null, 1)).items[0], 'the alert');
    await sendAll();
    const noticeOf = async (fact: string) =>
      (
        await database.query<{ id: string; name: string }>(
          `SELECT n.notice_id AS id, p.name FROM workflow.notice n JOIN workflow.person p ON p.person_id = n.recipient_id WHERE fact = $1 ORDER BY p.role`,
          [fact],
        )
      )[0]!;
    const raised = await noticeOf(`alert:${alert.id}:raised`);
    const page = await city.ask<string>('POST', `${linkTo(raised.id)}?confirm=yes`);
    expect(page.body).toContain('预警已标为知悉');
    const leader = await city.logIn('zhoumingyuan');
    expect((await leader.get<AlertDetail>(`/api/alerts/${alert.id}`)).body.state).toBe('seen');
    expect((await leader.get<{ acknowledged: { by: string } }[]>(`/api/alerts/${alert.id}/escalations`)).body[0]!.acknowledged.by).toBe(
      raised.name,
    );
    const actor = await the(PeopleDesk).actor('luwenjing', 'spec');
    const { caseId } = await the(CaseDesk).confirm(alert.id, { severity: 'II', reason: '属实' }, actor);
    const { taskIds } = await the(AssignmentDesk).assign(
      caseId,
      { tasks: [{ departmentId: 'emergency', role: 'lead', instruction: '核实' }] },
      actor,
    );
    await sendAll();
    const signed = await city.ask<string>('POST', `${linkTo((await noticeOf(`task:${taskIds[0]!}:assigned`)).id)}?confirm=yes`);
    expect(signed.body).toContain('任务已签收');
    expect((await leader.get<TaskDetail>(`/api/tasks/${taskIds[0]!}`)).body).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: '郭铁山',
    });
    const ofCase = (await leader.get<ToldView[]>(`/api/cases/${caseId}/telling`)).body;
    expect(ofCase.map(({ title }) => title.slice(0, 4))).toEqual(expect.arrayContaining(['【交办】', '【II级']));
    const lead = await city.logIn('guotieshan');
    expect((await lead.get<ToldView[]>(`/api/cases/${caseId}/telling`)).body.every(({ recipientName }) => recipientName === '郭铁山')).toBe(
      true,
    );
  });

  it('is acknowledged on the console by its own person only', async () => {
    const id = await tell('tanyulin');
    const [tan, lu] = await Promise.all([city.logIn('tanyulin'), city.logIn('luwenjing')]);
    expect((await lu.post(`/api/notices/${id}/acknowledge`)).status).toBe(404);
    expect((await tan.post(`/api/notices/${id}/acknowledge`)).status).toBe(200);
    expect((await tan.post(`/api/notices/${id}/acknowledge`)).status).toBe(200);
    const mine = (await tan.get<Page<NoticeView>>('/api/notices')).body.items.find((one) => one.id === id)!;
    expect([mine.acknowledgedAt, mine.readAt]).toEqual([clock.now().toISOString(), clock.now().toISOString()]);
    expect((await city.ask<string>('POST', `${linkTo(id)}?confirm=yes`)).body).toContain('此前已确认');
  });

  it('is a ledger that is searched, filtered and exported, and not for departments', async () => {
    hook.trouble = 'expired';
    await tell('tanyulin', { title: '=cmd|发不出', urgency: 'urgent' });
    hook.trouble = null;
    const leader = await city.logIn('zhoumingyuan');
    const found = async (search: string) => (await leader.get<Page<ToldView>>(`/api/telling?${search}`)).body.items;
    expect((await found(`q=${encodeURIComponent('发不出')}`)).every(({ title }) => title.includes('发不出'))).toBe(true);
    expect((await found('state=failed')).map(({ title }) => title)).toContain('=cmd|发不出');
    expect((await found('state=acknowledged')).every(({ acknowledged }) => acknowledged !== null)).toBe(true);
    expect((await found(`person=${demoPerson('guotieshan').id}`)).every(({ recipientName }) => recipientName === '郭铁山')).toBe(true);
    const csv = (await leader.get<string>('/api/telling.csv?state=failed')).body;
    expect(csv).toContain('通知台账');
    expect(csv).toMatch(/"?'=cmd\|发不出/);
    expect(csv).toMatch(/接口推送.*(重试中|未送出)/);
    expect((await (await city.logIn('guotieshan')).get('/api/telling')).status).toBe(403);
  });

  it('lets everybody choose channels and quiet hours, and names what is wrong', async () => {
    const lu = await city.logIn('luwenjing');
    const before = (await lu.get<MyTelling>('/api/me/telling')).body;
    expect(before.channels.map(({ channel, isOn, reaches }) => [channel, isOn, reaches])).toEqual([
      ['hook', true, 'luwenjing'],
      ['feishu', true, '陆文婧'],
    ]);
    const put = (body: unknown) => city.ask<MyTelling>('PUT', '/api/me/telling', body, { cookie: lu.cookie, origin: city.url });
    const wanted = {
      channels: [
        { channel: 'feishu', isOn: true, address: 'ou_84aad35d084aa403a838cf73ee18467' },
        { channel: 'hook', isOn: false, address: null },
      ],
      quiet: [{ from: '22:00', to: '07:00', days: 'every' }],
    };
    expect((await put(wanted)).body.channels.map(({ channel, isOn }) => [channel, isOn])).toEqual([
      ['feishu', true],
      ['hook', false],
    ]);
    const id = await tell('luwenjing');
    expect((await ofNotice(id)).deliveries.map(({ channel }) => channel)).toEqual(['console', 'feishu']);
    const called = '<at user_id="ou_84aad35d084aa403a838cf73ee18467">陆文婧</at> 【II级预警】';
    expect(feishu.taken.some(({ text }) => text.startsWith(called))).toBe(true);
    expect(await put({ ...wanted, channels: [{ channel: 'fax', isOn: true, address: null }] })).toMatchObject({ status: 400 });
    expect(await put({ ...wanted, quiet: [{ from: '22:00', to: '22:00', days: 'every' }] })).toMatchObject({ status: 400 });
    expect(await put({ ...wanted, quiet: [{ from: '25:00', to: '07:00', days: 'every' }] })).toMatchObject({ status: 400 });
  });

  it('shows how the channels fare, lets an administrator send a test, and shows no secret', async () => {
    const admin = await city.logIn('linkaiwen');
    const test = async (channel: string) => (await admin.post<ChannelTest>(`/api/channels/${channel}/test`)).body;
    expect(await test('feishu')).toMatchObject({ outcome: 'accepted' });
    expect(feishu.taken.at(-1)!.text).toContain('渠道测试');
    feishu.trouble = 'expired';
    expect(await test('feishu')).toMatchObject({ outcome: 'broken', said: expect.stringContaining('19021') });
    const one = async (who: LoggedIn) => (await who.get<ChannelView[]>('/api/channels')).body.find(({ channel }) => channel === 'feishu')!;
    expect(await one(admin)).toMatchObject({ brokenReason: expect.stringContaining('sign'), expiresAt: '2026-11-24' });
    feishu.trouble = null;
    expect(await test('feishu')).toMatchObject({ outcome: 'accepted' });
    expect(await one(admin)).toMatchObject({ brokenSince: null });
    expect(JSON.stringify((await admin.get('/api/channels')).body)).not.toMatch(/"(s|t|f)"/);
    expect((await admin.post('/api/channels/nothing/test')).status).toBe(404);
    expect((await (await city.logIn('luwenjing')).post('/api/channels/feishu/test')).status).toBe(403);
  });

  it('warns of a credential that runs out, once for each threshold', async () => {
    clock.set(new Date('2026-11-20T01:00:00Z'));
    const titles = async () => {
      await settle();
      const admin = await city.logIn('linkaiwen');
      return (await admin.get<Page<NoticeView>>('/api/notices')).body.items
        .map(({ title }) => title)
        .filter((title) => title.includes('密钥'));
    };
    // As another process would look, too.
    const look = () => new ChannelWatch(the(WorkflowStore), the(ChannelBook), the(ChannelHealth), clock).look();
    await look();
    await look();
    expect(await titles()).toEqual(['【渠道密钥到期】飞书的密钥还有 4 天到期']);
    clock.set(new Date('2026-11-21T01:00:00Z'));
    await look();
    expect(await titles()).toEqual(['【渠道密钥到期】飞书的密钥还有 3 天到期', '【渠道密钥到期】飞书的密钥还有 4 天到期']);
  });
});
