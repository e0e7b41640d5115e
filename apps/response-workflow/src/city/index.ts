export * from './city-book.js';
