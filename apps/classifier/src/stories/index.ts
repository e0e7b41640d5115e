export type { JoinedBatch } from './join-batch.js';
export { matterReader } from './matter-reader.js';
export { StoryJoiner, type ReadOpinion } from './story-joiner.js';
export { REGROUPING, StoryRegrouper } from './story-regrouper.js';
