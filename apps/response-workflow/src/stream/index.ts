export * from './stream-hub.js';
export * from './stream.controller.js';
