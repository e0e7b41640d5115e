import { z } from 'zod';
import { envelope } from './envelope.js';

/** What of a judgement an officer may say to be right or otherwise. */
export const REVIEWED_ASPECTS = [
  'jurisdiction',
  'public-opinion',
  'topic',
  'department',
  'co-departments',
  'severity',
  'sentiment',
  'rumour',
  'disposition',
] as const;
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
    /**
     * jurisdiction: ours or not-ours; public-opinion and rumour: yes or no; topic: its code; department (the lead): its id; co-departments:
     * their ids in order of the alphabet, with commas, or none; severity: I–IV; sentiment: negative, neutral or positive; disposition: its
     * class, or none. null where nothing had been said.
     */
    was: z.string().nullable(),
    now: z.string(),
    /** What had judged. */
    judgedBy: z.string(),
    by: z.string(),
  }),
});
export type JudgementCorrectedV1 = z.infer<typeof judgementCorrectedV1>;
