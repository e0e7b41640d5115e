export * from './read-article.js';
export * from './read-json.js';
export * from './read-list.js';
