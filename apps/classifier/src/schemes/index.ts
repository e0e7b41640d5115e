export * from './scheme-book.js';
