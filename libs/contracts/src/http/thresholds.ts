import { z } from 'zod';

/** A 小区, village, road or school · a town or street · a district · the whole city. */
export const thresholdPlace = z.enum(['spot', 'town', 'district', 'city']);
export type ThresholdPlace = z.infer<typeof thresholdPlace>;
export const thresholdSources = z.enum(['call', 'post', 'news']);

/** What a threshold rule (预警规则) says: so many of each source within the hours, of one place (and of one topic). */
export const thresholdBody = z
  .object({
    place: thresholdPlace,
    /** Only of one topic each. */
    sameTopic: z.boolean().default(false),
    /** Only opinions of these topics; empty = of any. */
    topics: z.array(z.string().max(20)).max(50).default([]),
    needs: z
      .array(z.object({ sources: z.array(thresholdSources).min(1).max(3), count: z.int().min(1).max(200) }).strict())
      .min(1)
      .max(3),
    windowHours: z.int().min(1).max(168),
  })
  .strict();
export type ThresholdBody = z.infer<typeof thresholdBody>;

/** GET /api/thresholds → ThresholdView[] */
export interface ThresholdView {
  id: string;
  name: string;
  body: ThresholdBody;
  /** 24小时内热线≥3件、帖文≥1条 */
  words: string;
  enabled: boolean;
  revision: number;
  changedAt: string;
  changedBy: string;
  /** How often it fired in the last 30 days. */
  fired: number;
  lastFiredAt: string | null;
}

export interface ThresholdRowView {
  id: string;
  title: string;
  source: z.infer<typeof thresholdSources>;
  sourceName: string;
  at: string;
}

/** One time that a rule was reached. */
export interface ThresholdFiringView {
  id: string;
  ruleId: string;
  ruleName: string;
  /** The place, and the topic where the rule asks for one. */
  group: string;
  /** 24小时内热线4件、帖文1条 */
  words: string;
  from: string;
  to: string;
  firedAt: string;
  alertId: string | null;
  storyId: string;
  opinions: ThresholdRowView[];
}

/** POST /api/thresholds/trial: what the rule would have told; nothing is kept. */
export const thresholdTrialRequest = z.object({ body: thresholdBody, days: z.union([z.literal(7), z.literal(30)]).default(7) }).strict();
export interface ThresholdTrial {
  days: number;
  /** Opinions looked at; `cut` where there were more than are looked at, the newest first. */
  opinions: number;
  cut: boolean;
  /** Those that the rule counts, and of how many places. */
  counted: number;
  groups: number;
  fired: number;
  firings: { group: string; words: string; from: string; to: string; opinions: ThresholdRowView[] }[];
  /** Proof that this rule was tried; saving asks for it. */
  tried: string;
}

const saved = {
  name: z.string().trim().min(2).max(40),
  body: thresholdBody,
  tried: z.string(),
  reason: z.string().trim().max(500).default(''),
};

/** POST /api/thresholds. 409 not-tried: the rule was not tried as it stands. 409 name-taken. */
export const newThresholdRequest = z.object(saved).strict();
export type NewThresholdRequest = z.input<typeof newThresholdRequest>;
/** POST /api/thresholds/:id. 409 changed-meanwhile where `revision` is not the last. */
export const changeThresholdRequest = z.object({ ...saved, revision: z.int().min(1) }).strict();
export type ChangeThresholdRequest = z.input<typeof changeThresholdRequest>;
/** POST /api/thresholds/:id/state */
export const thresholdStateRequest = z
  .object({ state: z.enum(['active', 'paused', 'deleted']), revision: z.int().min(1), reason: z.string().trim().max(500).default('') })
  .strict();
export type ThresholdStateRequest = z.input<typeof thresholdStateRequest>;
