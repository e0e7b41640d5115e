export * from './chinese-number.js';
export * from './fingerprint.js';
export * from './fold.js';
export * from './normalise.js';
export * from './segmenter.js';
export * from './sentences.js';
export * from './term-matcher.js';
