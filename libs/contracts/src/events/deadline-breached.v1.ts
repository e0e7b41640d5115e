import { z } from 'zod';
import { deadlineStep } from './deadline-step.js';
import { envelope } from './envelope.js';

/** A deadline passed unmet. Topic deadline.breached, key caseId. v1 2026-11 first form. */
export const deadlineBreachedV1 = envelope.extend({
  type: z.literal('deadline.breached'),
  version: z.literal(1),
  data: deadlineStep,
});
export type DeadlineBreachedV1 = z.infer<typeof deadlineBreachedV1>;
