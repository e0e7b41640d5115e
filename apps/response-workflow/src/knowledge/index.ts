export * from './knowledge-api.controller.js';
export * from './knowledge-desk.js';
export * from './knowledge-keeper.js';
export * from './knowledge-ticker.js';
export * from './knowledge-view.js';
export * from './knowledge.controller.js';
