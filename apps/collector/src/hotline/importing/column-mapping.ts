import { hotlineTime, type HotlineField } from '@huiying/contracts/http';
import { BadInput } from '@huiying/domain';
import { readFeedDate } from '../../feeds/index.js';

/** The fields of a hotline record that a column can fill; the caller's two stand apart in files. */
export const FIELDS = [
  'orderNo',
  'version',
  'title',
  'content',
  'appealType',
  'urgency',
  'source',
  'category',
  'region',
  'address',
  'leadUnit',
  'receivedAt',
  'callerName',
  'callerPhone',
  'confidential',
  'reply',
  'repliedAt',
  'parentNo',
  'channelRef',
  'occurredAt',
  'regionCode',
  'categoryCode',
  'isRepeat',
  'risk',
  'dispatchedAt',
  'coUnits',
  'signedAt',
  'dueAt',
  'handler',
  'callerIdNo',
  'callerGender',
] as const satisfies readonly HotlineField[];
export type Field = HotlineField;

/** Names of columns, the first found is taken. Compared without case, spaces, underscores and remarks in brackets. */
export type ColumnMapping = Readonly<Record<Field, readonly string[]>>;

/** Names that 12345 systems and their exports use. */
export const USUAL_COLUMNS: ColumnMapping = {
  orderNo: ['orderNo', '工单编号', '工单号', '工单编码', '受理编号', '受理单号', '诉求编号', '单号', '流水号', '编号', 'id'],
  version: ['version', '版本号', '版本'],
  title: ['title', '工单标题', '诉求标题', '标题', '主题'],
  content: ['content', 'detail', '诉求内容', '工单内容', '反映内容', '来电内容', '问题描述', '诉求描述', '内容'],
  appealType: ['appealType', '诉求类型', '工单类型', '来电类型', '诉求性质'],
  urgency: ['urgency', '紧急程度', '缓急程度'],
  source: ['source', '诉求来源', '工单来源', '受理渠道', '来电渠道', '来源', '渠道'],
  category: ['category', '诉求分类', '问题分类', '事项分类', '问题类别', '分类'],
  region: ['region', '所属区域', '所属区县', '事发区域', '行政区划', '区县', '区域'],
  address: ['address', '事发地址', '诉求地址', '详细地址', '联系地址', '地址'],
  leadUnit: ['leadUnit', '主办单位', '承办单位', '办理单位'],
  receivedAt: ['receivedAt', 'time', '受理时间', '来电时间', '登记时间', '诉求时间', '提交时间', '创建时间', '时间'],
  callerName: ['callerName', '诉求人姓名', '诉求人', '来电人姓名', '来电人', '市民姓名', '联系人', '姓名'],
  callerPhone: ['callerPhone', '联系电话', '来电号码', '联系方式', '手机号码', '手机号', '电话', 'phone'],
  confidential: ['confidential', '是否保密', '要求保密', '保密'],
  reply: ['reply', '答复内容', '回复内容', '办理结果', '答复意见', '处理结果', '回复'],
  repliedAt: ['repliedAt', 'reply_time', '答复时间', '回复时间'],
  parentNo: ['parentNo', '主单编号', '父工单编号', '并单编号'],
  channelRef: ['channelRef', '渠道编号', '来源编号'],
  occurredAt: ['occurredAt', '发生时间', '事发时间'],
  regionCode: ['regionCode', '区划代码', '区域代码'],
  categoryCode: ['categoryCode', '分类代码', '分类编码', '事项编码'],
  isRepeat: ['isRepeat', '是否重复', '重复诉求', '是否重复诉求'],
  risk: ['risk', '风险提示', '风险标识', '敏感标识'],
  dispatchedAt: ['dispatchedAt', '派单时间', '转办时间', '交办时间'],
  coUnits: ['coUnits', '协办单位'],
  signedAt: ['signedAt', '签收时间'],
  dueAt: ['dueAt', '办理期限', '截止时间', '到期时间', '办结期限'],
  handler: ['handler', '经办人', '承办人'],
  callerIdNo: ['callerIdNo', '身份证号', '证件号码', '证件号'],
  callerGender: ['callerGender', '性别'],
};
export const NEEDED: readonly Field[] = ['orderNo', 'content', 'receivedAt'];

/** The usual names with a city's own before them. @throws BadInput for a field that does not exist */
export function mappingWith(own: unknown): ColumnMapping {
  if (typeof own !== 'object' || own === null || Array.isArray(own)) {
    throw new BadInput([{ field: 'mapping', rule: 'must be a list of FIELD: COLUMN', message: '映射文件应为「字段: 列名」的清单' }]);
  }
  const mapping: Record<string, readonly string[]> = { ...USUAL_COLUMNS };
  for (const [field, columns] of Object.entries(own)) {
    const names = Array.isArray(columns) ? columns : [columns];
    if (!FIELDS.includes(field as Field)) {
      throw new BadInput([
        { field: `mapping.${field}`, rule: `must be one of ${FIELDS.join(', ')}`, message: `映射文件中没有名为 ${field} 的字段` },
      ]);
    }
    if (!names.every((name) => typeof name === 'string')) {
      throw new BadInput([
        { field: `mapping.${field}`, rule: 'must be a column name or a list of them', message: `${field}：应为列名或列名清单` },
      ]);
    }
    mapping[field] = [...(names as string[]), ...USUAL_COLUMNS[field as Field]];
  }
  return mapping as ColumnMapping;
}

