import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { writeXlsx } from 'hucre/xlsx';
import type { CallerView, HotlineImportChoice, HotlineImportView, Problem } from '@huiying/contracts/http';
import { MovableClock } from '@huiying/domain';
import { createService, PassOffice, secretKey, startPlatform, type Pass, type Platform } from '@huiying/platform';
import { readEnvironment } from '@huiying/settings';
import { openTable } from '@huiying/tables';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { eventually } from '../../../../test/support/workflow-city.js';
import { CollectorModule } from '../collector.module.js';
import { HotlineIntake } from './hotline-intake.js';

let test: TestDatabase;
let platform: Platform;
let app: NestExpressApplication;
let url: string;
let dataFolder: string;
let office: PassOffice;
const clock = new MovableClock(new Date('2026-11-02T09:00:00+08:00'));

beforeAll(async () => {
  test = await freshDatabase();
  dataFolder = mkdtempSync(join(tmpdir(), 'huiying-staff-'));
  const environment = readEnvironment({ HUIYING_DATA_DIR: dataFolder, HUIYING_LOG_LEVEL: 'error' });
  office = new PassOffice(secretKey(environment));
  platform = await startPlatform({ environment, clock, databaseUrl: test.url, name: 'spec', schemas: [] });
  app = await createService(platform, [CollectorModule.with({ sources: [], poll: false })]);
  await app.listen(0, '127.0.0.1');
  url = `${await app.getUrl()}/api/hotline`;
});
afterAll(async () => {
  await app.close();
  await platform.stop();
  await test.drop();
  rmSync(dataFolder, { recursive: true });
});

const pass = (more: Partial<Pass> = {}) =>
  office.write({
    purpose: 'hotline-import',
    subject: null,
    reason: null,
    by: { personId: 'p1', name: '陆文静', origin: '10.0.0.1' },
    endsAt: clock.now().getTime() + 60_000,
    ...more,
  });
async function ask<T = HotlineImportView>(
  path: string,
  how: RequestInit = {},
  ticket = pass(),
): Promise<{ status: number; body: T & Problem }> {
  const answer = await fetch(`${url}${path}`, { ...how, headers: { ...(how.headers as object), 'x-pass': ticket } });
  return { status: answer.status, body: (await answer.json()) as T & Problem };
}
const post = (path: string, choice: HotlineImportChoice = {}) =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(choice) });
const upload = (name: string, bytes: Uint8Array | string) =>
  ask('/imports', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) },
    body: bytes as string,
  });
const taken = async () =>
  (await test.database.query<{ n: string }>(`SELECT order_no AS n FROM collector.hotline_order ORDER BY 1`)).map((row) => row.n);
const ended = (id: string) =>
  eventually(async () => {
    const { body } = await ask(`/imports/${id}`);
    return body.state !== 'running' && body;
  });

const HEADER = ['单号', '工单内容', '受理时间', '来电人', '电话', '备注栏'];
const workbook = () =>
  writeXlsx({
    sheets: [
      { name: '说明', rows: [['内部使用']] },
      {
        name: '十一月',
        rows: [
          ['望川市12345工单'],
          HEADER,
          ['M1', '停水三天，我叫李桂兰', '2026-11-02 08:00:00', '李桂兰', 13812345678, 'x'],
          ['M2', '路灯不亮', '昨天', '王芳', null, null],
          ['M3', '占道经营', '2026/11/2 8:05', null, null, null],
        ],
      },
    ],
  });

