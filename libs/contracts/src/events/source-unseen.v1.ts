import { z } from 'zod';
import { envelope, instant } from './envelope.js';
import { sourceCause } from './source-reported.v1.js';

/**
 * Coverage: a source was not looked at with success from `from` on. Told when that begins (`to` null) and when it ends.
 * Topic source.unseen, key sourceId; one span is known by sourceId and from. v1 2026-11 first form.
 */
export const sourceUnseenV1 = envelope.extend({
  type: z.literal('source.unseen'),
  version: z.literal(1),
  data: z.object({
    sourceId: z.string(),
    from: instant,
    to: instant.nullable(),
    cause: sourceCause,
  }),
});
export type SourceUnseenV1 = z.infer<typeof sourceUnseenV1>;
