export * from './board-reader.js';
export * from './board.controller.js';
