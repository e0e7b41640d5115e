export * from './article-text.js';
export * from './plain-text.js';
export * from './web-page.js';
