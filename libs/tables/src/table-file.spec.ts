import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { encode } from 'iconv-lite';
import { BadInput } from '@huiying/domain';
import type { Row } from './row.js';
import { openTable, type TableOptions } from './table-file.js';
import { inspectWorkbook } from './workbook-guard.js';

const knows = (name: string) => ['工单编号', '诉求内容', '受理时间', '联系电话'].includes(name);
let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'huiying-tables-'))));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(name: string, content: string | Uint8Array, options: Partial<TableOptions> = {}) {
  const path = join(folder, name);
  writeFileSync(path, content);
  const { rows, ...file } = await openTable(path, { knows, ...options });
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return { file, rows: all };
}
const values = (rows: Row[]) => rows.map((row) => ('row' in row ? row.row : row.message));
const workbook = () =>
  writeXlsx({
    sheets: [
      { name: '说明', rows: [['本表由热线系统导出'], ['仅供内部使用']] },
      {
        name: '工单明细',
        rows: [
          ['望川市12345工单（11月）'],
          ['工单编号', '诉求内容', '受理时间', '联系电话'],
          ['WC1', '停水 & <三天>\n无人管', new Date('2026-11-02T08:30:00Z'), 13812345678],
          [null, null, null, null],
          [Number('2026110212345678901'), '路灯不亮', '2026/11/2 9:05', null],
        ],
      },
      { name: '隐藏', hidden: true, rows: [['工单编号', '诉求内容', '受理时间', '联系电话']] },
    ],
  });

describe('a workbook', () => {
  it('is read from the sheet and the line that name the known columns', async () => {
    const { file, rows } = await read('orders.xlsx', await workbook());
    expect(file).toMatchObject({ kind: 'xlsx', sheet: '工单明细', header: { line: 2 } });
    expect(file.sheets.map((s) => [s.name, s.isHidden])).toEqual([
      ['说明', false],
      ['工单明细', false],
      ['隐藏', true],
    ]);
    expect(rows).toEqual([
      {
        line: 3,
        through: expect.any(Number),
        row: { 工单编号: 'WC1', 诉求内容: '停水 & <三天>\n无人管', 受理时间: '2026-11-02 08:30:00', 联系电话: 13812345678 },
      },
      { line: 5, through: expect.any(Number), rounded: ['工单编号'], row: expect.objectContaining({ 诉求内容: '路灯不亮' }) },
    ]);
    expect(rows[1]!.through).toBe(file.bytes);
  });

  it('is read from the sheet and line that somebody names', async () => {
    const { file, rows } = await read('orders.xlsx', await workbook(), { sheet: '说明', headerLine: 1 });
    expect(file.header).toEqual({ line: 1, columns: ['本表由热线系统导出'] });
    expect(values(rows)).toEqual([{ 本表由热线系统导出: '仅供内部使用' }]);
    await expect(read('orders.xlsx', await workbook(), { sheet: '没有' })).rejects.toThrow(BadInput);
  });

  it.each<[string, () => Uint8Array | Promise<Uint8Array>, RegExp]>([
    ['the old binary form', () => Buffer.from('d0cf11e0a1b11ae1000000', 'hex'), /旧版/],
    ['a page that calls itself one', () => Buffer.from('<html><table><tr><td>1</td></tr></table></html>'), /网页/],
    ['a download that was cut short', async () => (await workbook()).subarray(0, 3_000), /损坏/],
    ['a zip of something else', () => zip([['readme.txt', Buffer.from('hello')]]), /工作表/],
    ['a bomb', () => zip([['xl/worksheets/sheet1.xml', Buffer.from('x')]], 401 << 20), /过大/],
    ['a bomb that tells no size', () => zip([['xl/worksheets/sheet1.xml', Buffer.alloc(1 << 20)]], 0), /过大/],
    ['more parts than any', () => zip(Array.from({ length: 5_001 }, (_, i) => [`p${i}`, Buffer.alloc(0)])), /过大/],
  ])('refuses %s', async (_, bytes, said) => {
    await expect(read('bad.xlsx', await bytes())).rejects.toMatchObject({
      faults: [{ field: 'file', message: expect.stringMatching(said) }],
    });
  });

  it('unpacks no part beyond the size it tells', async () => {
    const honest = Buffer.from(`<workbook xmlns:r="x"><sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>`);
    const liar = zip(
      [
        ['xl/workbook.xml', honest],
        ['xl/worksheets/sheet1.xml', Buffer.alloc(16 << 20)],
      ],
      64,
    );
    const before = process.memoryUsage().rss;
    const { rows } = await read('liar.xlsx', liar).catch((error: unknown) => ({
      rows: [{ line: 1, through: 0, rule: '', message: String(error) }],
    }));
    expect(values(rows).filter((v) => typeof v !== 'string')).toEqual([]);
    expect(process.memoryUsage().rss - before).toBeLessThan(128 << 20);
  });

  it('refuses a file that is too heavy before reading it', async () => {
    const limits = { fileBytes: 1_000, unpackedBytes: 1 << 20, parts: 10 };
    await expect(inspectWorkbook(Buffer.alloc(1_001), limits)).rejects.toThrow(BadInput);
  });
});

