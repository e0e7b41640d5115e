import { z } from 'zod';
import { envelope, instant } from './envelope.js';

/** A department took a task (签收). Topic task.acknowledged, key caseId. v1 2026-11 first form. */
export const taskAcknowledgedV1 = envelope.extend({
  type: z.literal('task.acknowledged'),
  version: z.literal(1),
  data: z.object({
    taskId: z.uuid(),
    caseId: z.uuid(),
    departmentId: z.string(),
    acknowledgedAt: instant,
    acknowledgedBy: z.string(),
    late: z.boolean(),
  }),
});
export type TaskAcknowledgedV1 = z.infer<typeof taskAcknowledgedV1>;
