import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { encode } from 'iconv-lite';
import { MovableClock } from '@huiying/domain';
import { Store } from '@huiying/persistence';
import { freshDatabase, type TestDatabase } from '../../../../../test/support/database.js';
import { SourceList } from '../../sources/index.js';
import { HotlineIntake } from '../hotline-intake.js';
import { RecordSeal } from '@huiying/platform';
import { USUAL_COLUMNS } from './column-mapping.js';
import { importFile, type ImportSummary } from './import-file.js';
import type { RowFault } from './rejects.js';

let test: TestDatabase;
let intake: HotlineIntake;
let folder: string;

beforeAll(async () => {
  test = await freshDatabase();
  const store = new Store(test.database, 'collector');
  const clock = new MovableClock(new Date('2026-11-02T09:00:00+08:00'));
  intake = new HotlineIntake(store, new SourceList([], store, clock), clock, new RecordSeal(Buffer.alloc(32)));
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huiying-import-'));
  await test.database.query('TRUNCATE collector.hotline_order, collector.hotline_record, collector.outbox, collector.outbox_unsent');
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => test.drop());

async function importOf(
  name: string,
  content: string | Buffer,
): Promise<{ summary: ImportSummary; faults: RowFault[]; shares: number[]; file: string }> {
  const file = join(folder, name);
  writeFileSync(file, content);
  const faults: RowFault[] = [];
  const shares: number[] = [];
  const summary = await importFile({
    file,
    mapping: USUAL_COLUMNS,
    take: (records) => intake.take(records),
    progress: (_, share) => shares.push(share),
    rejected: (fault) => faults.push(fault),
  });
  return { summary, faults, shares, file };
}
const orders = async () =>
  (await test.database.query<{ order_no: string }>(`SELECT order_no FROM collector.hotline_order ORDER BY 1`)).map((r) => r.order_no);

describe('importFile', () => {
  const header = '工单编号,诉求内容,受理时间,紧急程度,备注\n';

  it.each(['utf8', 'gbk'])('reads a CSV in %s, with quoted line breaks', async (encoding) => {
    const csv = `${header}A1,"停水三天，\n无人处理",2026-11-02 08:00:00,加急,x\nA2,路灯不亮,2026/11/2 8:30,,\n\n`;
    const { summary, shares } = await importOf('orders.csv', encode(csv, encoding, { addBOM: encoding === 'utf8' }));
    expect(summary).toEqual({
      ...{ rows: 2, accepted: 2, unchanged: 0, rejected: 0, unreadable: 0 },
      ...{ unusedColumns: ['备注'], rejectedFile: null },
    });
    expect(await orders()).toEqual(['A1', 'A2']);
    expect(shares.at(-1)).toBe(1);
    const [event] = await test.database.query<{ payload: string }>(
      `SELECT payload FROM collector.outbox WHERE topic = 'opinion.collected' ORDER BY position`,
    );
    expect(JSON.parse(event!.payload)).toMatchObject({ data: { text: '停水三天，\n无人处理', order: { urgency: '紧急' } } });
  });

  it('rejects bad rows with line, field and rule, keeps them beside the file, and takes them once they are mended', async () => {
    const csv = `${header}A1,停水,2026-11-02 08:00:00,,\nA2,"两行\n内容",2026-13-02 08:00:00,,\nA3,,2026-11-02 08:00:00,火急,\n,无单号,2026-11-02 08:00:00,,\n`;
    const { summary, faults, file } = await importOf('orders.csv', csv);
    expect(summary).toMatchObject({ rows: 4, accepted: 1, rejected: 3, rejectedFile: `${file}.rejected.jsonl` });
    expect(faults.map(({ line, faults: [first] }) => [line, first!.field])).toEqual([
      [4, 'receivedAt'],
      [5, 'content'],
      [6, 'orderNo'],
    ]);
    expect(faults[1]!.faults.map((f) => f.field)).toEqual(['content', 'urgency']);
    expect(statSync(`${file}.rejected.jsonl`).mode & 0o777).toBe(0o600);
    const mended = readFileSync(`${file}.rejected.jsonl`, 'utf8')
      .replace('2026-13-02', '2026-11-02')
      .replace('火急', '特急')
      .replace('"诉求内容":""', '"诉求内容":"路灯"')
      .replace('"工单编号":""', '"工单编号":"A4"');
    expect((await importOf('mended.jsonl', mended)).summary).toMatchObject({ rows: 3, accepted: 3, rejected: 0, unusedColumns: ['备注'] });
    expect(await orders()).toEqual(['A1', 'A2', 'A3', 'A4']);
    expect((await importOf('orders.csv', header + 'A1,停水,2026-11-02 08:00:00,,\n')).summary).toMatchObject({
      unchanged: 1,
      rejectedFile: null,
    });
    expect(existsSync(`${file}.rejected.jsonl`)).toBe(false);
  });

  it('reads a workbook: its times as Beijing time, plain numbers as times where a time is due, and no number that lost its end', async () => {
    const rows = [
      ['望川市12345工单导出'],
      ['工单编号', '诉求内容', '受理时间', '联系电话', '备注'],
      ['A1', '停水三天', new Date('2026-11-02T08:30:00Z'), 13812345678, 'x'],
      ['A2', '路灯不亮', 46_328.354_166_67, null, null],
      [Number('2026110212345678901'), '占道经营', '2026-11-02', null, null],
    ];
    const file = await writeXlsx({
      sheets: [
        { name: '说明', rows: [['内部使用']] },
        { name: '工单', rows },
      ],
    });
    const { summary, faults } = await importOf('orders.xlsx', Buffer.from(file));
    expect(summary).toMatchObject({ rows: 3, accepted: 2, rejected: 1, unusedColumns: ['备注'] });
    expect(faults).toMatchObject([{ line: 5, faults: [{ field: 'orderNo', message: expect.stringContaining('15 位') }] }]);
    const events = await test.database.query<{ payload: string }>(
      `SELECT payload FROM collector.outbox WHERE topic = 'opinion.collected' ORDER BY position`,
    );
    expect(events.map((e) => (JSON.parse(e.payload) as { data: { publishedAt: string } }).data.publishedAt)).toEqual([
      '2026-11-02T00:30:00.000Z',
      '2026-11-02T00:30:00.000Z',
    ]);
  });

  it('goes on past lines that are no JSON', async () => {
    const good = (n: number) => JSON.stringify({ id: `J${n}`, detail: '停水', time: '2026-11-02T08:00:00+08:00' });
    const { summary, faults } = await importOf('orders.jsonl', `${good(1)}\n{"id": \n[1]\n\n${good(2)}\n`);
    expect(summary).toMatchObject({ rows: 4, accepted: 2, rejected: 2 });
    expect(faults.map((f) => f.line)).toEqual([2, 3]);
  });

  it('keeps the text of lines that are no JSON, and tells the same of them when the rejected file is imported', async () => {
    const long = `{"id":"${'长'.repeat(5_000)}`;
    const { summary, file } = await importOf('orders.jsonl', `{"id":"J1","detail":"停水"\nnot json\n["a"]\n${long}\n`);
    expect(summary).toMatchObject({ rows: 4, rejected: 4, unreadable: 4 });
    const rejects = readFileSync(`${file}.rejected.jsonl`, 'utf8');
    const kept = rejects
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(kept.map((line) => line._text)).toEqual(['{"id":"J1","detail":"停水"', 'not json', '["a"]', long.slice(0, 2_000)]);
    expect(kept[1]).toMatchObject({ _line: 2, _faults: [{ message: expect.stringContaining('请在原文件中改好') }] });

    const good = JSON.stringify({ id: 'J9', detail: '停水', time: '2026-11-02T08:00:00+08:00' });
    const again = await importOf('again.jsonl', `${rejects}${good}\n`);
    expect(again.summary).toMatchObject({ rows: 5, accepted: 1, rejected: 4, unreadable: 4, unusedColumns: [] });
    expect(again.faults.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
    expect(readFileSync(`${again.file}.rejected.jsonl`, 'utf8')).toBe(rejects);
  });

  it('leaves what an earlier import rejected where a new one comes to nothing, and replaces it once it is answered', async () => {
    const file = join(folder, 'orders.csv');
    const rejects = `${file}.rejected.jsonl`;
    writeFileSync(file, `${header}A1,停水,2026-13-02 08:00:00,,\n2.02611E+19,停水,2026-11-02 08:00:00,,\n`);
    writeFileSync(rejects, 'half mended');
    const refused = importFile({ file, mapping: USUAL_COLUMNS, take: () => Promise.reject(new Error('401')) });
    await expect(refused).rejects.toThrow('401');
    expect([readFileSync(rejects, 'utf8'), readdirSync(folder)]).toEqual(['half mended', ['orders.csv', 'orders.csv.rejected.jsonl']]);
    await importFile({ file, mapping: USUAL_COLUMNS, take: (records) => intake.take(records) });
    expect(readFileSync(rejects, 'utf8').trim().split('\n')).toHaveLength(2);
    expect(statSync(rejects).mode & 0o777).toBe(0o600);
  });

  it.each(['2.02611E+19', '1.0E+15', '1E+15', '2.0261123E13', '2.02611e+019'])(
    'takes no order whose number is %s: two orders may have fallen together',
    async (number) => {
      const { summary, faults } = await importOf('orders.csv', `${header}${number},停水,2026-11-02 08:00:00,,\n`);
      expect(summary).toMatchObject({ accepted: 0, rejected: 1 });
      const said = `orderNo：${number} 是科学计数法，原来的数字已丢失；请在来源系统把“工单编号”列设为文本格式后重新导出`;
      expect(faults[0]!.faults).toEqual([{ field: 'orderNo', message: said, rule: expect.stringContaining(`got ${number}`) }]);
    },
  );

  it.each(['20261102E5', 'E+15', '12345-1E5', '1E5', '20261102000000000019'])('takes an order whose number is %s', async (number) => {
    expect((await importOf('orders.csv', `${header}${number},停水,2026-11-02 08:00:00,,\n`)).summary.accepted).toBe(1);
  });

  it('takes no number in scientific form from a workbook either, and no phone', async () => {
    const rows = [
      ['工单编号', '诉求内容', '受理时间', '联系电话'],
      ['2.02611E+19', '停水', '2026-11-02', '1.38123E+10'],
    ];
    const { faults } = await importOf('orders.xlsx', Buffer.from(await writeXlsx({ sheets: [{ name: '工单', rows }] })));
    expect(faults[0]!.faults.map(({ field }) => field)).toEqual(['orderNo', 'callerPhone']);
  });

  it('says where a CSV breaks, and keeps what stood before', async () => {
    const { summary, faults } = await importOf(
      'orders.csv',
      `${header}A1,停水,2026-11-02 08:00:00,,\nA2,"没有关上的引号,2026-11-02 08:00:00,,\nA3,停水,2026-11-02 08:00:00,,\n`,
    );
    expect(summary).toMatchObject({ accepted: 1, rejected: 1 });
    expect(faults[0]).toMatchObject({ line: 3, faults: [{ message: expect.stringContaining('引号') }] });
  });

  it('takes nothing of a file without the columns needed, and names them', async () => {
    await expect(importOf('orders.csv', '编码,正文\n1,停水\n')).rejects.toMatchObject({
      name: 'BadInput',
      faults: [{ field: 'orderNo' }, { field: 'content' }, { field: 'receivedAt', message: expect.stringContaining('编码、正文') }],
    });
    expect(await orders()).toEqual([]);
  });

  it('reads an empty file as nothing', async () => {
    expect((await importOf('orders.csv', '')).summary).toMatchObject({ rows: 0, rejected: 0 });
  });

  it('sends many long records in batches that the API takes', async () => {
    const sizes: number[] = [];
    const file = join(folder, 'long.jsonl');
    writeFileSync(
      file,
      Array.from({ length: 300 }, (_, i) => JSON.stringify({ id: `L${i}`, detail: '长'.repeat(19_000), time: '2026-11-02' })).join('\n'),
    );
    const take = async (records: readonly unknown[]) => {
      sizes.push(Buffer.byteLength(JSON.stringify(records)));
      return { results: records.map((_, index) => ({ index, orderNo: null, outcome: 'unchanged' as const, opinionId: null })) };
    };
    const shares: number[] = [];
    expect((await importFile({ file, mapping: USUAL_COLUMNS, take, progress: (_, share) => shares.push(share) })).unchanged).toBe(300);
    expect(shares[0]).toBeGreaterThan(0.4);
    expect(shares[0]).toBeLessThan(0.7);
    expect(shares.at(-1)).toBe(1);
    expect(Math.max(...sizes)).toBeLessThan(12 * 1024 * 1024);
    expect(sizes.length).toBeGreaterThan(1);
  });
});

const replies = resolve(process.env.HUIYING_DATA ?? resolve(__dirname, '../../../../../../shared/data'), 'messages/replies.jsonl');
const measured = existsSync(replies) ? it : it.skip;
if (!existsSync(replies)) console.warn(`SKIPPED: ${replies} is not here (set HUIYING_DATA)`);

measured('real messages with replies: 1,382 accepted, none lost, the second time none changed', async () => {
  const content = readFileSync(replies);
  const first = await importOf('replies.jsonl', content);
  expect(first.summary).toMatchObject({ rows: 1_382, accepted: 1_382, unchanged: 0, rejected: 0 });
  expect(await orders()).toHaveLength(1_382);
  const second = await importOf('replies.jsonl', content);
  expect(second.summary).toMatchObject({ rows: 1_382, accepted: 0, unchanged: 1_382, rejected: 0 });
  expect(await test.database.query(`SELECT 1 FROM collector.outbox WHERE topic = 'opinion.collected'`)).toHaveLength(1_382);
});
