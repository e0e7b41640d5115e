export * from './polite-fetcher.js';
export * from './poller.js';
export * from './read-source.js';
