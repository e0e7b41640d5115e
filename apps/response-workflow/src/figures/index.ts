export * from './figures-reader.js';
export * from './figures.controller.js';
