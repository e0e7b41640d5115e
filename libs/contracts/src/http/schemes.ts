import { z } from 'zod';
import { schemeEffect } from '../events/scheme-changed.v1.js';

export type SchemeEffect = z.infer<typeof schemeEffect>;

/** GET /api/schemes → SchemeView[]; GET /api/schemes/:id → SchemeDetail */
export interface SchemeView {
  id: string;
  name: string;
  text: string;
  effect: SchemeEffect;
  state: 'active' | 'paused';
  revision: number;
  changedAt: string;
  changedBy: string;
  /** What the trial before the last change found. */
  trial: { opinions: number; matched: number; alerts: number };
  /** Opinions that matched since it was saved, of the last 7 days. */
  recent: number;
}

export interface SchemeDetail extends SchemeView {
  revisions: {
    revision: number;
    name: string;
    text: string;
    effect: SchemeEffect;
    state: string;
    changedAt: string;
    changedBy: string;
    reason: string;
  }[];
}

/** POST /api/schemes/trial: tries words on what was judged in the last days; nothing is kept. 400 names the line. */
export const trialRequest = z
  .object({ text: z.string().max(20_000), effect: schemeEffect.default('mark'), days: z.int().min(1).max(31).default(7) })
  .strict();
export type TrialRequest = z.input<typeof trialRequest>;

export interface TrialMatch {
  id: string;
  title: string;
  snippet: string;
  sourceName: string;
  capturedAt: string;
  flagged: boolean;
  /** Whether there was an alert of its story already. */
  alerted: boolean;
  /** What the matching words are called. */
  words: string[];
}

export interface TrialResult {
  from: string;
  to: string;
  /** Opinions looked at; `cut` where there were more than are looked at. */
  opinions: number;
  cut: boolean;
  matched: number;
  /** Alerts that it would have raised beside those that were raised: one a story. */
  alerts: number;
  perDay: { day: string; matched: number }[];
  /** How often each word matched, most first. */
  perWord: { word: string; matched: number }[];
  sample: TrialMatch[];
  /** Proof that these words were tried; saving asks for it. */
  tried: string;
}

const saved = { name: z.string().trim().min(2).max(40), text: z.string().min(1).max(20_000), effect: schemeEffect, tried: z.string() };

/** POST /api/schemes. 409 not-tried: the words were not tried as they stand. 409 name-taken. */
export const newSchemeRequest = z.object({ ...saved, reason: z.string().trim().max(500).default('') }).strict();
export type NewSchemeRequest = z.input<typeof newSchemeRequest>;

/** POST /api/schemes/:id: a new revision. 409 not-tried; 409 changed-meanwhile where `revision` is not the last. */
export const changeSchemeRequest = newSchemeRequest.extend({ revision: z.int().min(1) }).strict();
export type ChangeSchemeRequest = z.input<typeof changeSchemeRequest>;

/** POST /api/schemes/:id/state */
export const schemeStateRequest = z
  .object({ state: z.enum(['active', 'paused', 'deleted']), revision: z.int().min(1), reason: z.string().trim().max(500).default('') })
  .strict();
export type SchemeStateRequest = z.input<typeof schemeStateRequest>;
