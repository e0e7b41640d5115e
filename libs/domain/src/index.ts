export * from './clock.js';
export * from './refusals.js';
export * from './stable-id.js';
