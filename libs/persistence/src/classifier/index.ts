export { STORY_REACH } from './forget-texts.js';
export * from './known-schemes.js';
export * from './models.js';
export * from './source-habits.js';
export * from './story-matters.js';
export * from './story-texts.js';
export * from './word-memory.js';