describe('an import at the console', () => {
  it('is looked at, put right, run, and gives the rejected rows as a workbook that can be imported', async () => {
    const { status, body: found } = await upload('十一月.xlsx', await workbook());
    expect([status, found]).toMatchObject([
      201,
      {
        state: 'ready',
        kind: 'xlsx',
        sheets: ['说明', '十一月'],
        sheet: '十一月',
        headerLine: 2,
        columns: HEADER,
        missing: [],
        remembered: false,
      },
    ]);
    expect(found.mapping).toMatchObject({ orderNo: '单号', content: '工单内容', callerName: '来电人', callerPhone: '电话', title: null });
    expect(found.preview.map(({ line, cells, faults }) => [line, cells[1], cells[3], cells[4], faults.length])).toEqual([
      [3, '停水三天，我叫李**', '李**', '138****5678', 0],
      [4, '路灯不亮', '王**', '', 1],
      [5, '占道经营', '', '', 0],
    ]);
    expect(await taken()).toEqual([]);
    const mapping = { ...found.mapping, title: '备注栏' };
    const { body: changed } = await post(`/imports/${found.importId}/preview`, { sheet: '十一月', headerLine: 2, mapping });
    expect(changed.mapping.title).toBe('备注栏');
    expect((await post(`/imports/${found.importId}/run`, { sheet: '十一月', headerLine: 2, mapping })).status).toBe(202);
    const done = await ended(found.importId);
    expect(done).toMatchObject({ state: 'done', progress: { rows: 3, accepted: 2, rejected: 1, share: 1 }, rejected: [{ line: 4 }] });
    expect(await taken()).toEqual(['M1', 'M3']);

    const answer = await fetch(`${url}/imports/${found.importId}/rejected`, { headers: { 'x-pass': pass() } });
    const rejects = join(dataFolder, 'rejects.xlsx');
    writeFileSync(rejects, Buffer.from(await answer.arrayBuffer()));
    const { rows, header } = await openTable(rejects, { knows: (name) => name === '单号' });
    expect(header!.columns).toEqual([...HEADER, '原行号', '未导入原因']);
    for await (const row of rows)
      expect(row).toMatchObject({ row: { 单号: 'M2', 原行号: '4', 未导入原因: '受理时间：应为“2026-11-02 08:30:00”这样的时间' } });

    const { body: again } = await upload('又一次.xlsx', await workbook());
    expect(again).toMatchObject({ remembered: true, mapping: { title: '备注栏' } });
  });

  it('says what is missing, and takes nothing before it is there', async () => {
    const { body } = await upload('a.csv', '甲,乙\n1,2\n');
    expect(body).toMatchObject({
      missing: ['orderNo', 'content', 'receivedAt'],
      columns: ['甲', '乙'],
      preview: [{ cells: ['1', '2'], faults: [] }],
    });
    const refused = await post(`/imports/${body.importId}/run`, {});
    expect([refused.status, refused.body.faults?.map((f) => f.field)]).toEqual([
      400,
      ['mapping.orderNo', 'mapping.content', 'mapping.receivedAt'],
    ]);
  });

  it.each<[string, string | Buffer, RegExp]>([
    ['空.xlsx', '', /空/],
    ['坏.xlsx', Buffer.from('504b0304ffff', 'hex'), /损坏/],
    ['页.xls', '<html></html>', /网页/],
  ])('%s is refused in words, and does not stay', async (name, bytes, said) => {
    const before = readdirSync(join(dataFolder, 'imports')).length;
    const { status, body } = await upload(name, bytes);
    expect([status, body.message]).toEqual([400, expect.stringMatching(said)]);
    expect(readdirSync(join(dataFolder, 'imports'))).toHaveLength(before);
  });

  it('is gone an hour after it was last looked at', async () => {
    const { body } = await upload('b.csv', '单号,内容,时间\nB1,停水,2026-11-02\n');
    clock.advance({ minutes: 59 });
    expect((await ask(`/imports/${body.importId}`)).status).toBe(200);
    clock.advance({ minutes: 61 });
    expect((await ask(`/imports/${body.importId}`)).status).toBe(404);
    expect(readdirSync(join(dataFolder, 'imports'))).toEqual([]);
  });

  it.each<[string, () => string]>([
    ['without a pass', () => ''],
    ['with one that has ended', () => pass({ endsAt: clock.now().getTime() })],
    ['with one for something else', () => pass({ purpose: 'caller', subject: 'M1' })],
  ])('is refused %s', async (_, ticket) => {
    const { status, body } = await ask('/imports/x', {}, ticket());
    expect([status, body.code]).toEqual([401, 'no-pass']);
  });
});

describe('a caller', () => {
  beforeAll(async () => {
    const record = { orderNo: 'C1', content: '停水', receivedAt: '2026-11-02', address: '学府街道1号', confidential: true };
    await app.get(HotlineIntake).take([{ ...record, caller: { name: '李桂兰', phone: '13812345678' } }]);
    await app.get(HotlineIntake).take([{ ...record, version: 2, caller: { name: '李桂兰', phone: '13987654321' } }]);
  });
  const ticket = (subject: string) => pass({ purpose: 'caller', subject, reason: '回访核实' });

  it('is shown as of the newest version, and that it was is written down first', async () => {
    const { status, body } = await ask<CallerView>('/orders/C1/caller', {}, ticket('C1'));
    expect([status, body]).toMatchObject([
      200,
      { version: 2, name: '李桂兰', phone: '13987654321', address: '学府街道1号', isConfidential: true },
    ]);
    expect(await test.database.query(`SELECT order_no, version, who, origin, reason FROM collector.caller_opened`)).toEqual([
      { order_no: 'C1', version: 2, who: '陆文静', origin: '10.0.0.1', reason: '回访核实' },
    ]);
    await expect(test.database.query(`DELETE FROM collector.caller_opened`)).rejects.toThrow('only grows');
  });

  it('of another order is not', async () => {
    expect((await ask('/orders/C1/caller', {}, ticket('C2'))).status).toBe(401);
    expect((await ask('/orders/C9/caller', {}, ticket('C9'))).status).toBe(404);
    expect((await ask('/orders/C1/caller', {}, pass())).status).toBe(401);
  });
});
