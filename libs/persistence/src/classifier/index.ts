export * from './story-texts.js';
