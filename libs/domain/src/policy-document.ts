import { told, type Conflict } from './conflict.js';
import { Refusal } from './refusals.js';

/** 起草中 · 报批中 · 已签发 · 已公开 · 已解读 · 无需解读 */
export type DocumentState = 'drafting' | 'submitted' | 'signed' | 'published' | 'interpreted' | 'exempt';
export type DocumentAction = 'edit' | 'plan' | 'submit' | 'send-back' | 'sign' | 'publish' | 'interpret' | 'exempt';

/**
 * The way of a policy document (政策文件) and its interpretation: 起草 → 报批 → 签发 → 公开 → 解读. What is not here is refused.
 * 三同步: the plan of interpretation goes with the document when it is submitted, and is approved with it.
 */
export const DOCUMENT_STEPS: Record<DocumentState, Partial<Record<DocumentAction, DocumentState>>> = {
  drafting: { edit: 'drafting', plan: 'drafting', submit: 'submitted', exempt: 'exempt' },
  submitted: { sign: 'signed', 'send-back': 'drafting', exempt: 'exempt' },
  signed: { plan: 'signed', publish: 'published', exempt: 'exempt' },
  published: { plan: 'published', interpret: 'interpreted', exempt: 'exempt' },
  interpreted: { interpret: 'interpreted' },
  exempt: { edit: 'exempt' },
};

const NAMES: Record<DocumentState, string> = {
  drafting: '起草中',
  submitted: '报批中',
  signed: '已签发',
  published: '已公开',
  interpreted: '已解读',
  exempt: '无需解读',
};
const ACTS: Record<DocumentAction, string> = {
  edit: '修改',
  plan: '编制解读方案',
  submit: '报批',
  'send-back': '退回',
  sign: '签发',
  publish: '登记公开',
  interpret: '登记解读',
  exempt: '列为无需解读',
};

/** Why an action is refused in a state, or null where it is lawful. */
export function documentRefusal(state: DocumentState, action: DocumentAction, conflict?: Conflict): Refusal | null {
  if (DOCUMENT_STEPS[state][action] !== undefined) return null;
  return new Refusal(
    `document-${state}`,
    `document is ${state}: cannot ${action}`,
    told(`文件${NAMES[state]}，现在不能${ACTS[action]}`, conflict),
    conflict,
  );
}

/** @throws Refusal document-STATE */
export function stepDocument(state: DocumentState, action: DocumentAction, conflict?: Conflict): DocumentState {
  const refusal = documentRefusal(state, action, conflict);
  if (refusal) throw refusal;
  return DOCUMENT_STEPS[state][action]!;
}

/** 解读方案: 提纲、形式、渠道、时间、责任人. */
export interface InterpretationPlan {
  outline: string;
  forms: readonly string[];
  channels: readonly string[];
  /** YYYY-MM-DD. */
  plannedOn: string | null;
  responsible: string;
}

/** What a plan lacks, in words; none = complete (郑州、云南 解读方案要素). */
export function missingOfPlan(plan: InterpretationPlan | null): string[] {
  if (plan === null) return ['解读方案'];
  return [
    ...(plan.outline.trim() === '' ? ['解读提纲'] : []),
    ...(plan.forms.length === 0 ? ['解读形式'] : []),
    ...(plan.channels.length === 0 ? ['解读渠道'] : []),
    ...(plan.plannedOn === null ? ['解读时间'] : []),
    ...(plan.responsible.trim() === '' ? ['责任人'] : []),
  ];
}

/** `deploy`: 同步组织、审签、部署. `publish`: 同步发布, the stricter local form (PI-03). */
export type SyncMode = 'deploy' | 'publish';

/**
 * The gate of 三同步 (PI-02): no document is submitted or signed without a complete plan of its interpretation.
 * Where the city demands simultaneous publication (PI-03) none is published without the interpretation's address.
 */
export function gateRefusal(
  action: 'submit' | 'sign' | 'publish',
  document: { plan: InterpretationPlan | null; syncMode: SyncMode; interpretationUrl: string | null },
): Refusal | null {
  const missing = missingOfPlan(document.plan);
  if (action !== 'publish' && missing.length > 0)
    return new Refusal(
      'plan-missing',
      `the plan of interpretation lacks ${missing.join(', ')}`,
      `解读方案未随文报批，缺：${missing.join('、')}（同步组织、同步审签）`,
    );
  if (action === 'publish' && document.syncMode === 'publish' && document.interpretationUrl === null)
    return new Refusal('interpretation-missing', 'the city demands simultaneous publication', '本市要求同步发布：须同时登记解读材料的网址');
  return null;
}

