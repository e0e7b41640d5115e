import { z } from 'zod';
import { envelope } from './envelope.js';

/**
 * Two stories (事件) tell one matter, or perhaps do. Topic story.related, key the story that stays.
 * same: the classifier has merged them, `storyId` stands for both from now on. perhaps: an officer decides.
 * v1 2026-11 first form.
 */
export const storyRelatedV1 = envelope.extend({
  type: z.literal('story.related'),
  version: z.literal(1),
  data: z.object({
    storyId: z.uuid(),
    otherStoryId: z.uuid(),
    verdict: z.enum(['same', 'perhaps']),
    /** 0..1, by what the two stories are about. */
    likeness: z.number().min(0).max(1),
  }),
});
export type StoryRelatedV1 = z.infer<typeof storyRelatedV1>;
