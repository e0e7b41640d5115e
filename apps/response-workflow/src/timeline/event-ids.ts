import { stableId } from '@huiying/domain';

/** Ids of events that others follow from: made of the fact, so that what follows can name its cause without looking it up. */
export const caseOpenedId = (caseId: string): string => stableId('case-opened', caseId);
export const taskAssignedId = (taskId: string): string => stableId('task-assigned', taskId);
