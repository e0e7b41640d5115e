export * from './escalation-book.js';
export * from './escalation-desk.js';
export * from './escalation-engine.js';
export * from './escalation-ticker.js';
export * from './escalation-words.js';
export * from './escalation.consumer.js';
export * from './escalation.controller.js';
export * from './matters.js';
