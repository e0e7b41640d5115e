export * from './casework-desk.js';
export * from './casework-reader.js';
export * from './casework.controller.js';
export * from './investigation-desk.js';
export * from './rumour-desk.js';
