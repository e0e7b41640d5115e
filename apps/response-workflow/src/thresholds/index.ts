export * from './threshold-desk.js';
export * from './threshold-judge.js';
export * from './threshold-view.js';
export * from './threshold.controller.js';
