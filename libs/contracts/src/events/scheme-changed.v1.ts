import { z } from 'zod';
import { envelope, instant } from './envelope.js';

/** mark: shown on the opinion; alert: raises an alert whatever else the judgement says, but for matters of other cities. */
export const schemeEffect = z.enum(['mark', 'alert']);
export const schemeState = z.enum(['active', 'paused', 'deleted']);

/**
 * Staff's keyword scheme (方案) was made, changed, paused or deleted.
 * Topic scheme.changed, key schemeId. v1 2026-11 first form.
 */
export const schemeChangedV1 = envelope.extend({
  type: z.literal('scheme.changed'),
  version: z.literal(1),
  data: z.object({
    schemeId: z.uuid(),
    /** 1 for the first form, +1 for each change. */
    revision: z.int().min(1),
    name: z.string(),
    /** In the syntax of libs/text/src/keyword-scheme.ts. */
    text: z.string(),
    effect: schemeEffect,
    state: schemeState,
    changedBy: z.string(),
    changedAt: instant,
  }),
});
export type SchemeChangedV1 = z.infer<typeof schemeChangedV1>;
