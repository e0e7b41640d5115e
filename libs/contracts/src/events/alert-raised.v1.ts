import { z } from 'zod';
import { envelope, instant, severityLevel } from './envelope.js';

/** An alert (预警) was raised on a story. Topic alert.raised, key storyId. v1 2026-11 first form. */
export const alertRaisedV1 = envelope.extend({
  type: z.literal('alert.raised'),
  version: z.literal(1),
  data: z.object({
    alertId: z.uuid(),
    storyId: z.uuid(),
    opinionId: z.uuid(),
    /** As suggested by judging; a person confirms it (研判定级). */
    suggestedSeverity: severityLevel,
    title: z.string(),
    reason: z.string(),
    raisedAt: instant,
  }),
});
export type AlertRaisedV1 = z.infer<typeof alertRaisedV1>;
