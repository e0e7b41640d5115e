export * from './city-book.js';
export * from './law-keeper.js';
