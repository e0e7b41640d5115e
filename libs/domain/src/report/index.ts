export * from './period.js';
export * from './punctuality.js';
