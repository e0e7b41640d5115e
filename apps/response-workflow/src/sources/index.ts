export * from './source.consumer.js';
export * from './source.controller.js';
