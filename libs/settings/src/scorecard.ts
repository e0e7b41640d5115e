import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LEAST_OPENNESS_POINTS, USUAL_SCORE_PLAN, type ScorePlan } from '@huiying/domain';
import { z } from 'zod';
import { readConfigFile } from './config-file.js';

const FILE = 'scorecard.yaml';
const weight = z.int('must be a whole number from 0 to 100').min(0).max(100);

export const scorecardFile = z
  .object({
    points: z.number().min(LEAST_OPENNESS_POINTS, `must be ${LEAST_OPENNESS_POINTS} or more: 政务公开分值权重不低于 4%`).max(100),
    weights: z.object({ 'on-time': weight, orders: weight, satisfaction: weight }).strict(),
  })
  .strict()
  .superRefine(({ weights }, fault) => {
    const sum = Object.values(weights).reduce((a, b) => a + b, 0);
    if (sum !== 100) fault.addIssue({ code: 'custom', path: ['weights'], message: `must sum to 100; got ${sum}` });
  });

/** config/scorecard.yaml; without the file the usual weights. @throws BadConfig with all faults at once, each with its line and field */
export function readScorePlan(folder: string): Readonly<ScorePlan> {
  return existsSync(join(folder, FILE)) ? readConfigFile(folder, FILE, scorecardFile) : USUAL_SCORE_PLAN;
}
