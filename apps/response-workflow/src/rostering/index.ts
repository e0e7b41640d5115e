export * from './duty-plan-desk.js';
export * from './duty-watch.js';
export * from './handover-desk.js';
export * from './rostering.controller.js';
export * from './swap-desk.js';
