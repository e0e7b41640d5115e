import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NoticeRequestedV1 } from '@huiying/contracts';
import type { NoticeView, Page } from '@huiying/contracts/http';
import type { MovableClock, QuietWindow } from '@huiying/domain';
import { isPipelineIdle, TellingPreferences, type Database } from '@huiying/persistence';
import { channelsFile } from '@huiying/settings';
import { GatewayVendor, WebhookVendor, WecomVendor } from '../../../../test/support/vendors.js';
import { eventually, freshCity, leasesRunOut, WorkflowCity } from '../../../../test/support/workflow-city.js';
import { demoPerson } from '../../../standalone/src/demo/people.js';
import { ChannelBook, DeliverySender, NoticeKeeper } from './index.js';

/** 2026-11-18, a Wednesday, 22:30 in China. */
const NIGHT = '2026-11-18T14:30:00Z';
const MORNING = '2026-11-18T23:00:00Z';
const NIGHTLY: QuietWindow = { from: '22:00', to: '07:00', days: 'every' };
const id = (username: string) => demoPerson(username).id;

describe('reaching people', () => {
  const wecom = new WecomVendor('k');
  const hook = new WebhookVendor('s');
  const gateway = new GatewayVendor('g');
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let url: string;
  let drop: () => Promise<void>;
  const home = mkdtempSync(join(tmpdir(), 'huiying-reaching-'));
  let env: Record<string, string>;
  const options = () => ({
    runsByItself: false,
    channels: channelsFile.parse({
      channels: [
        { id: 'wecom', kind: 'wecom', url: wecom.url, perMinute: 20, bundleSeconds: 30 },
        { id: 'hook', kind: 'webhook', url: hook.url },
      ],
    }).channels,
  });
  const the = <T>(token: new (...args: never[]) => T, of = city): T => of.app.get(token, { strict: false });
  const sendAll = async () => {
    for (let rounds = 0; rounds < 60; rounds++) if ((await the(DeliverySender).sendDue()) === 0) return;
  };
  const request = (username: string, more: Partial<NoticeRequestedV1['data']> = {}): NoticeRequestedV1 => ({
    id: randomUUID(),
    type: 'notice.requested',
    version: 1,
    occurredAt: clock.now().toISOString(),
    causedBy: null,
    data: {
      ...{ noticeId: randomUUID(), fact: `alert:${randomUUID()}:raised`, recipientId: id(username) },
      ...{ urgency: 'normal', title: '【提醒】持续发布', body: '已满 24 小时。', link: '/cases/1' },
      ...more,
    },
  });
  const tell = async (username: string, more: Partial<NoticeRequestedV1['data']> = {}) => {
    const event = request(username, more);
    await the(NoticeKeeper).keep([event]);
    return event.data.noticeId;
  };
  const fate = async (noticeId: string) => {
    const rows = await database.query<{ channel: string; state: string }>(
      `SELECT channel, state FROM workflow.delivery WHERE notice_id = $1 AND channel <> 'console' ORDER BY channel`,
      [noticeId],
    );
    return Object.fromEntries(rows.map(({ channel, state }) => [channel, state]));
  };
  const quiet = (username: string, windows: QuietWindow[]) =>
    new TellingPreferences(database).keep({ personId: id(username), channels: [], quiet: windows }, clock.now());

  beforeAll(async () => {
    await Promise.all([wecom.start(), hook.start(), gateway.start()]);
    env = {
      HUIYING_CHANNEL_ALLOW: [wecom, hook, gateway].map(({ address }) => address).join(','),
      HUIYING_CHANNEL_SECRETS: 'wecom.key:k,hook.secret:s',
      HUIYING_SECRET_KEY: 'ab'.repeat(32),
      HUIYING_DATA_DIR: home,
    };
    ({ city, clock, database, drop, url } = await freshCity(NIGHT, env, options()));
  });
  beforeEach(() => {
    clock.set(new Date(NIGHT));
    for (const vendor of [wecom, hook]) vendor.taken.length = 0;
  });
  afterEach(async () => {
    await eventually(() => isPipelineIdle(database), 'the end of what the test began');
    for (const vendor of [wecom, hook]) vendor.trouble = null;
    await database.query(`DELETE FROM workflow.telling_preference`);
    await database.query(`DELETE FROM workflow.channel`);
    await database.query(`UPDATE workflow.delivery SET next_attempt_at = NULL`);
  });
  afterAll(async () => {
    await city.stop();
    await Promise.all([wecom.stop(), hook.stop(), gateway.stop()]);
    rmSync(home, { recursive: true });
    await drop();
  });

  it('sends what is urgent over every channel, the rest over the first', async () => {
    const urgent = await tell('luwenjing', { urgency: 'urgent', severity: 'II' });
    const normal = await tell('hesiyuan');
    clock.advance({ seconds: 30 });
    await sendAll();
    expect([await fate(urgent), await fate(normal)]).toEqual([{ hook: 'accepted', wecom: 'accepted' }, { wecom: 'accepted' }]);
  });

  it('bundles what comes within half a minute for one person, and nobody else’s', async () => {
    for (let i = 0; i < 5; i++) await tell('hesiyuan', { title: `第${i + 1}件` });
    await tell('tanyulin', { title: '另一人的' });
    await sendAll();
    expect(wecom.taken).toHaveLength(0);
    clock.advance({ seconds: 30 });
    await sendAll();
    const texts = wecom.taken.map(({ text }) => text).sort();
    expect(texts).toHaveLength(2);
    expect(texts.find((text) => text.includes('5 条通知'))).toMatch(/第\d件(.*第\d件){4}/s);
    expect(texts.find((text) => text.includes('另一人的'))).not.toContain('第1件');
  });

  it('sends no more in a minute than the channel takes, and loses none', async () => {
    const people = ['luwenjing', 'hesiyuan', 'tanyulin', 'jiangminzhi', 'fuguanqun', 'songqinglan'];
    const sentAt: number[] = [];
    for (let second = 0; second < 240; second += 10) {
      if (second < 100) for (const one of people) await tell(one, { urgency: 'urgent', severity: 'I', title: `${one} ${second}` });
      await sendAll();
      while (sentAt.length < wecom.taken.length) sentAt.push(second);
      clock.advance({ seconds: 10 });
    }
    const inMinute = sentAt.map((at) => sentAt.filter((one) => one >= at && one < at + 60).length);
    expect(Math.max(...inMinute)).toBeLessThanOrEqual(20);
    const words = wecom.taken.map(({ text }) => text).join('\n');
    for (const one of people) for (let second = 0; second < 100; second += 10) expect(words).toContain(`${one} ${second}\n`);
  });

  it('holds back in quiet hours and delivers in the morning; I and II, and who is on duty, are told at once', async () => {
    // 陆文婧 is on duty in this night; 傅冠群 is not.
    for (const one of ['tanyulin', 'fuguanqun', 'luwenjing', 'hesiyuan']) await quiet(one, [NIGHTLY]);
    const onDuty = (await (await city.logIn('zhoumingyuan')).get<{ now: { id: string; duty: string }[] }>('/api/duty')).body.now;
    const officer = ['luwenjing', 'hesiyuan', 'tanyulin', 'fuguanqun'].find((one) => onDuty.some((turn) => turn.id === id(one)))!;
    const asleep = ['fuguanqun', 'tanyulin'].find((one) => one !== officer)!;
    const held = await tell(asleep);
    const minor = await tell(asleep, { urgency: 'urgent', severity: 'III' });
    const grave = await tell(asleep, { urgency: 'urgent', severity: 'II' });
    const watching = await tell(officer);
    clock.advance({ seconds: 30 });
    await sendAll();
    expect(await Promise.all([held, minor, grave, watching].map(fate))).toEqual([
      { wecom: 'held' },
      { hook: 'held', wecom: 'held' },
      { hook: 'accepted', wecom: 'accepted' },
      { wecom: 'accepted' },
    ]);
    clock.set(new Date(Date.parse(MORNING) - 1_000));
    await sendAll();
    expect(await fate(held)).toEqual({ wecom: 'held' });
    clock.set(new Date(MORNING));
    await sendAll();
    expect(await Promise.all([held, minor].map(fate))).toEqual([{ wecom: 'accepted' }, { hook: 'accepted', wecom: 'accepted' }]);
  });

  it('does not wake anybody by a second try that falls into quiet hours', async () => {
    clock.set(new Date('2026-11-18T13:59:00Z')); // 21:59
    await quiet('fuguanqun', [NIGHTLY]);
    wecom.trouble = 'down';
    const late = await tell('fuguanqun');
    clock.advance({ seconds: 40 });
    await sendAll();
    wecom.trouble = null;
    clock.set(new Date('2026-11-18T15:00:00Z'));
    await sendAll();
    expect(wecom.taken).toHaveLength(0);
    clock.set(new Date(MORNING));
    await sendAll();
    expect(await fate(late)).toEqual({ wecom: 'accepted' });
  });

  it('goes on with the next channel where one is broken, warns once, tries it again, and tells of its recovery', async () => {
    wecom.trouble = 'expired';
    const admin = await city.logIn('linkaiwen');
    const titles = async () => (await admin.get<Page<NoticeView>>('/api/notices?unread=true')).body.items.map(({ title }) => title);
    const first = await tell('hesiyuan');
    clock.advance({ seconds: 30 });
    await sendAll();
    await sendAll();
    expect(await fate(first)).toEqual({ hook: 'accepted', wecom: 'skipped' });
    await eventually(async () => (await titles()).includes('【渠道异常】企业微信发不出通知'), 'the warning');
    const asked = wecom.taken.length;
    for (let i = 0; i < 5; i++) {
      clock.advance({ seconds: 20 });
      await tell('tanyulin', { title: `第${i}件` });
      clock.advance({ seconds: 31 });
      await sendAll();
    }
    expect(wecom.taken.length).toBe(asked);
    expect((await titles()).filter((title) => title.startsWith('【渠道异常】'))).toHaveLength(1);
    wecom.trouble = null;
    clock.advance({ minutes: 6 });
    const after = await tell('hesiyuan');
    clock.advance({ seconds: 31 });
    await sendAll();
    expect(await fate(after)).toMatchObject({ wecom: 'accepted' });
    await eventually(async () => (await titles()).includes('【渠道恢复】企业微信'), 'the recovery');
  });

  it('tries the next channel beside one that has been busy for ten minutes, and then tells nobody twice', async () => {
    wecom.trouble = 'busy';
    const noticeId = await tell('hesiyuan');
    for (let minute = 0; minute < 14; minute++) {
      clock.advance({ minutes: 1 });
      await sendAll();
    }
    expect(await fate(noticeId)).toEqual({ hook: 'accepted', wecom: 'skipped' });
    wecom.trouble = null;
    clock.advance({ hours: 1 });
    await sendAll();
    expect([wecom.taken.length, hook.taken.length]).toEqual([0, 1]);
  });

  it('tells somebody else in the place of one whom no channel reaches', async () => {
    wecom.trouble = 'expired';
    hook.trouble = 'expired';
    const noticeId = await tell('guotieshan', { urgency: 'urgent', severity: 'II', title: '【交办】望舆〔2026〕1号' });
    await sendAll();
    expect(await fate(noticeId)).toEqual({ hook: 'retrying', wecom: 'retrying' });
    const told = await eventually(async () => {
      const rows = await database.query<{ recipient: string; body: string }>(
        `SELECT p.username AS recipient, body FROM workflow.notice n JOIN workflow.person p ON p.person_id = n.recipient_id
         WHERE title = '【转告】【交办】望舆〔2026〕1号'`,
      );
      return rows.length > 0 && rows;
    }, 'the stand-in');
    expect(told).toHaveLength(1);
    expect(told[0]!.body).toContain('未能通知到郭铁山');
  });

  it('says that a message may be a second one after it died between sending and hearing', async () => {
    wecom.beforeAccepting = async () => {
      wecom.beforeAccepting = async () => undefined;
      await database.query(`ALTER TABLE workflow.delivery RENAME TO delivery_away`);
    };
    const noticeId = await tell('hesiyuan');
    clock.advance({ seconds: 30 });
    // Over this channel alone: another's failure would be heard of while this one is still keeping what it was told.
    const channel = the(ChannelBook).channels.find(({ notifier }) => notifier.channel === 'wecom')!;
    await expect(the(DeliverySender).sendOver(channel)).rejects.toThrow(/delivery/);
    await database.query(`ALTER TABLE workflow.delivery_away RENAME TO delivery`);
    rmSync(join(home, 'sent'), { recursive: true }); // what it had heard
    await leasesRunOut(database);
    await sendAll();
    expect(wecom.taken.map(({ text }) => text.includes('可能重复'))).toEqual([false, true]);
    expect(await fate(noticeId)).toEqual({ wecom: 'accepted' });
  });

  it('tells nobody again after a restart and a replay of every request', async () => {
    const events = ['luwenjing', 'hesiyuan', 'tanyulin'].map((one) => request(one, { urgency: 'urgent', severity: 'I' }));
    await the(NoticeKeeper).keep(events);
    await sendAll();
    const twin = await WorkflowCity.start(url, clock, env, options());
    try {
      await the(NoticeKeeper, twin).keep(events);
      await the(NoticeKeeper, twin).keep(events.map((event) => ({ ...event, id: randomUUID() })));
      clock.advance({ hours: 2 });
      while ((await the(DeliverySender, twin).sendDue()) > 0);
    } finally {
      await twin.stop();
    }
    expect([wecom.taken.length, hook.taken.length]).toEqual([3, 3]);
  });
});
