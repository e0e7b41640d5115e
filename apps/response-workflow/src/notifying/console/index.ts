export * from './console-notifier.js';
