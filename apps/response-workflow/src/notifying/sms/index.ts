export * from './sms-notifier.js';
