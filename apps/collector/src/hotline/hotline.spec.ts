import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { hotlineOrderReceivedV1, opinionCollectedV1, sourceReportedV1 } from '@huiying/contracts';
import { hotlineRecord, type HotlineIntakeAnswer, type HotlineRecordInput, type Problem } from '@huiying/contracts/http';
import { MovableClock } from '@huiying/domain';
import { HotlineOrders } from '@huiying/persistence';
import { createService, RecordSeal, secretKey, signedHeaders, startPlatform, type Platform } from '@huiying/platform';
import { readEnvironment } from '@huiying/settings';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { CollectorModule } from '../collector.module.js';
import { placeOf } from './hotline-intake.js';

const KEY = 'a-key-of-the-hotline-system';
const OLD_KEY = 'the-key-it-had-before';
let test: TestDatabase;
let platform: Platform;
let app: NestExpressApplication;
let url: string;
let dataFolder: string;
const clock = new MovableClock(new Date('2026-11-02T09:00:00+08:00'));

beforeAll(async () => {
  test = await freshDatabase();
  dataFolder = mkdtempSync(join(tmpdir(), 'huiying-hotline-'));
  const environment = readEnvironment({
    HUIYING_DATA_DIR: dataFolder,
    HUIYING_API_KEYS: `other:another-key-of-16,hotline:${OLD_KEY}@2026-11-09,hotline:${KEY}`,
    HUIYING_LOG_LEVEL: 'error',
  });
  platform = await startPlatform({ environment, clock, databaseUrl: test.url, name: 'spec', schemas: [] });
  app = await createService(platform, [CollectorModule.with({ sources: [], poll: false })]);
  await app.listen(0, '127.0.0.1');
  url = `${await app.getUrl()}/api/hotline/records`;
});
beforeEach(() =>
  test.database.query('TRUNCATE collector.hotline_order, collector.hotline_record, collector.outbox, collector.outbox_unsent'),
);
afterAll(async () => {
  await app.close();
  await platform.stop();
  await test.drop();
  rmSync(dataFolder, { recursive: true });
});

const record = (more: Partial<HotlineRecordInput> = {}): HotlineRecordInput => ({
  orderNo: 'WC20261102000001',
  title: '小区停水',
  content: '望北新区和平里小区停水三天，我的电话13812345678',
  appealType: '投诉',
  urgency: '紧急',
  region: '望北新区',
  receivedAt: '2026-11-02 08:30:00',
  caller: { name: '李桂兰', phone: '13812345678' },
  ...more,
});

async function post(body: unknown, key: string | null = KEY): Promise<{ status: number; body: HotlineIntakeAnswer & Problem }> {
  const headers = { 'content-type': 'application/json', ...(key === null ? {} : { 'x-api-key': key }) };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as HotlineIntakeAnswer & Problem };
}
const take = async (...records: unknown[]) => (await post({ records })).body;
const outcomes = (answer: HotlineIntakeAnswer) => answer.results.map((r) => r.outcome);
const collected = async () =>
  (
    await test.database.query<{ payload: string }>(
      `SELECT payload FROM collector.outbox WHERE topic = 'opinion.collected' ORDER BY position`,
    )
  ).map((row) => opinionCollectedV1.parse(JSON.parse(row.payload)));

