export * from './event-ids.js';
export * from './journal.js';
export * from './step-book.js';
export * from './timeline-view.js';
export * from './workflow-store.js';
