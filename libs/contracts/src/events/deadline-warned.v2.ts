import { z } from 'zod';
import { deadlineStepV2 } from './deadline-step.js';
import { envelope } from './envelope.js';

/**
 * v2 2026-11: of a clock that belongs to no case, which v1 cannot name. Topic deadline.warned, key subject.id. A clock of a case
 * is told as v1 still; a reader of the topic takes both.
 */
export const deadlineWarnedV2 = envelope.extend({
  type: z.literal('deadline.warned'),
  version: z.literal(2),
  data: deadlineStepV2.extend({ percent: z.number() }),
});
export type DeadlineWarnedV2 = z.infer<typeof deadlineWarnedV2>;
