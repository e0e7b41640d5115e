export * from './list-query.js';
export * from './csv-answer.js';
export * from './csv-file.js';
export * from './csv-line.js';
