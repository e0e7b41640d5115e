import { z } from 'zod';
import { keyCategory } from '@huiying/contracts';
import { SEVERITY_LEVELS, type AlertingRules } from '@huiying/domain';
import { readConfigFile } from './config-file.js';

const threshold = z.int().min(2, 'must be a whole number from 2; a story of 1 would raise for everything').max(100_000).nullable();

export const alertingFile = z
  .object({
    raiseFromSeverity: z.enum(SEVERITY_LEVELS),
    raiseForKeyCategories: z.array(keyCategory),
    raiseForUrgencies: z.array(z.enum(['一般', '紧急', '特急'])),
    raiseAtStorySize: threshold,
    raiseAtHotlineOrders: threshold,
    heatHalfLifeHours: z.number().min(1).max(720).optional(),
  })
  .strict();

/** config/alerting.yaml. @throws BadConfig with all faults at once */
export function readAlertingRules(folder: string): AlertingRules {
  return readConfigFile(folder, 'alerting.yaml', alertingFile);
}
