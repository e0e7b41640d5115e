export * from './delivery-sender.js';
export * from './notice-keeper.js';
export * from './notice-request.js';
export * from './notice.consumer.js';
export * from './notice.controller.js';
export * from './notifier.js';
export * from './notifiers.js';
