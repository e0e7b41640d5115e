export * from './evidence-desk.js';
export * from './evidence.controller.js';
export * from './page-capture.js';
