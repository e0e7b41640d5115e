export * from './wecom-notifier.js';
