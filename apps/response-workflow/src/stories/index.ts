export { StoryMerger, type StoryMerge } from './story-merger.js';
export { StoryRelatedConsumer } from './story-related.consumer.js';
