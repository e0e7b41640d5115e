export * from './case-desk.js';
export * from './case-reader.js';
export * from './case.controller.js';
