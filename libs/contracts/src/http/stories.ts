import { z } from 'zod';
import type { AlertState } from './alerts.js';
import { idField } from './fields.js';

/** A story (事件): opinions on one matter. GET /api/stories?q=&sort=heat|newest&cursor= → Page<StoryView> of the last 30 days;
 * GET /api/stories/export.csv?q=&sort= → CSV. */
export interface StoryView {
  id: string;
  title: string;
  opinionCount: number;
  hotlineCount: number;
  sourceCount: number;
  firstSeenAt: string;
  lastSeenAt: string;
  heat: HeatView;
  surge: SurgeView;
  /** Its living alert. */
  alert: { id: string; state: AlertState; caseId: string | null } | null;
  /** Who fixed it (固定): the system merges it with nothing. */
  fixedBy: string | null;
  /** How many other stories may be the same. */
  candidateCount: number;
}

export interface HeatView {
  /** 0..100 */
  heat: number;
  parts: { name: string; word: string; x: number; weight: number; value: number }[];
  formula: string;
  halfLifeHours: number;
}

export interface SurgeView {
  isSurge: boolean;
  last24h: number;
  expected: number;
  chance: number;
}

/** GET /api/stories/:id → StoryDetail. A story that went into another answers the one that stands for it. */
export interface StoryDetail extends StoryView {
  opinions: {
    id: string;
    title: string;
    sourceName: string;
    channel: string;
    publishedAt: string | null;
    capturedAt: string;
    relation: string;
  }[];
  /** Opinions of each day in China, the oldest first; at most 60 days back. */
  days: { day: string; count: number }[];
  channels: { channel: string; count: number }[];
  /** Stories that may be the same: an officer decides. */
  candidates: { actId: string; storyId: string; title: string; opinionCount: number; likeness: number }[];
  acts: {
    id: string;
    kind: 'merge' | 'split' | 'fix' | 'unfix' | 'perhaps';
    otherStoryId: string | null;
    otherTitle: string | null;
    reason: string;
    by: string;
    at: string;
    outcome: 'undone' | 'merged' | 'dismissed' | null;
    canUndo: boolean;
  }[];
  /** Whether this person may merge, split and fix. */
  canDecide: boolean;
}

const reason = z.string().trim().min(2).max(500);

/** POST /api/stories/:id/merge — 并案: the other goes into this one. 409 already-one. */
export const mergeStoryRequest = z.object({ otherStoryId: idField, reason }).strict();
export type MergeStoryRequest = z.infer<typeof mergeStoryRequest>;

/** POST /api/stories/:id/split — 拆案: these opinions become a story of their own. 409 nothing-left. Answers { storyId }. */
export const splitStoryRequest = z.object({ opinionIds: z.array(idField).min(1).max(50), reason }).strict();
export type SplitStoryRequest = z.infer<typeof splitStoryRequest>;

/** POST /api/stories/:id/fix · /unfix — 固定, 取消固定. */
export const fixStoryRequest = z.object({ reason }).strict();
export type FixStoryRequest = z.infer<typeof fixStoryRequest>;

/** POST /api/stories/acts/:actId/undo — 撤销并案或拆案; POST /api/stories/acts/:actId/dismiss — 不是同一事件. 409 already-settled. */
