export { StoryController } from './story.controller.js';
export { StoryDesk } from './story-desk.js';
export { StoryMerger, type StoryMerge } from './story-merger.js';
export { StoryReader } from './story-reader.js';
export { StoryRelatedConsumer } from './story-related.consumer.js';
