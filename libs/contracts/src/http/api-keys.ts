import { z } from 'zod';

/** What a system may do at our API: hand in records, read work orders, act on them, read the departments' figures and the knowledge base. */
export const API_SCOPES = ['records:write', 'orders:read', 'orders:write', 'figures:read', 'knowledge:read'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

export const systemName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and dashes, starting with a letter');
export const requestsPerMinute = z.int().min(1).max(600_000);

const lastDay = z.iso.date('must be a day as YYYY-MM-DD').nullable();
const reason = z.string().trim().min(2).max(500);
const terms = {
  /** As people read it: 12345热线平台. */
  title: z.string().trim().min(2).max(40),
  scopes: z
    .array(z.enum(API_SCOPES))
    .min(1)
    .max(API_SCOPES.length)
    .transform((scopes) => [...new Set(scopes)]),
  /** Per process. */
  requestsPerMinute,
  /** Only signed requests are taken. */
  mustSign: z.boolean(),
};

/** POST /api/api-keys/systems: a system with its first key. `name` must be a systemName. 409 system-known. */
export const newSystemRequest = z.object({ name: z.string().max(63), ...terms, lastDay }).strict();
export type NewSystemRequest = z.input<typeof newSystemRequest>;
/** POST /api/api-keys/systems/:name. 409 set-by-config where config/hotline.yaml says what it may do. */
export const changeSystemRequest = z.object({ ...terms, reason }).strict();
export type ChangeSystemRequest = z.input<typeof changeSystemRequest>;
/** POST /api/api-keys/systems/:name/keys: one more key, so that the system changes over without a gap. 409 too-many-keys. */
export const newKeyRequest = z.object({ lastDay }).strict();
export type NewKeyRequest = z.input<typeof newKeyRequest>;
/** POST /api/api-keys/:id/last-day. 409 key-ended. */
export const lastDayRequest = z.object({ lastDay }).strict();
export type LastDayRequest = z.input<typeof lastDayRequest>;
/** POST /api/api-keys/:id/end. 409 key-ended. */
export const endKeyRequest = z.object({ reason }).strict();
export type EndKeyRequest = z.input<typeof endKeyRequest>;

/** A key that was just made. This answer alone ever holds the key and its secret. */
export interface KeyMade {
  id: string;
  system: string;
  /** Goes into x-api-key. */
  key: string;
  /** With it requests are signed, and it never travels. */
  signingSecret: string;
  lastDay: string | null;
}

export interface ApiKeyView {
  /** null for a key of the environment. */
  id: string | null;
  /** How it begins. */
  prefix: string;
  from: 'console' | 'environment';
  state: 'valid' | 'ends-soon' | 'ended';
  lastDay: string | null;
  daysLeft: number | null;
  /** To the minute; null = never, as far as is known. */
  lastUsedAt: string | null;
  madeAt: string | null;
  madeBy: string | null;
  endedAt: string | null;
  endedBy: string | null;
  endReason: string | null;
}

/** GET /api/api-keys → ApiSystemView[] */
export interface ApiSystemView {
  name: string;
  title: string | null;
  scopes: ApiScope[];
  requestsPerMinute: number;
  mustSign: boolean;
  /** Where it stands what the system may do; `default`: nowhere, so it hands in records and nothing else. */
  termsFrom: 'console' | 'config' | 'default';
  /** Living ones first, the newest first. */
  keys: ApiKeyView[];
}
