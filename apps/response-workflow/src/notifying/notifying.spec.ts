import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NoticeRequestedV1 } from '@huiying/contracts';
import type { NoticeView, Page } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { DatabaseAway, type Database } from '@huiying/persistence';
import { SmtpOnLoopback } from '../../../../test/support/smtp.js';
import { eventually, freshCity, leasesRunOut, type LoggedIn, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { demoPerson } from '../../../standalone/src/demo/people.js';
import { DutyDesk } from '../duty/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { BundleSender, ChannelBook, ChannelHealth, DeliveryLoop, DeliverySender, NoticeKeeper, Reach } from './index.js';

const START = '2026-11-18T01:00:00Z';

describe('notices', () => {
  const home = mkdtempSync(join(tmpdir(), 'huiying-notices-'));
  let smtp: SmtpOnLoopback;
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let keeper: NoticeKeeper;
  let sender: DeliverySender;

  beforeAll(async () => {
    smtp = await SmtpOnLoopback.start();
    ({ city, clock, database, drop } = await freshCity(
      START,
      { HUIYING_SMTP_URL: smtp.url, HUIYING_PUBLIC_URL: 'http://huiying.example', HUIYING_DATA_DIR: home },
      { runsByItself: false },
    ));
    keeper = city.app.get(NoticeKeeper, { strict: false });
    sender = city.app.get(DeliverySender, { strict: false });
  });
  beforeEach(() => void (smtp.mails.length = 0));
  afterAll(async () => {
    await city.stop();
    await smtp.stop();
    await drop();
    rmSync(home, { recursive: true });
  });

  const request = (username: string, more: Partial<NoticeRequestedV1['data']> = {}): NoticeRequestedV1 => ({
    id: randomUUID(),
    type: 'notice.requested',
    version: 1,
    occurredAt: clock.now().toISOString(),
    causedBy: null,
    data: {
      noticeId: randomUUID(),
      fact: `alert:${randomUUID()}:raised`,
      recipientId: demoPerson(username).id,
      urgency: 'urgent',
      title: '【II级预警】望北化工园夜里冒黄烟',
      body: '研判为II级（重大）。',
      link: '/alerts/1',
      ...more,
    },
  });
  const the = <T>(token: new (...args: never[]) => T): T => city.app.get(token, { strict: false });
  const deliveries = async (who: LoggedIn, noticeId: string) =>
    (await who.get<Page<NoticeView>>('/api/notices')).body.items.find((notice) => notice.id === noticeId)!.deliveries;

  it('puts a notice on the console and into the mail, once, whatever is delivered again', async () => {
    const officer = await city.logIn('luwenjing');
    const event = request('luwenjing');
    await keeper.keep([event]);
    await keeper.keep([event, { ...event, id: randomUUID() }]);
    while ((await sender.sendDue()) > 0);
    expect(smtp.mails).toHaveLength(1);
    const [mail] = smtp.mails;
    expect(mail).toMatchObject({ to: ['luwenjing@wangchuan.example'], messageId: `<${event.data.noticeId}@huiying.example>` });
    expect(mail!.raw).toMatch(/^Auto-Submitted: auto-generated/im);
    expect(await deliveries(officer, event.data.noticeId)).toMatchObject([
      { channel: 'console', state: 'accepted' },
      { channel: 'email', state: 'accepted' },
    ]);
  });

  it('never tries a refused recipient again, and shows the refusal', async () => {
    const officer = await city.logIn('hesiyuan');
    smtp.unknown.add('hesiyuan@wangchuan.example');
    const event = request('hesiyuan', { urgency: 'normal' });
    await keeper.keep([event]);
    while ((await sender.sendDue()) > 0);
    clock.advance({ minutes: 20 });
    expect(await sender.sendDue()).toBe(0);
    const [, email] = await deliveries(officer, event.data.noticeId);
    expect(email).toMatchObject({ channel: 'email', state: 'refused', detail: expect.stringContaining('no such mailbox') });
  });

  it('waits out a dead server for hours, then delivers', async () => {
    const event = request('tanyulin', { urgency: 'normal' });
    await smtp.stop();
    await keeper.keep([event]);
    await sender.sendDue();
    for (let hour = 0; hour < 5; hour++) {
      clock.advance({ hours: 1 });
      expect(await sender.sendDue()).toBe(1);
    }
    const tan = await city.logIn('tanyulin');
    expect((await deliveries(tan, event.data.noticeId))[1]).toMatchObject({
      state: 'retrying',
      detail: expect.stringContaining('ECONNREFUSED'),
    });
    const revived = await SmtpOnLoopback.start(smtp.port);
    clock.advance({ minutes: 15 });
    await sender.sendDue();
    expect(revived.mails.map((mail) => mail.messageId)).toEqual([`<${event.data.noticeId}@huiying.example>`]);
    expect((await deliveries(tan, event.data.noticeId))[1]).toMatchObject({ state: 'accepted' });
    await revived.stop();
    smtp = await SmtpOnLoopback.start(smtp.port);
  });

  /** The server has the mail; before it can say so, the database goes from under the sender, and is there again. */
  const dieWhileSending = async () => {
    smtp.beforeAccepting = async () => {
      smtp.beforeAccepting = async () => undefined;
      await database.query(`ALTER TABLE workflow.delivery RENAME TO delivery_away`);
    };
    await expect(sender.sendDue()).rejects.toThrow(/delivery/);
    await database.query(`ALTER TABLE workflow.delivery_away RENAME TO delivery`);
    expect(await sender.sendDue()).toBe(0);
  };

  it('sends the same mail again when it died before it heard the answer', async () => {
    const event = request('jiangminzhi');
    await keeper.keep([event]);
    await dieWhileSending();
    rmSync(join(home, 'sent'), { recursive: true });
    await leasesRunOut(database);
    await sender.sendDue();
    expect(smtp.mails.map((mail) => mail.messageId)).toEqual(Array(2).fill(`<${event.data.noticeId}@huiying.example>`));
    expect(await sender.sendDue()).toBe(0);
  });

  it('sends no mail again when it died between hearing the answer and committing, and leaves nothing behind', async () => {
    const event = request('jiangminzhi');
    await keeper.keep([event]);
    await dieWhileSending();
    await leasesRunOut(database);
    expect(await sender.sendDue()).toBe(1);
    expect([smtp.mails.length, await sender.sendDue()]).toEqual([1, 0]);
    expect((await deliveries(await city.logIn('jiangminzhi'), event.data.noticeId))[1]).toMatchObject({
      state: 'accepted',
      detail: expect.stringMatching(/^250 /),
    });
    expect(readdirSync(join(home, 'sent'))).toEqual([]);
  });

  it('keeps what is being sent from others however far the Clock has gone on meanwhile', async () => {
    await keeper.keep([request('jiangminzhi')]);
    let others = -1;
    smtp.beforeAccepting = async () => {
      smtp.beforeAccepting = async () => undefined;
      clock.advance({ hours: 1 });
      others = await sender.sendDue();
    };
    expect(await sender.sendDue()).toBe(1);
    expect([others, await sender.sendDue(), smtp.mails.length]).toEqual([0, 0, 1]);
  });

  it('keeps an answer that the database could not be told at first, and sends nothing twice for it', async () => {
    const event = request('jiangminzhi');
    await keeper.keep([event]);
    const store = city.app.get(WorkflowStore, { strict: false });
    smtp.beforeAccepting = async () => {
      smtp.beforeAccepting = async () => undefined;
      const change = jest.spyOn(store, 'change');
      for (let i = 0; i < 2; i++) change.mockRejectedValueOnce(new DatabaseAway(new Error('Connection terminated')));
    };
    await sender.sendDue();
    await leasesRunOut(database);
    expect([await sender.sendDue(), smtp.mails.length]).toEqual([0, 1]);
    expect((await deliveries(await city.logIn('jiangminzhi'), event.data.noticeId))[1]).toMatchObject({ state: 'accepted' });
  });

  /** As another process on the same database and data folder. */
  const anotherSender = () => new DeliverySender(the(WorkflowStore), the(ChannelHealth), the(Reach), the(DutyDesk), the(BundleSender));

  it('ends after the mail under way when it is stopped, and gives the rest back at once: each is sent once', async () => {
    const events = ['jiangminzhi', 'songqinglan', 'tanyulin'].map((username) => request(username));
    await keeper.keep(events);
    let accept: () => void = () => undefined;
    smtp.beforeAccepting = () => {
      smtp.beforeAccepting = async () => undefined;
      return new Promise((done) => (accept = done));
    };
    const loop = new DeliveryLoop(the(ChannelHealth).book, anotherSender());
    loop.onApplicationBootstrap();
    await eventually(() => Promise.resolve(smtp.mails.length > 0), 'the first mail');
    const stopped = loop.beforeApplicationShutdown();
    accept();
    await stopped;
    expect(smtp.mails).toHaveLength(1);
    expect([await sender.sendDue(), await sender.sendDue()]).toEqual([2, 0]);
    expect(smtp.mails.map(({ messageId }) => messageId).sort()).toEqual(
      events.map(({ data }) => `<${data.noticeId}@huiying.example>`).sort(),
    );
    const attempts = await database.query(
      `SELECT DISTINCT attempts, state FROM workflow.delivery WHERE channel = 'email' AND notice_id = ANY($1)`,
      [events.map(({ data }) => data.noticeId)],
    );
    expect(attempts).toEqual([{ attempts: 1, state: 'accepted' }]);
  });

  it('gives back as such what somebody before had in hand: the answer they heard is still found', async () => {
    await keeper.keep([request('jiangminzhi')]);
    await dieWhileSending();
    await leasesRunOut(database);
    const stopped = anotherSender();
    stopped.stop();
    expect([await stopped.sendDue(), await sender.sendDue(), smtp.mails.length]).toEqual([0, 1, 1]);
  });

  it('shares deliveries between two senders without sending one twice', async () => {
    const events = Array.from({ length: 60 }, (_, i) => request('songqinglan', { title: `NO-${String(i + 10)}`, body: '-' }));
    await keeper.keep(events);
    const run = async () => {
      while ((await sender.sendDue()) > 0);
    };
    await Promise.all([run(), run(), run()]);
    const titles = smtp.mails.flatMap((mail) => mail.raw.match(/NO-\d\d/g) ?? []);
    expect(titles.length).toBeGreaterThanOrEqual(60);
    expect(new Set(titles).size).toBe(60);
    // Bundled, 20 to a mail, and no notice is in two mails.
    expect(smtp.mails).toHaveLength(3);
  });

  it('is read by its own person only', async () => {
    const [officer, other] = await Promise.all([city.logIn('luwenjing'), city.logIn('fuguanqun')]);
    const event = request('luwenjing');
    await keeper.keep([event]);
    expect((await other.post(`/api/notices/${event.data.noticeId}/read`)).status).toBe(404);
    expect((await officer.post(`/api/notices/${event.data.noticeId}/read`)).status).toBe(204);
    const unread = (await officer.get<Page<NoticeView>>('/api/notices?unread=true')).body.items;
    expect(unread.some((notice) => notice.id === event.data.noticeId)).toBe(false);
    expect((await officer.post('/api/notices/read-all')).status).toBe(204);
    expect((await officer.get<Page<NoticeView>>('/api/notices?unread=true')).body.total).toBe(0);
  });

  it('sets up mail only where there is a server', () => {
    const { environment } = city.platform;
    const open = (smtpUrl: string | null) =>
      ChannelBook.open([], { ...environment, smtpUrl }, clock, null).channels.map(({ setting }) => setting.id);
    expect(open(environment.smtpUrl)).toEqual(['email']);
    expect(open(null)).toEqual([]);
  });
});
