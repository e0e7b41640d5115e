import { z } from 'zod';
import { envelope } from './envelope.js';

/**
 * An officer decided what belongs together: 并案 merge, 撤销并案 separate, 拆案 split, 固定 fix, 取消固定 unfix. The classifier remembers it, and
 * later opinions follow. Topic story.regrouped, one partition: decisions stay in order. v1 2026-11 first form.
 */
export const storyRegroupedV1 = envelope.extend({
  type: z.literal('story.regrouped'),
  version: z.literal(1),
  data: z.object({
    kind: z.enum(['merge', 'separate', 'split', 'fix', 'unfix']),
    storyId: z.uuid(),
    /** merge: what goes into storyId; separate: what stands for itself again; split: the new story. */
    otherStoryId: z.uuid().nullable(),
    /** split: what moves to the new story. Personal data masked, as in opinion.collected. */
    opinions: z.array(
      z.object({ opinionId: z.uuid(), title: z.string(), text: z.string(), capturedAt: z.iso.datetime({ offset: false }) }),
    ),
    by: z.string(),
    reason: z.string(),
  }),
});
export type StoryRegroupedV1 = z.infer<typeof storyRegroupedV1>;
