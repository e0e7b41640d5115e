import { z } from 'zod';
import { instant } from './envelope.js';

/** What deadline.warned and deadline.breached both carry. */
export const deadlineStep = z.object({
  deadlineId: z.uuid(),
  subject: z.object({ kind: z.enum(['case', 'task']), id: z.uuid() }),
  caseId: z.uuid(),
  ruleId: z.string(),
  ruleVersion: z.string(),
  dueAt: instant,
  /** The instant the rule names for this step. */
  scheduledAt: instant,
  firedAt: instant,
  /** Fired more than a minute after its time, e.g. after an outage. */
  late: z.boolean(),
});

/** The same of any clock: `caseId` is null for one of a hotline order or a policy document. */
export const deadlineStepV2 = deadlineStep.extend({
  subject: z.object({ kind: z.enum(['case', 'task', 'order', 'document']), id: z.uuid() }),
  caseId: z.uuid().nullable(),
});
