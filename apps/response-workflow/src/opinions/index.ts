export * from './opinion-reader.js';
export * from './opinion.controller.js';
