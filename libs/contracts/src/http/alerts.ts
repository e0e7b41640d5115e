import { z } from 'zod';
import { dispositionClass, keyCategory, type Judgement } from '../events/opinion-classified.v1.js';
import { severityLevel } from '../events/envelope.js';
import type { ActionView } from './cases.js';
import type { ThresholdFiringView } from './thresholds.js';
import { instantField } from './fields.js';

export type Severity = z.infer<typeof severityLevel>;
export type KeyCategory = z.infer<typeof keyCategory>;
export type DispositionClass = z.infer<typeof dispositionClass>;
export type AlertState = 'open' | 'seen' | 'confirmed' | 'false-alarm' | 'merged';

/** GET /api/alerts?state=open,seen&severity=I,II&q=&sort=newest|severity&cursor= → Page<AlertView>; GET /api/alerts/:id → AlertDetail */
export interface AlertView {
  id: string;
  state: AlertState;
  title: string;
  summary: string;
  suggestedSeverity: Severity;
  /** 需重点回应类别 that the classifier found in the opinion that raised it. */
  suggestedKeyCategory: KeyCategory | null;
  /** Set once confirmed. */
  severity: Severity | null;
  topic: { code: string; name: string } | null;
  departments: { departmentId: string; name: string; role: 'lead' | 'co' }[];
  places: string[];
  /** Opinions in the story, and of those hotline calls. */
  opinionCount: number;
  hotlineCount: number;
  sourceCount: number;
  firstSeenAt: string;
  lastSeenAt: string;
  raisedAt: string;
  /** When 5 h or 48 h would run out, counted from the first sight; an officer's confirmation makes it binding. */
  prospectiveDueAt: string | null;
  seenBy: string | null;
  seenAt: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  decisionReason: string | null;
  caseId: string | null;
}

export interface AlertDetail extends AlertView {
  /** Why it was raised, in words. */
  reason: string;
  judgement: Judgement;
  /** The opinion that was judged: the offsets in the judgement's reasons point into this title and text. */
  judgedOpinion: { id: string; title: string; text: string };
  /** seen · confirm · false-alarm: what this person may do now; where not allowed, why. */
  actions: ActionView[];
  opinions: {
    id: string;
    title: string;
    sourceName: string;
    channel: string;
    url: string | null;
    publishedAt: string | null;
    capturedAt: string;
    relation: string;
  }[];
  /** Threshold rules (预警规则) that were reached in its story, with the rows behind them. */
  thresholds: ThresholdFiringView[];
}

/** POST /api/alerts/:id/seen — 知悉: the duty officer has seen it. Idempotent. */

/** POST /api/alerts/:id/confirm — 研判定级. 409 already-decided. Answers { caseId }. */
export const confirmAlertRequest = z
  .object({
    severity: severityLevel,
    keyCategory: keyCategory.nullable().default(null),
    reason: z.string().trim().min(1).max(2000),
    /** Facts the officer states; the earlier of the two starts the clocks. Default: first sight. */
    occurredAt: instantField.nullable().default(null),
  })
  .strict();
export type ConfirmAlertRequest = z.input<typeof confirmAlertRequest>;

/** POST /api/alerts/:id/false-alarm — 误报. 409 already-decided. */
export const falseAlarmRequest = z.object({ reason: z.string().trim().min(2).max(2000) }).strict();
export type FalseAlarmRequest = z.infer<typeof falseAlarmRequest>;
