export * from './known-schemes.js';
export * from './story-texts.js';
export * from './models.js';
