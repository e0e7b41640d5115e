import { HOUR_MS } from './local-time.js';

const NUMBER = '[\\u4e00-\\u9fff]{2,12}〔\\d{4}〕\\d+号';
const LABELLED = new RegExp(`(?:发文字号|发文文号|文\\s*号)[：:\\s]*(${NUMBER})`);
const ALONE = new RegExp(`^\\s*(${NUMBER})\\s*$`, 'm');
/** The number stands at the head of a document; further down are the numbers of those it rests on. */
const HEAD_LENGTH = 800;

/** The document's own 文号 as its page has it: named as such, or alone on a line of its head; null where neither is found. */
export function ownNumberOf(text: string): string | null {
  const head = text.slice(0, HEAD_LENGTH);
  return LABELLED.exec(head)?.[1] ?? ALONE.exec(head)?.[1] ?? null;
}

const FRESH_DAYS = 7;

/**
 * Whether a document that is found or entered after it was published still owes an interpretation with a clock. Lists hold the
 * documents of years: what was public for longer than a week when we first saw it is stock (存量), which no clock of ours can meet.
 */
export function isFreshlyPublished(publishedAt: Date, seenAt: Date): boolean {
  return seenAt.getTime() - publishedAt.getTime() <= FRESH_DAYS * 24 * HOUR_MS;
}

/** The kinds of documents (政策文件类别); all but the last must be interpreted (郑州、辽政办〔2022〕43号). */
export const DOCUMENT_KINDS = ['规章', '政府规范性文件', '部门规范性文件', '其他涉及公众的政策文件', '一般文件'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
