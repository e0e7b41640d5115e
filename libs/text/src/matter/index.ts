export * from './matter.js';
export * from './matter-terms.js';
export * from './word-counts.js';
