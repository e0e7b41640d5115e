import { z } from 'zod';
import { envelope, instant } from './envelope.js';

/** How well one question was learned, on texts that were held out. */
export const learnedFigures = z.object({
  rows: z.int(),
  macroF1: z.number(),
  top1: z.number(),
  top3: z.number(),
  /** Share of texts with a confidence of at least half, and how many of these are right. */
  sureShare: z.number(),
  sureRight: z.number(),
});

/**
 * A version of the model was learned, could not be learned, or is used from now on. Topic model.reported, key learning. v1 2026-11 first form.
 */
export const modelReportedV1 = envelope.extend({
  type: z.literal('model.reported'),
  version: z.literal(1),
  data: z.object({
    /** null where the lexicon alone is used, or nothing could be learned. */
    model: z.string().nullable(),
    /** learned: a new version, in use from now on; used: an earlier one again; failed: why stands in `said`. */
    state: z.enum(['learned', 'used', 'failed']),
    learnedAt: instant.nullable(),
    dataFingerprint: z.string().nullable(),
    /** Texts learned from, and how many of them are officers' corrections. */
    rows: z.int(),
    corrections: z.int(),
    figures: z.record(z.string(), learnedFigures),
    said: z.string(),
    by: z.string(),
  }),
});
export type ModelReportedV1 = z.infer<typeof modelReportedV1>;
