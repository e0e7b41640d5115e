import { parse } from 'csv-parse/sync';
import type { SourceSetting } from '@huiying/contracts';
import { BadInput } from '@huiying/domain';
import type { WrittenSetting, WrittenSource } from './new-setting.js';

/** The columns of our own export, and what else staff and other programs call them. */
const COLUMNS: [field: keyof SourceSetting, name: string, others: readonly string[]][] = [
  ['id', '标识', ['id']],
  ['name', '名称', ['name', '信源', '信源名称', 'title', '网站名称']],
  ['kind', '类型', ['kind', 'type']],
  ['channel', '渠道', ['channel']],
  ['url', '地址', ['url', '网址', '链接', 'xmlurl', '订阅地址']],
  ['pollSeconds', '间隔秒数', ['pollseconds']],
  ['pollSecondsMost', '最长间隔秒数', ['pollsecondsmost']],
  ['belongsToCity', '本地信源', ['belongstocity', '是否本地']],
  ['policies', '政策文件库', ['policies']],
  ['page', '网页识别', ['page']],
  ['json', '接口映射', ['json']],
];
const NUMBERS = new Set(['pollSeconds', 'pollSecondsMost']);
const OBJECTS = new Set(['page', 'json']);
const YES = new Set(['是', 'true', '1', 'yes', 'y']);
const NO = new Set(['否', 'false', '0', 'no', 'n']);
const KINDS: Record<string, string> = { 订阅: 'feed', 网页: 'page', 接口: 'json', rss: 'feed' };
const CHANNELS: Record<string, string> = {
  新闻: 'news',
  微博: 'weibo',
  公众号: 'wechat',
  微信: 'wechat',
  论坛: 'forum',
  政府网站: 'gov-site',
  其他: 'other',
};

/** The sources of a CSV file whose first line names the columns. @throws BadInput for a file that names no address */
export function readSourceCsv(text: string): WrittenSource[] {
  const rows = parseRows(text);
  const head = (rows[0]?.record ?? []).map((cell) => cell.trim().toLowerCase());
  const places = COLUMNS.map(([field, name, others]) => ({ field, at: head.findIndex((cell) => cell === name || others.includes(cell)) }));
  if (!places.some(({ field, at }) => field === 'url' && at >= 0))
    throw new BadInput([{ field: 'content', rule: 'must have a column of addresses', message: '表格第一行须有“地址”（或 url）一列' }]);
  return rows.slice(1).flatMap(({ record, info }) => {
    if (record.every((cell) => cell.trim() === '')) return [];
    const cells = places.filter(({ at }) => at >= 0).map(({ field, at }) => [field, valueOf(field, record[at]?.trim() ?? '')] as const);
    return [{ line: info.lines, setting: Object.fromEntries(cells.filter(([, value]) => value !== '')) as WrittenSetting }];
  });
}

function parseRows(text: string): { record: string[]; info: { lines: number } }[] {
  try {
    return parse(text, { bom: true, info: true, relaxColumnCount: true, relaxQuotes: true, skipEmptyLines: true }) as never;
  } catch (cause) {
    throw new BadInput([{ field: 'content', rule: `must be CSV: ${(cause as Error).message}`, message: '不是可以读取的 CSV 表格' }]);
  }
}

function valueOf(field: string, written: string): unknown {
  const cell = written.replace(/^'(?=[=+\-@])/, ''); // put there by an export, so that a spreadsheet takes it for text
  if (cell === '') return '';
  if (NUMBERS.has(field)) return Number(cell);
  if (field === 'belongsToCity' || field === 'policies')
    return YES.has(cell.toLowerCase()) ? true : NO.has(cell.toLowerCase()) ? false : cell;
  if (field === 'kind') return KINDS[cell.toLowerCase()] ?? cell;
  if (field === 'channel') return CHANNELS[cell] ?? cell;
  if (!OBJECTS.has(field)) return cell;
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return cell;
  }
}

/** The cells of the export, its head first. */
export function sourceTable(settings: readonly SourceSetting[]): string[][] {
  const cell = (value: unknown): string =>
    value === undefined || value === null
      ? ''
      : typeof value === 'boolean'
        ? value
          ? '是'
          : '否'
        : typeof value === 'object'
          ? JSON.stringify(value)
          : String(value);
  return [COLUMNS.map(([, name]) => name), ...settings.map((setting) => COLUMNS.map(([field]) => cell(setting[field])))];
}
