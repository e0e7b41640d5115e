export * from './statement-checker.js';
export * from './statement-desk.js';
export * from './statement-reader.js';
export * from './statement.controller.js';
