export * from './scheme-desk.js';
export * from './scheme.controller.js';
