import { z } from 'zod';
import { envelope } from './envelope.js';

/**
 * An administrator wants a new model learned from history and corrections, or an earlier version used again.
 * Topic learning.asked, key learning: one after the other. v1 2026-11 first form.
 */
export const learningAskedV1 = envelope.extend({
  type: z.literal('learning.asked'),
  version: z.literal(1),
  data: z.object({
    wish: z.enum(['learn', 'use']),
    /** use: which version; null for the lexicon alone. */
    model: z.string().nullable(),
    by: z.string(),
  }),
});
export type LearningAskedV1 = z.infer<typeof learningAskedV1>;
