import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReportListsView, ReportSendingsView } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { ReportSendings, type Database } from '@huiying/persistence';
import { SmtpOnLoopback } from '../../../../test/support/smtp.js';
import { freshCity, WorkflowCity, type LoggedIn } from '../../../../test/support/workflow-city.js';
import { ReportMailer } from './report-mailer.js';

const OUTSIDE = { name: '省政府办公厅值班室', address: 'Duty@province.example' };

describe('an approved issue and its readers', () => {
  const home = mkdtempSync(join(tmpdir(), 'huiying-post-'));
  let smtp: SmtpOnLoopback;
  let city: WorkflowCity;
  let other: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let officer: LoggedIn;
  let leader: LoggedIn;
  let accounts: ReportListsView['accounts'];

  const mail = async (...cities: WorkflowCity[]): Promise<void> => {
    const runs = cities.map(async (one) => {
      while ((await one.app.get(ReportMailer, { strict: false }).tick()) > 0);
    });
    await Promise.all(runs);
  };
  const ledger = async (id: string): Promise<ReportSendingsView> =>
    (await officer.get<ReportSendingsView>(`/api/reports/issues/${id}/sendings`)).body;
  const told = async (id: string) =>
    (await ledger(id)).sendings.map(({ name, what, round, state }) => [name, what, round, state].join(' '));
  const post = (who: LoggedIn, path: string, body?: unknown) => who.post<{ id: string; asked: number }>(`/api/reports/${path}`, body);
  const approved = async (week: string): Promise<string> => {
    const { id } = (await post(officer, 'issues', { week })).body;
    await post(officer, `issues/${id}/submit`);
    expect((await post(leader, `issues/${id}/approve`)).status).toBe(204);
    return id;
  };
  const mailsTo = (address: string) => smtp.mails.filter(({ to }) => to[0] === address);

  beforeAll(async () => {
    smtp = await SmtpOnLoopback.start();
    const env = { HUIYING_SMTP_URL: smtp.url, HUIYING_SMTP_FROM: '值班台 <duty@huiying.example>', HUIYING_DATA_DIR: home };
    const fresh = await freshCity('2026-11-24T09:00:00+08:00', env, { runsByItself: false });
    ({ city, clock, database, drop } = fresh);
    other = await WorkflowCity.start(fresh.url, clock, env, { runsByItself: false });
    [officer, leader] = [await city.logIn('luwenjing'), await city.logIn('yanshuhua')];
    await database.query(`UPDATE workflow.person SET email = 'lu@wangchuan.example' WHERE username = 'luwenjing'`);
    await database.query(`UPDATE workflow.person SET email = NULL WHERE username = 'yanshuhua'`);
    ({ accounts } = (await leader.get<ReportListsView>('/api/reports/lists')).body);
  }, 180_000);
  afterAll(async () => {
    await Promise.all([city.stop(), other.stop()]);
    await smtp.stop();
    await drop();
    rmSync(home, { recursive: true });
  });

  const person = (name: string) => ({ personId: accounts.find((one) => one.name === name)!.id });
  let listId: string;
  let first: string;

  it('goes by a list that a leader lays down; a bad address is refused by its field', async () => {
    const list = { name: '市领导', kinds: ['weekly'], readers: [OUTSIDE, person('陆文婧'), person('严淑华')], isOn: true };
    expect((await post(officer, 'lists', list)).status).toBe(403);
    expect(await post(leader, 'lists', { ...list, readers: [{ name: '错', address: 'a@b\r\nbcc: x@y' }] })).toMatchObject({ status: 400 });
    listId = (await post(leader, 'lists', list)).body.id;
    const { lists } = (await leader.get<ReportListsView>('/api/reports/lists')).body;
    expect(lists).toMatchObject([
      { name: '市领导', known: [{ name: OUTSIDE.name, isOutside: true }, { address: 'lu@wangchuan.example' }, { address: null }] },
    ]);
  });

  it('is asked for at approval, and sent once, of two processes and twice over', async () => {
    first = await approved('2026-11-17');
    expect(await told(first)).toEqual(['严淑华 issue 0 failed', '省政府办公厅值班室 issue 0 asked', '陆文婧 issue 0 asked'].sort());
    await mail(city, other, city, other);
    expect(await told(first)).toEqual(['严淑华 issue 0 failed', '省政府办公厅值班室 issue 0 accepted', '陆文婧 issue 0 accepted'].sort());
    expect(smtp.mails.map(({ to }) => to[0]).sort()).toEqual(['Duty@province.example', 'lu@wangchuan.example']);
    const { raw } = smtp.mails[0]!;
    for (const part of ['multipart/mixed', 'multipart/alternative', 'text/plain', 'text/html', 'wordprocessingml.document'])
      expect(raw).toContain(part);
  });

  it('goes to who came on the list later, and to nobody again', async () => {
    await database.query(`UPDATE workflow.report_list SET readers = readers || $1::jsonb WHERE list_id = $2`, [
      JSON.stringify([{ name: '市委办', address: 'office@city.example' }]),
      listId,
    ]);
    expect((await ledger(first)).missing).toEqual([{ name: '市委办', address: 'office@city.example' }]);
    expect((await post(officer, `issues/${first}/send`)).status).toBe(403);
    expect((await post(leader, `issues/${first}/send`)).body).toEqual({ asked: 1 });
    expect((await post(leader, `issues/${first}/send`)).body).toEqual({ asked: 0 });
    await mail(city);
    expect(smtp.mails.map(({ to }) => to[0]).sort()).toEqual(['Duty@province.example', 'lu@wangchuan.example', 'office@city.example']);
  });

  it('is sent again to one who asks, as another mail', async () => {
    const one = (await ledger(first)).sendings.find(({ name }) => name === '陆文婧')!;
    expect((await post(officer, `issues/${first}/sendings/${one.id}/again`)).status).toBe(204);
    expect(await post(officer, `issues/${first}/sendings/${one.id}/again`)).toMatchObject({ body: { code: 'report-on-its-way' } });
    await mail(city);
    const got = mailsTo('lu@wangchuan.example');
    expect([got.length, new Set(got.map(({ messageId }) => messageId)).size]).toEqual([2, 2]);
  });

  it('waits for a server that puts us off, and says of one unknown that it failed', async () => {
    smtp.mails.length = 0;
    smtp.isBusy = true;
    clock.advance({ hours: 24 * 7 });
    [officer, leader] = [await city.logIn('luwenjing'), await city.logIn('yanshuhua')];
    const id = await approved('2026-11-24');
    await mail(city);
    expect((await ledger(id)).sendings.filter(({ state }) => state === 'sent')).toHaveLength(3);
    smtp.isBusy = false;
    smtp.unknown.add('office@city.example');
    clock.advance({ minutes: 1 });
    await mail(city, other);
    expect(await told(id)).toContain('市委办 issue 0 failed');
    expect(smtp.mails).toHaveLength(2);
  });

  /** A sent copy as its row stands in the hand of a process that died: its lease has run out, and nobody settled it. */
  const inHandOfTheDead = async (): Promise<string> => {
    const [one] = await database.query<{ id: string }>(
      `SELECT sending_id AS id FROM workflow.report_sending WHERE state = 'accepted' AND issue_id <> $1 LIMIT 1`,
      [first],
    );
    await database.query(
      `UPDATE workflow.report_sending SET state = 'sent', settled_at = NULL, next_attempt_at = sent_at, lease_until = clock_timestamp() - interval '1 second' WHERE sending_id = $1`,
      [one!.id],
    );
    return one!.id;
  };

  it('is the same mail where a process died between sending and hearing the answer', async () => {
    await inHandOfTheDead();
    await mail(city);
    expect(smtp.mails).toHaveLength(3);
    expect(new Set(smtp.mails.map(({ messageId }) => messageId)).size).toBe(2);
  });

  it('is no second mail where a process died between hearing the answer and committing', async () => {
    const id = await inHandOfTheDead();
    jest.spyOn(ReportSendings.prototype, 'settle').mockRejectedValueOnce(new Error('killed'));
    await expect(mail(city)).rejects.toThrow('killed');
    const sent = smtp.mails.length;
    await database.query(`UPDATE workflow.report_sending SET lease_until = clock_timestamp() - interval '1 second' WHERE sending_id = $1`, [
      id,
    ]);
    await mail(other);
    expect(smtp.mails).toHaveLength(sent);
    expect(await database.query(`SELECT state, lease_until FROM workflow.report_sending WHERE sending_id = $1`, [id])).toEqual([
      { state: 'accepted', lease_until: null },
    ]);
  });

  it('is corrected and withdrawn to all who got it, each once', async () => {
    smtp.unknown.clear();
    smtp.mails.length = 0;
    await database.query(`UPDATE workflow.report_list SET readers = '[]' WHERE list_id = $1`, [listId]);
    const next = (await post(leader, `issues/${first}/correct`, { reason: '渠道归类有误' })).body.id;
    await post(officer, `issues/${next}/submit`);
    expect((await post(leader, `issues/${next}/approve`)).status).toBe(204);
    await mail(city, other);
    expect(smtp.mails).toHaveLength(3); // no list names them any more, and they hold the wrong version
    smtp.mails.length = 0;
    expect((await post(leader, `issues/${next}/withdraw`, { reason: '范围有误' })).status).toBe(204);
    await mail(city, other, city);
    expect(smtp.mails.map(({ to }) => to[0]).sort()).toEqual(['Duty@province.example', 'lu@wangchuan.example', 'office@city.example']);
    expect((await told(next)).filter((line) => line.includes('recall'))).toHaveLength(3);
    expect(await post(leader, `issues/${next}/send`)).toMatchObject({ status: 409, body: { code: 'report-not-out' } });
  });

  it('does not go out where it is withdrawn before', async () => {
    smtp.mails.length = 0;
    await database.query(`UPDATE workflow.report_list SET readers = $1 WHERE list_id = $2`, [JSON.stringify([OUTSIDE]), listId]);
    clock.advance({ hours: 24 * 7 });
    [officer, leader] = [await city.logIn('luwenjing'), await city.logIn('yanshuhua')];
    const id = await approved('2026-12-01');
    await post(leader, `issues/${id}/withdraw`, { reason: '发错' });
    await mail(city);
    expect(smtp.mails).toEqual([]);
    expect(await told(id)).toEqual(['省政府办公厅值班室 issue 0 cancelled']);
  });
});
