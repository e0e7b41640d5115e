export * from './channel-secret-desk.js';
export * from './channel-watch.js';
export * from './telling-desk.js';
export * from './telling.controller.js';
