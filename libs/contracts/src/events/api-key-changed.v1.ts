import { z } from 'zod';
import { envelope } from './envelope.js';

/**
 * A key of another system (接口密钥) was made, got another last day or was ended, or what its system may do was changed. Never holds the key.
 * Topic api-key.changed, key system. v1 2026-11 first form.
 */
export const apiKeyChangedV1 = envelope.extend({
  type: z.literal('api-key.changed'),
  version: z.literal(1),
  data: z.object({
    system: z.string(),
    /** null where the system as a whole was changed. */
    keyId: z.uuid().nullable(),
    act: z.enum(['made', 'last-day-set', 'ended', 'system-changed']),
    /** Day of China through which the key is taken; null where it does not end by itself. */
    lastDay: z.string().nullable(),
    scopes: z.array(z.string()),
    by: z.string(),
    reason: z.string().nullable(),
  }),
});
export type ApiKeyChangedV1 = z.infer<typeof apiKeyChangedV1>;