describe('a text', () => {
  it.each([
    ['a.csv', ','],
    ['a.tsv', '\t'],
    ['a.csv', ';'],
  ])('%s parted by %p, below a title, in GBK', async (name, sign) => {
    const text = `工单导出\r\n工单编号${sign}诉求内容\r\nA1${sign}"停水，\n三天"\r\n`;
    const { file, rows } = await read(name, encode(text, 'gbk'));
    expect(file.header).toEqual({ line: 2, columns: ['工单编号', '诉求内容'] });
    expect(rows).toEqual([{ line: 4, through: expect.any(Number), row: { 工单编号: 'A1', 诉求内容: '停水，\n三天' } }]);
  });

  it('JSON Lines has no header', async () => {
    const { file, rows } = await read('a.jsonl', '{"id":1}\n[]\n');
    expect(file).toMatchObject({ kind: 'jsonl', header: null });
    expect(values(rows)).toEqual([{ id: 1 }, '这一行不是一个 JSON 对象，请在原文件中改好后再导入']);
  });

  it('a line of JSON that is longer than any record is told of by its number, and the others are read', async () => {
    const record = (text: string) => JSON.stringify({ text });
    const longest = record('水'.repeat(1024));
    const { rows } = await read('long.jsonl', `${longest}\r\n${record('水'.repeat(400_000))}\n\n{"id":"a\u2028b"}`);
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 4]);
    expect(values(rows)).toEqual([{ text: '水'.repeat(1024) }, '这一行超过 1 MB，不是一条记录', { id: 'a\u2028b' }]);
  });
});

/** A zip by hand. @param told the size that the entries claim instead of their own */
function zip(entries: [name: string, content: Buffer][], told?: number): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of entries) {
    const packed = deflateRawSync(content, { level: 1 });
    const field = (signature: number, head: number[]) => {
      const bytes = Buffer.alloc(signature === 0x04034b50 ? 30 : 46);
      const at = signature === 0x04034b50 ? 4 : 6;
      bytes.writeUInt32LE(signature, 0);
      [20, 0, 8, 0, 0].forEach((value, i) => bytes.writeUInt16LE(value, at + i * 2));
      bytes.writeUInt32LE(crc32 ? crc32(content) : 0, at + 10);
      bytes.writeUInt32LE(packed.length, at + 14);
      bytes.writeUInt32LE(told ?? content.length, at + 18);
      bytes.writeUInt16LE(name.length, at + 22);
      if (head[0] !== undefined) bytes.writeUInt32LE(head[0], 42);
      return Buffer.concat([bytes, Buffer.from(name)]);
    };
    const local = Buffer.concat([field(0x04034b50, []), packed]);
    parts.push(local);
    directory.push(field(0x02014b50, [offset]));
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
}