/** A mapping that somebody chose, column by column, and nothing else. */
export function chosenMapping(chosen: Readonly<Partial<Record<Field, string | null>>>): ColumnMapping {
  return Object.fromEntries(FIELDS.map((field) => [field, chosen[field] ? [chosen[field]] : []])) as unknown as ColumnMapping;
}

/** Whether a column of this name is one that a mapping looks for. */
export function isKnownTo(mapping: ColumnMapping): (column: string) => boolean {
  const names = new Set(FIELDS.flatMap((field) => mapping[field].map(plain)));
  return (column) => names.has(plain(column));
}

/** Which of a file's columns fills which field. */
export class Columns {
  private readonly of = new Map<Field, string>();
  readonly unused: string[];

  constructor(mapping: ColumnMapping, columns: readonly string[]) {
    const byName = new Map([...columns].reverse().map((column) => [plain(column), column]));
    for (const field of FIELDS) {
      const found = mapping[field].map((name) => byName.get(plain(name))).find((column) => column !== undefined && !this.isTaken(column));
      if (found !== undefined) this.of.set(field, found);
    }
    // Ours begin with an underscore: the line and the faults in a file of rejected rows.
    this.unused = columns.filter((column) => !this.isTaken(column) && column !== 'caller' && !column.startsWith('_'));
  }

  /** The column that fills a field. */
  columnOf(field: Field): string | undefined {
    return this.of.get(field);
  }

  /** Every field with the column that fills it. */
  get chosen(): Record<Field, string | null> {
    return Object.fromEntries(FIELDS.map((field) => [field, this.of.get(field) ?? null])) as Record<Field, string | null>;
  }

  /** Fields without which no record can be made of a row. */
  get missing(): Field[] {
    return NEEDED.filter((field) => !this.of.has(field));
  }

  /** The record that a row holds, for the intake to judge: what cannot be read is handed on as it is. */
  recordOf(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const record: Record<string, unknown> = {};
    const caller: Record<string, unknown> = {};
    for (const [field, column] of this.of) {
      const value = valueOf(field, row[column]);
      if (value === undefined) continue;
      if (field === 'callerName') caller.name = value;
      else if (field === 'callerPhone') caller.phone = value;
      else if (field === 'callerIdNo') caller.idNo = value;
      else if (field === 'callerGender') caller.gender = value;
      else record[field] = value;
    }
    if (Object.keys(caller).length > 0) record.caller = caller;
    else if (typeof row.caller === 'object') record.caller = row.caller;
    return record;
  }

  private isTaken(column: string): boolean {
    return [...this.of.values()].includes(column);
  }
}

const SAME_AS: Partial<Record<Field, Record<string, string>>> = {
  appealType: { 建议: '意见建议', 意见: '意见建议', 建议意见: '意见建议', 投诉举报: '投诉' },
  urgency: { 普通: '一般', 正常: '一般', 不紧急: '一般', 加急: '紧急', 非常紧急: '特急', 特别紧急: '特急' },
};
const TIMES: readonly Field[] = ['receivedAt', 'repliedAt', 'occurredAt', 'dispatchedAt', 'signedAt', 'dueAt'];
const YES = ['是', '重复', '保密', '要求保密', 'true', '1', 'y', 'yes'];
const NO = ['否', '公开', '不保密', 'false', '0', 'n', 'no'];

function valueOf(field: Field, came: unknown): unknown {
  if (came === undefined || came === null) return undefined;
  const text = typeof came === 'string' ? came.trim() : typeof came === 'number' || typeof came === 'boolean' ? String(came) : null;
  if (text === null) return came;
  if (text === '') return undefined;
  if (field === 'version') return typeof came === 'number' ? came : /^\d+$/.test(text) ? Number(text) : text;
  if (TIMES.includes(field)) return timeOf(text);
  if (field === 'coUnits') return text.split(/[、,，;；\s]+/).filter((unit) => unit !== '');
  if (field === 'confidential' || field === 'isRepeat')
    return YES.includes(text.toLowerCase()) ? true : NO.includes(text.toLowerCase()) ? false : text;
  if (field === 'appealType' || field === 'urgency') return SAME_AS[field]![text] ?? text.replace(/[类件]$/, '');
  return text;
}

/** A time that a spreadsheet shows as a plain number: days since 1899-12-30; of 1982 to 2064. */
const SERIAL = /^[345]\d{4}(\.\d+)?$/;
const SERIAL_OF_1970 = 25_569;
const DAY_MS = 86_400_000;

/** Other forms of a time (2026/11/2 9:05, 2026年11月2日) in the one that the intake takes. */
function timeOf(text: string): string {
  if (SERIAL.test(text)) return new Date(Math.round((Number(text) - SERIAL_OF_1970) * DAY_MS)).toISOString().slice(0, 19).replace('T', ' ');
  if (hotlineTime.safeParse(text).success) return text;
  return readFeedDate(text, 480)?.toISOString() ?? text;
}

function plain(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[(（【[].*$/, '')
    .replace(/[\s_*：:-]/g, '')
    .toLowerCase();
}
