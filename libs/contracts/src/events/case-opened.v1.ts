import { z } from 'zod';
import { envelope, instant, severityLevel } from './envelope.js';

/** A case (舆情单) was opened when a duty officer confirmed the severity. Topic case.opened, key caseId. v1 2026-11 first form. */
export const caseOpenedV1 = envelope.extend({
  type: z.literal('case.opened'),
  version: z.literal(1),
  data: z.object({
    caseId: z.uuid(),
    caseNo: z.string(),
    alertId: z.uuid(),
    storyId: z.uuid(),
    severity: severityLevel,
    title: z.string(),
    openedAt: instant,
    openedBy: z.string(),
    deadlines: z.array(z.object({ deadlineId: z.uuid(), ruleId: z.string(), ruleVersion: z.string(), startedAt: instant, dueAt: instant })),
  }),
});
export type CaseOpenedV1 = z.infer<typeof caseOpenedV1>;
