export * from './matter.js';
export * from './matter-terms.js';
export * from './source-habits.js';
export { spotsOf } from './spots.js';
export * from './word-counts.js';
