export * from './rule-desk.js';
export * from './rule-view.js';
export * from './rule.controller.js';
