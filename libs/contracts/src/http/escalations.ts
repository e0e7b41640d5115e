import { z } from 'zod';
import type { Severity } from './alerts.js';

/** 值班员 · 带班领导 · 分管领导 · 主要负责人 */
export const rung = z.enum(['officer', 'leader', 'deputy', 'head']);
export type RungName = z.infer<typeof rung>;

/** POST /api/alerts/:id/escalate · POST /api/cases/:id/escalate — 人工上报: these people are told at once. 204. */
export const escalateRequest = z.object({ to: rung, comment: z.string().trim().min(2).max(1_000) }).strict();
export type EscalateRequest = z.infer<typeof escalateRequest>;

/** GET /api/escalations (open ones) · GET /api/alerts/:id/escalations · GET /api/cases/:id/escalations → EscalationView[]. POST /api/escalations/:id/acknowledge (204). */
export interface EscalationView {
  id: string;
  matter: 'alert' | 'clock-warned' | 'clock-breached';
  alertId: string | null;
  caseId: string | null;
  severity: Severity;
  title: string;
  link: string;
  /** The policy as it stood at birth. */
  policyName: string;
  bornAt: string;
  acknowledged: { at: string; by: string } | null;
  ended: { at: string; reason: string } | null;
  /** What comes next unless somebody acknowledges or acts; null when nothing does. */
  next: { at: string; tell: RungName[]; reason: string } | null;
  moves: {
    kind: 'step' | 'repeat' | 'idle' | 'manual';
    at: string;
    scheduledAt: string;
    late: boolean;
    reason: string;
    told: string[];
    comment: string | null;
    by: string | null;
  }[];
}
