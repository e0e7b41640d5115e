export * from './chart-picture.js';
export * from './faces.js';
export * from './page-writer.js';
export * from './typeset.js';
