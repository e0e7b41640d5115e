export * from './api-key-book.js';
export * from './api-key-desk.js';
export * from './api-key-watch.js';
export * from './api-key.controller.js';
