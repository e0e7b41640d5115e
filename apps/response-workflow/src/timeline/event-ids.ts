import { idBeside } from '@huiying/domain';

/** Ids of events that others follow from: made of the fact, so that what follows can name its cause without looking it up. */
export const caseOpenedId = (caseId: string): string => idBeside(caseId, 'case-opened', caseId);
export const taskAssignedId = (taskId: string): string => idBeside(taskId, 'task-assigned', taskId);
