export * from './forward.js';
export * from './pass-desk.js';
export * from './pass.controller.js';
