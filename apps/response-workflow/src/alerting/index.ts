export * from './alert-desk.js';
export * from './alert-raiser.js';
export * from './alert-teller.js';
export * from './alert-view.js';
export * from './alert.controller.js';
export * from './opinion-classified.consumer.js';
export * from './raised-alert.js';