/** What material of interpretation must hold; the first five are demanded, the others expected. */
export const INTERPRETATION_ELEMENTS: readonly { key: string; name: string; demanded: boolean }[] = [
  { key: 'background', name: '背景依据', demanded: true },
  { key: 'goal', name: '目标任务', demanded: true },
  { key: 'content', name: '主要内容', demanded: true },
  { key: 'scope', name: '涉及范围', demanded: true },
  { key: 'standard', name: '执行标准', demanded: true },
  { key: 'notes', name: '注意事项', demanded: false },
  { key: 'terms', name: '关键词诠释', demanded: false },
  { key: 'benefits', name: '惠民利民举措', demanded: false },
  { key: 'differences', name: '新旧政策差异', demanded: false },
];
export const INTERPRETATION_FORMS = [
  '文字',
  '图解',
  '音视频',
  '动漫',
  '政策问答',
  '简明手册',
  '新闻发布会',
  '吹风会',
  '在线访谈',
  '专家解读',
  '媒体专访',
  '负责人撰稿',
] as const;
export const INTERPRETATION_CHANNELS = ['政府网站政策解读专栏', '政务新媒体', '主流媒体', '政务服务大厅', '12345知识库'] as const;

/** Demanded elements that material lacks, by name. */
export function missingElements(held: readonly string[]): string[] {
  return INTERPRETATION_ELEMENTS.filter(({ key, demanded }) => demanded && !held.includes(key)).map(({ name }) => name);
}

/**
 * Whether a page leads to an address (双向链接): by the whole address, or by a link to the same path on its own site.
 * @param html the page as it was fetched
 */
export function linksTo(html: string, pageUrl: string, target: string): boolean {
  const wanted = new URL(target);
  for (const match of html.matchAll(/href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi)) {
    const href = (match[1] ?? match[2] ?? match[3] ?? '').replaceAll('&amp;', '&').trim();
    if (!URL.canParse(href, pageUrl)) continue;
    const link = new URL(href, pageUrl);
    if (link.host === wanted.host && bare(link.pathname) === bare(wanted.pathname) && link.search === wanted.search) return true;
  }
  return false;
}

const bare = (path: string): string => path.replace(/\/(?:index\.html?)?$/, '');

const COPIED_FROM = 0.6;

/**
 * Share of the interpretation that stands word for word in the document, 0–1: 照抄原文、文件要点摘抄 is no interpretation.
 * By sentences of at least 8 characters.
 */
export function copiedShare(interpretation: string, document: string): number {
  const plain = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
  const whole = plain(document);
  const sentences = interpretation
    .split(/[。！？；\n]/)
    .map(plain)
    .filter((sentence) => sentence.length >= 8);
  const length = sentences.reduce((sum, sentence) => sum + sentence.length, 0);
  if (length === 0 || whole === '') return 0;
  return sentences.filter((sentence) => whole.includes(sentence)).reduce((sum, sentence) => sum + sentence.length, 0) / length;
}

export function isCopied(share: number): boolean {
  return share >= COPIED_FROM;
}

/** How a document ceases to be in force: 废止 · 有效期满 · 被新文件替代. */
export const DOCUMENT_ENDS = ['repealed', 'expired', 'replaced'] as const;
export type DocumentEnding = (typeof DOCUMENT_ENDS)[number];
export const DOCUMENT_END_WORDS: Record<DocumentEnding, string> = { repealed: '废止', expired: '有效期满', replaced: '被新文件替代' };

export interface DocumentEnd {
  how: DocumentEnding;
  /** YYYY-MM-DD in China, the last day it is in force. */
  lastDay: string;
  /** Id of the document that takes its place. */
  replacedBy: string | null;
  reason: string;
}

/** Why a document cannot be ended, in words; null where it can: only what is public is in force, and it ends once. */
export function endRefusal(document: { published: boolean; ended: boolean }): string | null {
  if (document.ended) return '已登记失效';
  return document.published ? null : '文件公开后才有失效';
}

/** Whether an entry of the knowledge base would outlast the document that it rests on. Both are last days, YYYY-MM-DD; null = no end. */
export function outlasts(entryExpiresOn: string | null, documentLastDay: string | null): boolean {
  return documentLastDay !== null && (entryExpiresOn === null || entryExpiresOn > documentLastDay);
}
