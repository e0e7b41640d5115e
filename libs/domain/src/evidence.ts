import type { Deadline } from './deadline.js';
import { localTimeText, MINUTE_MS } from './local-time.js';
import { BadInput, type Fault } from './refusals.js';
import type { EvidenceKind } from './rule-words.js';

/** Proof that something was said or done (停表证据). */
export interface Evidence {
  id: string;
  kind: EvidenceKind;
  url: string | null;
  /** SHA-256 (hex) of the captured page or the uploaded file; null where neither could be kept. */
  sha256: string | null;
  publishedAt: Date;
}

/** Kinds that happen in public and so need an address or a file as proof; the others are steps in this system. */
const PUBLIC: readonly EvidenceKind[] = ['statement', 'press-conference', 'clarification', 'interpretation'];

/**
 * What makes a piece of evidence unbelievable: nothing to look at, published before the matter began, or in the future.
 * @param notBefore the earlier of the case's start fact and the story's first sight
 */
export function evidenceFaults(evidence: Omit<Evidence, 'id'>, notBefore: Date, now: Date): Fault[] {
  const faults: Fault[] = [];
  if (PUBLIC.includes(evidence.kind) && evidence.url === null && evidence.sha256 === null) {
    faults.push({ field: 'url', rule: 'or a file must prove the publication', message: '须提供已发布的链接，或上传截图、录像等证明文件' });
  }
  const at = evidence.publishedAt;
  if (Number.isNaN(at.getTime())) {
    return [...faults, { field: 'publishedAt', rule: 'must be a valid instant', message: '发布时间无效' }];
  }
  // People state a publication to the minute: one in the minute in which the matter began is believed.
  if (at.getTime() < Math.floor(notBefore.getTime() / MINUTE_MS) * MINUTE_MS) {
    const message = `发布时间早于事件最早时间（${localTimeText(notBefore)}），请核对`;
    faults.push({ field: 'publishedAt', rule: `must not be before ${notBefore.toISOString()}`, got: at.toISOString(), message });
  }
  if (at > now) {
    faults.push({
      field: 'publishedAt',
      rule: 'must not be in the future',
      got: at.toISOString(),
      message: `发布时间晚于现在（${localTimeText(now)}），尚未发布不能停表`,
    });
  }
  return faults;
}

/** @throws BadInput with every fault of evidenceFaults */
export function assertBelievable(evidence: Omit<Evidence, 'id'>, notBefore: Date, now: Date): void {
  const faults = evidenceFaults(evidence, notBefore, now);
  if (faults.length > 0) throw new BadInput(faults);
}

/** Whether this evidence stops this clock: of a kind its rule takes, late enough for it, the clock not cancelled, and no earlier proof known. */
export function meets(deadline: Deadline, evidence: Pick<Evidence, 'kind' | 'publishedAt'>): boolean {
  if (deadline.cancelledAt !== null || !deadline.rule.metBy.includes(evidence.kind) || !isAfterStart(deadline, evidence.publishedAt))
    return false;
  return deadline.metAt === null || evidence.publishedAt < deadline.metAt;
}

/**
 * A reminder to go on publishing is not met by what was published before it began, nor a false claim clarified by what was published before
 * it was found. People state a publication to the minute.
 */
function isAfterStart({ rule, start }: Deadline, publishedAt: Date): boolean {
  if (rule.milestone === 'reminder') return publishedAt > start.at;
  return rule.milestone !== 'clarification' || publishedAt.getTime() >= Math.floor(start.at.getTime() / MINUTE_MS) * MINUTE_MS;
}

/**
 * The clocks a piece of evidence stops, each with its metAt; those it does not touch are left out.
 * The time of publication counts, not of registering: what was said in time is met in time.
 */
export function applyEvidence(deadlines: readonly Deadline[], evidence: Pick<Evidence, 'id' | 'kind' | 'publishedAt'>): Deadline[] {
  return deadlines
    .filter((deadline) => meets(deadline, evidence))
    .map((deadline) => ({ ...deadline, metAt: evidence.publishedAt, metByEvidenceId: evidence.id }));
}
