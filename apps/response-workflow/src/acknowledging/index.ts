export * from './acknowledge-desk.js';
export * from './acknowledge.controller.js';
