export * from './clock-subject.js';
export * from './deadline-book.js';
export * from './deadline-engine.js';
export * from './deadline-mover.js';
export * from './deadline-ticker.js';
export * from './deadline-view.js';
export * from './deadline.controller.js';
export * from './why-desk.js';
