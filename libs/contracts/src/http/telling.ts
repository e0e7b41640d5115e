import { z } from 'zod';
import type { Severity } from './alerts.js';
import type { DeliveryWord } from './stream.js';

/**
 * One notice to one person and what became of it (通知台账): asked, sent, accepted, failed, read, acknowledged.
 * GET /api/telling?person=&channel=&state=&urgency=&from=&to=&q=&cursor= → Page<ToldView>; /api/telling.csv with the same filters;
 * GET /api/cases/:id/telling → ToldView[], newest first.
 */
export interface ToldView {
  id: string;
  recipientId: string;
  recipientName: string;
  recipientUnit: string | null;
  urgency: 'normal' | 'urgent';
  severity: Severity | null;
  title: string;
  body: string;
  link: string;
  caseId: string | null;
  askedAt: string;
  readAt: string | null;
  acknowledged: { at: string; by: 'console' | 'link' } | null;
  deliveries: {
    channel: string;
    channelName: string;
    state: DeliveryWord;
    attempts: number;
    sentAt: string | null;
    at: string | null;
    nextAttemptAt: string | null;
    detail: string | null;
  }[];
}

const wallClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');

/** PUT /api/me/telling — how I want to be reached. GET answers MyTelling. */
export const myTellingRequest = z
  .object({
    /** In the order wanted. */
    channels: z
      .array(
        z.object({ channel: z.string().min(1).max(40), isOn: z.boolean(), address: z.string().trim().min(1).max(120).nullable() }).strict(),
      )
      .max(30),
    quiet: z
      .array(
        z.object({ from: wallClock, to: z.union([wallClock, z.literal('24:00')]), days: z.enum(['every', 'working', 'off']) }).strict(),
      )
      .max(6),
  })
  .strict();
export type MyTellingRequest = z.infer<typeof myTellingRequest>;

export interface MyTelling {
  channels: {
    channel: string;
    channelName: string;
    isOn: boolean;
    /** Where it reaches me; null where it does not. */
    reaches: string | null;
    /** What I entered, where the channel takes such. */
    address: string | null;
    takesAddress: boolean;
  }[];
  quiet: MyTellingRequest['quiet'];
}

/** GET /api/channels (administrator, leaders): how each channel fares. POST /api/channels/:id/test sends me a test → ChannelTest. */
export interface ChannelView {
  channel: string;
  channelName: string;
  kind: string;
  perMinute: number;
  expiresAt: string | null;
  daysLeft: number | null;
  brokenSince: string | null;
  brokenReason: string | null;
  pausedUntil: string | null;
  acceptedAt: string | null;
  failedAt: string | null;
  failure: string | null;
  waiting: number;
  held: number;
  refused: number;
  /** Which secrets it needs and where each comes from; those of the console go before those of the environment. */
  secrets: ChannelSecretView[];
  /** false: a secret is missing, and nothing is sent. */
  isReady: boolean;
}

/** A secret, never itself. */
export interface ChannelSecretView {
  name: string;
  from: 'console' | 'environment' | null;
  inEnvironment: boolean;
  setAt: string | null;
  setBy: string | null;
}

/**
 * POST /api/channels/:id/secrets (administrator): sets or replaces those that are given. POST /api/channels/:id/secrets/remove takes back all that
 * were set. `expiresAt`: the last day as the vendor said.
 */
export const channelSecretsRequest = z
  .object({
    secrets: z
      .record(z.string().max(40), z.string().min(1).max(2_000))
      .refine((secrets) => Object.keys(secrets).length > 0, { message: 'must hold at least one', abort: true }),
    expiresAt: z.iso.date('must be a day as YYYY-MM-DD').nullable(),
  })
  .strict();
export type ChannelSecretsRequest = z.input<typeof channelSecretsRequest>;

export interface ChannelTest {
  outcome: 'accepted' | 'retry' | 'refused' | 'broken';
  said: string;
}
