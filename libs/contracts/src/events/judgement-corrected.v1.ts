import { z } from 'zod';
import { envelope } from './envelope.js';

/** What of a judgement an officer may say to be right or otherwise. */
export const REVIEWED_ASPECTS = ['topic', 'department', 'severity', 'public-opinion', 'rumour'] as const;
export const reviewedAspect = z.enum(REVIEWED_ASPECTS);
export type ReviewedAspect = z.infer<typeof reviewedAspect>;

/**
 * An officer said of one part of a judgement what is right (研判纠正); where `now` is `was`, that it was right. The next learning uses it.
 * Topic judgement.corrected, key opinionId: the last word on an opinion counts. v1 2026-11 first form.
 */
export const judgementCorrectedV1 = envelope.extend({
  type: z.literal('judgement.corrected'),
  version: z.literal(1),
  data: z.object({
    opinionId: z.uuid(),
    /** The words that were judged, callers' data masked. */
    title: z.string(),
    text: z.string(),
    aspect: reviewedAspect,
    /** topic: its code; department: its id; severity: I–IV; public-opinion and rumour: yes or no. null where nothing had been said. */
    was: z.string().nullable(),
    now: z.string(),
    /** What had judged. */
    judgedBy: z.string(),
    by: z.string(),
  }),
});
export type JudgementCorrectedV1 = z.infer<typeof judgementCorrectedV1>;
