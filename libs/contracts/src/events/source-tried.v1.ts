import { z } from 'zod';
import { envelope, instant } from './envelope.js';
import { sourceCause } from './source-reported.v1.js';

/** What a source's setting brings when it is read once. Nothing of it is kept as an opinion. */
export const sourceTrialResult = z.object({
  outcome: z.enum(['read', 'failed']),
  /** One Chinese sentence: what was found, or why nothing could be. */
  said: z.string(),
  cause: sourceCause.nullable(),
  /** The first of them, in the source's order. */
  items: z.array(
    z.object({
      title: z.string(),
      url: z.string().nullable(),
      publishedAt: instant.nullable(),
      author: z.string().nullable(),
      /** How the text begins. */
      text: z.string(),
    }),
  ),
  itemsTotal: z.int(),
  /** For a page: where on it the list was found. */
  foundAt: z.string().nullable(),
  contentType: z.string().nullable(),
  tookMs: z.int(),
});
export type SourceTrialResult = z.infer<typeof sourceTrialResult>;

/** The answer to source.commanded `try`. Topic source.tried, key sourceId. v1 2026-11 first form. */
export const sourceTriedV1 = envelope.extend({
  type: z.literal('source.tried'),
  version: z.literal(1),
  data: sourceTrialResult.extend({ trialId: z.uuid(), sourceId: z.string() }),
});
export type SourceTriedV1 = z.infer<typeof sourceTriedV1>;
