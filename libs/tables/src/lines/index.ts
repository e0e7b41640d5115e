export * from './front-door.js';
export * from './line-crew.js';
export * from './text-lines.js';
