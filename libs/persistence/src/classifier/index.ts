export * from './story-texts.js';
export * from './models.js';
