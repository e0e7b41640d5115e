import { z } from 'zod';
import { envelope, instant } from './envelope.js';

/** A response task (处置任务) was assigned (交办) to a department. Topic task.assigned, key caseId. v1 2026-11 first form. */
export const taskAssignedV1 = envelope.extend({
  type: z.literal('task.assigned'),
  version: z.literal(1),
  data: z.object({
    taskId: z.uuid(),
    caseId: z.uuid(),
    departmentId: z.string(),
    role: z.enum(['lead', 'co']),
    instruction: z.string(),
    assignedAt: instant,
    assignedBy: z.string(),
    acknowledgeDueAt: instant,
  }),
});
export type TaskAssignedV1 = z.infer<typeof taskAssignedV1>;
