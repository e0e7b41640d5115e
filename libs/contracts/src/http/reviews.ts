import { z } from 'zod';
import { reviewedAspect, type ReviewedAspect } from '../events/judgement-corrected.v1.js';
import type { ModelReportedV1 } from '../events/model-reported.v1.js';

/** POST /api/opinions/:id/reviews — 研判复核: what is right; the same as was said means it was right. The last word counts. */
export const reviewRequest = z
  .object({
    aspect: reviewedAspect,
    /** As `now` of judgement.corrected. */
    value: z.string().trim().min(1).max(200),
    reason: z.string().trim().max(500).nullable().default(null),
  })
  .strict();
export type ReviewRequest = z.input<typeof reviewRequest>;

/** GET /api/opinions/:id/reviews → ReviewView[] */
export interface ReviewView {
  aspect: ReviewedAspect;
  was: string | null;
  now: string;
  /** The same in words. */
  wasName: string;
  nowName: string;
  by: string;
  at: string;
  reason: string | null;
}

/** POST /api/judging-quality/model — an earlier version again, or with null the lexicon alone. */
export const useModelRequest = z.object({ model: z.string().min(1).max(80).nullable() }).strict();
export type UseModelRequest = z.infer<typeof useModelRequest>;

/** GET /api/judging-quality?days=90 — how well judging did, by what officers said of it. POST /api/judging-quality/learning learns anew. */
export interface QualityView {
  since: string;
  /** By week of Beijing (its Monday, YYYY-MM-DD) and part of the judgement, oldest first. */
  weeks: { week: string; aspect: ReviewedAspect; reviewed: number; correct: number }[];
  /** What was said (rows) and what was right (columns), most often first. */
  confusion: Record<'topic' | 'department', { was: string; now: string; count: number; isRight: boolean }[]>;
  models: {
    model: string;
    learnedAt: string;
    dataFingerprint: string;
    rows: number;
    corrections: number;
    figures: ModelReportedV1['data']['figures'];
    inUse: boolean;
  }[];
  /** null: the lexicon alone judges. */
  inUse: string | null;
  /** What happened with models, newest first. */
  reports: { at: string; said: string; state: string; by: string }[];
  /** Set while a learning that was asked for has not ended. */
  learning: { at: string; by: string } | null;
  /** Reviews since the last learning: what the next one will add. */
  newReviews: number;
  /** Whether this person may have models learned and changed. */
  mayLearn: boolean;
}