describe('POST /api/hotline/records', () => {
  it('takes one record and tells of it without the caller', async () => {
    const { status, body } = await post(record());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      accepted: 1,
      unchanged: 0,
      rejected: 0,
      results: [{ index: 0, orderNo: 'WC20261102000001', outcome: 'accepted' }],
    });
    const [event] = await collected();
    expect(event!.data).toEqual({
      opinionId: body.results[0]!.opinionId,
      revision: 1,
      sourceId: 'hotline-12345',
      sourceName: '12345政务服务便民热线',
      channel: 'hotline',
      title: '小区停水',
      text: '望北新区和平里小区停水三天，我的电话138****5678',
      url: null,
      author: null,
      publishedAt: '2026-11-02T00:30:00.000Z',
      capturedAt: '2026-11-02T01:00:00.000Z',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      order: {
        orderNo: 'WC20261102000001',
        version: 1,
        appealType: '投诉',
        urgency: '紧急',
        category: null,
        region: '望北新区',
        leadUnit: null,
      },
    });
    expect(JSON.stringify(event)).not.toMatch(/李桂兰|13812345678/);
  });

  it('tells of no character that no database holds, whatever field it came in', async () => {
    const cut = '水\0管\ud83d';
    const texts = {
      title: cut,
      content: `停水，${cut}`,
      parentNo: cut,
      channelRef: cut,
      region: cut,
      address: cut,
      categoryCode: cut,
      leadUnit: cut,
    };
    const lists = { keywords: [cut], coUnits: [cut], attachments: [{ name: cut, url: `https://example.com/${cut}` }] };
    expect(outcomes(await take(record({ ...texts, ...lists, caller: { name: cut, phone: cut } })))).toEqual(['accepted']);
    const sent = await test.database.query<{ payload: string }>('SELECT payload FROM collector.outbox');
    expect(sent).toHaveLength(2);
    for (const { payload } of sent) expect(payload).not.toMatch(/\\u0000|\\ud83d/);
  });

  it('keeps the record as it came, sealed, and nowhere in the open', async () => {
    await post(record());
    const sealed = (await new HotlineOrders(test.database).sealedRecord('WC20261102000001', 1))!;
    expect(sealed.sha256).toBe((await collected())[0]!.data.sha256);
    const opened = new RecordSeal(secretKey({ secretKey: null, dataFolder })).open(sealed.sealed, placeOf('WC20261102000001', 1));
    expect(JSON.parse(opened.toString())).toMatchObject({ record: record(), capturedAt: '2026-11-02T01:00:00.000Z' });
    const everything = await test.database.query(
      `SELECT (SELECT string_agg(o::text, '') FROM collector.outbox o) || (SELECT string_agg(o::text, '') FROM collector.hotline_order o) AS all_text`,
    );
    expect(JSON.stringify(everything)).not.toMatch(/李桂兰|13812345678/);
  });

  it.each<[string, HotlineRecordInput[], HotlineRecordInput, string, number]>([
    ['the same again', [record()], record(), 'unchanged', 1],
    ['a newer version', [record()], record({ version: 2, content: '停水已恢复' }), 'accepted', 2],
    ['a newer version of the same content', [record()], record({ version: 2 }), 'accepted', 2],
    ['an older version', [record({ version: 3 })], record({ version: 2, content: '别的' }), 'unchanged', 1],
    ['the same version with other content', [record()], record({ content: '别的内容' }), 'rejected', 1],
    ['the same version with another caller', [record()], record({ caller: { name: '王建国' } }), 'rejected', 1],
  ])('%s', async (_, before, next, outcome, events) => {
    await take(...before);
    const answer = await take(next);
    expect(outcomes(answer)).toEqual([outcome]);
    if (outcome === 'rejected') expect(answer.results[0]!.faults![0]!.field).toBe('version');
    expect(await collected()).toHaveLength(events);
  });

  it('takes several versions of one order in one batch, in order', async () => {
    const answer = await take(
      record(),
      record({ version: 2, content: '二' }),
      record(),
      record({ version: 2, content: '不同' }),
      record({ version: 3, content: '三' }),
    );
    expect(outcomes(answer)).toEqual(['accepted', 'accepted', 'unchanged', 'rejected', 'accepted']);
    expect((await collected()).map((e) => [e.data.revision, e.data.order!.version])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(new Set((await collected()).map((e) => e.data.opinionId)).size).toBe(1);
  });

  it('does not lose the good records for the bad ones, and says what is wrong with each', async () => {
    const answer = await take(
      record({ orderNo: 'A' }),
      { ...record({ orderNo: 'B' }), urgency: '很急' },
      null,
      { ...record({ orderNo: 'C' }), unknown: 1 },
      record({ orderNo: 'D', receivedAt: '2026-02-30 08:00:00' }),
      record({ orderNo: 'E\u0000' }),
      record({ orderNo: 'F', content: '控制\u0000字符\ud800' }),
      { orderNo: 'G', caller: { name: '李桂兰', phone: 13812345678 } },
      record({ orderNo: 'H' }),
    );
    expect(outcomes(answer)).toEqual([
      'accepted',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
      'accepted',
      'rejected',
      'accepted',
    ]);
    expect(answer).toMatchObject({ accepted: 3, unchanged: 0, rejected: 6 });
    expect(answer.results.map((r) => r.faults?.[0]?.field)).toEqual([
      undefined,
      'urgency',
      '(body)',
      '(body)',
      'receivedAt',
      'orderNo',
      undefined,
      'content',
      undefined,
    ]);
    for (const { faults } of answer.results) expect(faults?.every((f) => /[\u4e00-\u9fff]/.test(f.message)) ?? true).toBe(true);
    expect(JSON.stringify(answer)).not.toContain('13812345678');
    expect((await collected()).map((e) => e.data.text)).toContain('控制字符\ufffd');
  });

  it.each([2_147_483_648, 9e15, 1e20, 1.5, 0])('refuses the version %d in its own record, and takes the others', async (version) => {
    const { status, body } = await post({ records: [record({ version }), record({ orderNo: 'B', version: 2_147_483_647 })] });
    expect([status, outcomes(body)]).toEqual([200, ['rejected', 'accepted']]);
    expect(body.results[0]!.faults).toEqual([expect.objectContaining({ field: 'version', message: expect.stringContaining('version：') })]);
  });

  it.each([
    ['1926-11-02 08:30:00', 'must lie in the years 1970 to 2199', '年份'],
    ['2036-11-02 08:30:00', 'must not lie more than 24 hours ahead', '晚于现在'],
    ['2026-11-03 09:00:01', 'must not lie more than 24 hours ahead', '晚于现在'],
  ])('refuses what was received on %s', async (receivedAt, rule, said) => {
    const { results } = await take(record({ receivedAt }), record({ orderNo: 'B', receivedAt: '2026-11-03 09:00:00' }));
    expect(results).toMatchObject([{ faults: [{ field: 'receivedAt', rule, got: receivedAt }] }, { outcome: 'accepted' }]);
    expect(results[0]!.faults![0]!.message).toContain(said);
  });

  it('takes null for a field that was not given, and tells the same of it', async () => {
    const bare = { orderNo: 'N', content: '停水', receivedAt: '2026-11-02 08:30:00' };
    const { shape } = hotlineRecord;
    const nulls = Object.fromEntries(Object.keys(shape).map((field) => [field, null]));
    const inner = { visit: { at: bare.receivedAt, result: '接通', exempt: null }, caller: { name: null, gender: null } };
    expect(outcomes(await take(bare, { ...nulls, ...bare }, { ...nulls, ...bare, ...inner, version: 2 }))).toEqual([
      'accepted',
      'unchanged',
      'accepted',
    ]);
    expect(outcomes(await take({ ...bare, content: null }, { ...bare, receivedAt: null }))).toEqual(['rejected', 'rejected']);
  });

  const [text, gbk] = [JSON.stringify(record()), iconv.encode(JSON.stringify(record()), 'gbk')];
  it.each<[string, Buffer, object, number]>([
    ['GBK', gbk, {}, 400],
    ['GBK under the name of UTF-8', gbk, { 'content-type': 'application/json; charset=UTF-8' }, 400],
    ['GBK in gzip', gzipSync(gbk), { 'content-encoding': 'gzip' }, 400],
    ['GBK under its own name', gbk, { 'content-type': 'application/json; charset=gbk' }, 415],
    ['UTF-8 in gzip', gzipSync(text), { 'content-encoding': 'gzip' }, 200],
    ['UTF-16 under its own name', iconv.encode(text, 'utf-16le'), { 'content-type': 'application/json; charset=utf-16le' }, 200],
  ])('answers %s', async (_, bytes, headers, status) => {
    const all = { 'content-type': 'application/json', 'x-api-key': KEY, ...headers };
    const answer = await fetch(url, { method: 'POST', headers: all, body: new Uint8Array(bytes) });
    const body = (await answer.json()) as HotlineIntakeAnswer & Problem;
    expect(answer.status).toBe(status);
    expect(body).toMatchObject(status === 200 ? { accepted: 1 } : { message: expect.stringContaining('UTF-8') });
    expect((await collected()).map(({ data }) => data.title)).toEqual(status === 200 ? ['小区停水'] : []);
  });

  it.each<[string, unknown, number]>([
    ['a list', [record()], 400],
    ['no records', { records: [] }, 400],
    ['too many records', { records: Array.from({ length: 1_001 }, () => null) }, 400],
    ['records that are no list', { records: {} }, 400],
  ])('refuses %s', async (_, body, status) => expect((await post(body)).status).toBe(status));

  it.each([null, '', 'wrong', `${KEY}x`, KEY.toUpperCase()])('refuses the key %p', async (key) => {
    const { status, body } = await post(record(), key);
    expect([status, body.code]).toEqual([401, 'unknown-api-key']);
    expect(JSON.stringify(body)).not.toContain(KEY);
    expect(await collected()).toEqual([]);
  });

  describe('a signed request', () => {
    const signed = (body: string, change: { key?: string; nonce?: string; secondsOff?: number; send?: string; name?: string } = {}) => {
      const timestamp = String(Math.floor(clock.now().getTime() / 1000) + (change.secondsOff ?? 0));
      const parts = { method: 'POST', path: '/api/hotline/records', timestamp, nonce: change.nonce ?? randomUUID(), body };
      const headers = signedHeaders(parts, change.name ?? 'hotline', change.key ?? KEY);
      return fetch(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: change.send ?? body });
    };
    const body = JSON.stringify(record());
    const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as Problem).code];

    it('is taken without the key in it', async () => expect((await signed(body)).status).toBe(200));
    it.each<[string, Parameters<typeof signed>[1], string]>([
      ['with another key', { key: 'another-key-of-16-' }, 'bad-signature'],
      ['of an unknown name', { name: 'nobody' }, 'bad-signature'],
      ['whose body was changed', { send: JSON.stringify(record({ content: '别的' })) }, 'bad-signature'],
      ['too old', { secondsOff: -301 }, 'bad-timestamp'],
      ['of a clock far ahead', { secondsOff: 301 }, 'bad-timestamp'],
      ['with a short nonce', { nonce: '1' }, 'bad-nonce'],
    ])('%s is refused', async (_, change, code) => {
      expect(await codeOf(await signed(body, change))).toEqual([401, code]);
      expect(await collected()).toEqual([]);
    });
    it('is taken once, whichever process gets it', async () => {
      const nonce = randomUUID();
      const answers = await Promise.all(Array.from({ length: 5 }, () => signed(body, { nonce }).then(codeOf)));
      expect(answers.filter(([status]) => status === 200)).toHaveLength(1);
      expect(answers.filter(([, code]) => code === 'replayed')).toHaveLength(4);
      clock.advance({ minutes: 10 });
      expect(await codeOf(await signed(body, { nonce, secondsOff: -600 }))).toEqual([401, 'bad-timestamp']);
    });
  });

  it('tells of the whole order, masked', async () => {
    await take(
      record({
        content: '我叫李桂兰，家住和平里3号楼2单元501室，证件110105199003070121，电话13812345678',
        address: '望川市青梧区学府街道和平里3号楼2单元501室',
        caller: { name: '李桂兰', phone: '13812345678', idNo: 'H12345678', gender: '女', contactPreference: '晚上打13812345678' },
        queryCode: 'Q7788990011',
        occurredAt: '2026-11-02 07:00:00',
        dueAt: '2026-11-09',
        coUnits: ['市水务局'],
        processLog: [{ at: '2026-11-02 08:40:00', by: '热线', text: '已回电李桂兰13812345678，护照H12345678，查询码Q7788990011' }],
        visit: { at: '2026-11-02 09:00:00', result: '接通', resolved: '已解决', satisfaction: '满意', comment: '李桂兰很满意' },
        reply: '李桂兰您好，已恢复供水',
      }),
    );
    const [row] = await test.database.query<{ payload: string }>(
      `SELECT payload FROM collector.outbox WHERE topic = 'hotline-order.received'`,
    );
    const { data } = hotlineOrderReceivedV1.parse(JSON.parse(row!.payload));
    expect(row!.payload).not.toMatch(/李桂兰|13812345678|110105199003070121|H12345678|501室|Q7788990011/);
    expect(data).toMatchObject({
      orderNo: 'WC20261102000001',
      content: '我叫李**，家住和平里****，证件110105********0121，电话138****5678',
      address: '望川市青梧区学府街道****',
      caller: { name: '李**', phone: '138****5678', gender: '女' },
      occurredAt: '2026-11-01T23:00:00.000Z',
      processLog: [{ at: '2026-11-02T00:40:00.000Z', text: '已回电李**138****5678，护照*********，查询码***********' }],
      visit: { comment: '李**很满意', exempt: false },
      reply: '李**您好，已恢复供水',
    });
  });

  it('compares a record without the newer fields with what came before they existed', async () => {
    await take(record());
    expect(outcomes(await take(record({ keywords: [], coUnits: [], isRepeat: false, visit: null, parentNo: null })))).toEqual([
      'unchanged',
    ]);
    expect(outcomes(await take(record({ isRepeat: true })))).toEqual(['rejected']);
  });

  it('takes each order once when the same batches come several times at once, in different orders', async () => {
    const orders = Array.from({ length: 200 }, (_, i) => record({ orderNo: `N${i}` }));
    const answers = await Promise.all([orders, [...orders].reverse(), orders, [...orders].reverse()].map((batch) => take(...batch)));
    expect(answers.reduce((sum, a) => sum + a.accepted, 0)).toBe(200);
    expect(answers.reduce((sum, a) => sum + a.unchanged, 0)).toBe(600);
    expect(await collected()).toHaveLength(200);
  });

  it('tells how the hotline stands', async () => {
    clock.advance({ hours: 1 });
    await take(record());
    const rows = await test.database.query<{ payload: string }>(`SELECT payload FROM collector.outbox WHERE topic = 'source.reported'`);
    const reports = rows.map((row) => sourceReportedV1.parse(JSON.parse(row.payload)).data);
    expect(reports).toMatchObject([{ sourceId: 'hotline-12345', state: 'ok', lastNewItemAt: clock.now().toISOString() }]);
  });
});

describe('a system that changes its key', () => {
  const ask = async (key: string, sign: boolean) => {
    const body = JSON.stringify(record());
    const timestamp = String(Math.floor(clock.now().getTime() / 1000));
    const parts = { method: 'POST', path: '/api/hotline/records', timestamp, nonce: randomUUID(), body };
    const headers = { 'content-type': 'application/json', ...(sign ? signedHeaders(parts, 'hotline', key) : { 'x-api-key': key }) };
    const answer = await fetch(url, { method: 'POST', headers, body });
    return [answer.status, answer.headers.get('x-key-last-day'), ((await answer.json()) as Partial<Problem>).code];
  };

  it.each([true, false])('uses both until the old one ends, which every answer says (signed: %p)', async (sign) => {
    clock.set(new Date('2026-11-09T23:59:59+08:00'));
    expect(await ask(OLD_KEY, sign)).toEqual([200, '2026-11-09', undefined]);
    expect(await ask(KEY, sign)).toEqual([200, null, undefined]);
    clock.set(new Date('2026-11-10T00:00:00+08:00'));
    expect(await ask(OLD_KEY, sign)).toEqual([401, null, 'key-ended']);
    expect(await ask(KEY, sign)).toEqual([200, null, undefined]);
  });
});
