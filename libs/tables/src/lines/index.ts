export * from './front-door.js';
export * from './text-lines.js';
