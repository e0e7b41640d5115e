export * from './dingtalk-notifier.js';
