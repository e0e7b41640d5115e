import { z } from 'zod';
import { deadlineStep } from './deadline-step.js';
import { envelope } from './envelope.js';

/** A deadline reached one of its rule's warning points. Topic deadline.warned, key caseId. v1 2026-11 first form. */
export const deadlineWarnedV1 = envelope.extend({
  type: z.literal('deadline.warned'),
  version: z.literal(1),
  /** `percent`: share of the length that has passed, e.g. 80. */
  data: deadlineStep.extend({ percent: z.number() }),
});
export type DeadlineWarnedV1 = z.infer<typeof deadlineWarnedV1>;
