import { z } from 'zod';
import { deadlineStepV2 } from './deadline-step.js';
import { envelope } from './envelope.js';

/**
 * v2 2026-11: of a clock that belongs to no case, which v1 cannot name. Topic deadline.breached, key subject.id. A clock of a case
 * is told as v1 still; a reader of the topic takes both.
 */
export const deadlineBreachedV2 = envelope.extend({
  type: z.literal('deadline.breached'),
  version: z.literal(2),
  data: deadlineStepV2,
});
export type DeadlineBreachedV2 = z.infer<typeof deadlineBreachedV2>;
