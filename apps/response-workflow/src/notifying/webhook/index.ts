export * from './webhook-notifier.js';
