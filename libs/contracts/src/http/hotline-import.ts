import { z } from 'zod';

/** The fields of a hotline record that a column of a file can fill, with the words that staff know them by. */
export const HOTLINE_FIELD_WORDS = {
  orderNo: '工单编号',
  version: '版本号',
  title: '标题',
  content: '诉求内容',
  appealType: '诉求类型',
  urgency: '紧急程度',
  source: '诉求来源',
  category: '诉求分类',
  region: '所属区域',
  address: '事发地址',
  leadUnit: '主办单位',
  receivedAt: '受理时间',
  callerName: '诉求人姓名',
  callerPhone: '诉求人电话',
  confidential: '是否保密',
  reply: '答复内容',
  repliedAt: '答复时间',
  parentNo: '主单编号',
  channelRef: '渠道编号',
  occurredAt: '发生时间',
  regionCode: '区划代码',
  categoryCode: '分类代码',
  isRepeat: '是否重复',
  risk: '风险提示',
  dispatchedAt: '派单时间',
  coUnits: '协办单位',
  signedAt: '签收时间',
  dueAt: '办理期限',
  handler: '经办人',
  callerIdNo: '诉求人证件号',
  callerGender: '诉求人性别',
} as const;
export type HotlineField = keyof typeof HOTLINE_FIELD_WORDS;
export const NEEDED_HOTLINE_FIELDS: readonly HotlineField[] = ['orderNo', 'content', 'receivedAt'];

const field = z.enum(Object.keys(HOTLINE_FIELD_WORDS) as [HotlineField, ...HotlineField[]]);

/** POST /api/hotline/imports/ID/preview and …/run: which sheet, which line names the columns, which column fills which field. */
export const hotlineImportChoice = z
  .object({
    sheet: z.string().max(200).nullable().default(null),
    headerLine: z.int().min(1).max(1_000).nullable().default(null),
    /** null: to be guessed, or remembered from a file with the same columns. */
    mapping: z.partialRecord(field, z.string().max(500).nullable()).nullable().default(null),
  })
  .strict();
export type HotlineImportChoice = z.input<typeof hotlineImportChoice>;

/** A file that was uploaded for import. Nothing of it is taken before `run`; what is shown of callers is masked. */
export interface HotlineImportView {
  importId: string;
  fileName: string;
  kind: 'csv' | 'jsonl' | 'xlsx';
  state: 'ready' | 'running' | 'done' | 'failed';
  /** Names of the sheets that are not hidden. */
  sheets: string[];
  sheet: string | null;
  headerLine: number | null;
  columns: string[];
  mapping: Partial<Record<HotlineField, string | null>>;
  /** The mapping is the one that was used for a file with the same columns before. */
  remembered: boolean;
  missing: HotlineField[];
  preview: { line: number; cells: string[]; faults: string[] }[];
  progress: { rows: number; accepted: number; unchanged: number; rejected: number; share: number } | null;
  /** The first of the rejected rows; all of them stand in GET …/rejected. */
  rejected: { line: number; faults: string[] }[];
  /** Why it ended before its end; null where it did not. */
  failure: string | null;
}

/** POST /api/hotline-passes/import answers a pass, for the header `x-pass` of the intake's pages. */
export interface HotlinePassView {
  pass: string;
  endsAt: string;
}

/** POST /api/hotline-orders/ORDER_NO/caller: what must be said before a caller is shown. */
export const openCallerRequest = z.object({ reason: z.string().trim().min(4).max(500) }).strict();
export type OpenCallerRequest = z.infer<typeof openCallerRequest>;

/** GET /api/hotline/orders/ORDER_NO/caller with a pass: the caller as the hotline gave it. */
export interface CallerView {
  orderNo: string;
  version: number;
  name: string | null;
  phone: string | null;
  idNo: string | null;
  contactPreference: string | null;
  address: string | null;
  isConfidential: boolean;
}
