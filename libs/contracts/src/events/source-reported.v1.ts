import { z } from 'zod';
import { channel } from './opinion-collected.v1.js';
import { envelope, instant } from './envelope.js';

/**
 * The health of a source (信源) after a poll or an intake. Topic source.reported, key sourceId. v1 2026-11 first form.
 */
export const sourceReportedV1 = envelope.extend({
  type: z.literal('source.reported'),
  version: z.literal(1),
  data: z.object({
    sourceId: z.string(),
    name: z.string(),
    /** feed or hotline. */
    kind: z.string(),
    channel,
    url: z.string().nullable(),
    /** ok, failing (last poll failed), silent (nothing new for far longer than usual), paused. */
    state: z.enum(['ok', 'failing', 'silent', 'paused']),
    lastPolledAt: instant.nullable(),
    lastSuccessAt: instant.nullable(),
    lastNewItemAt: instant.nullable(),
    nextPollAt: instant.nullable(),
    consecutiveFailures: z.int(),
    /** In words, from the last failed poll. */
    error: z.string().nullable(),
    itemsTotal: z.int(),
  }),
});
export type SourceReportedV1 = z.infer<typeof sourceReportedV1>;
