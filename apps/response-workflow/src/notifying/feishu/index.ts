export * from './feishu-notifier.js';
