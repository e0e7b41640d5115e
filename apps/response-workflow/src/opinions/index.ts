export { CHANNEL_NAMES } from './opinion-view.js';
export * from './opinion-reader.js';
export * from './opinion.controller.js';
export * from './search-index-keeper.js';
