import { z } from 'zod';
import { sourceSetting } from '../source-setting.js';
import { envelope } from './envelope.js';

/** What staff want done with a source. `save` makes it or changes it; `try` reads it once and keeps nothing. */
export const sourceCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('save'), setting: sourceSetting }),
  z.object({ kind: z.literal('poll') }),
  z.object({ kind: z.literal('pause') }),
  z.object({ kind: z.literal('resume') }),
  z.object({ kind: z.literal('remove') }),
  z.object({ kind: z.literal('try'), trialId: z.uuid(), setting: sourceSetting }),
]);
export type SourceCommand = z.infer<typeof sourceCommand>;

/**
 * Somebody at the console asked something of a source; the collector, which owns the sources, does it.
 * Topic source.commanded, key sourceId. v1 2026-11 first form.
 */
export const sourceCommandedV1 = envelope.extend({
  type: z.literal('source.commanded'),
  version: z.literal(1),
  data: z.object({
    sourceId: z.string(),
    command: sourceCommand,
    by: z.object({ personId: z.uuid(), name: z.string() }),
  }),
});
export type SourceCommandedV1 = z.infer<typeof sourceCommandedV1>;
