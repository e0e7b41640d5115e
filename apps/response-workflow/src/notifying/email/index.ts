export * from './email-notifier.js';
