export * from './database.js';
export * from './embedded/embedded-postgres.js';
export * from './log/dead-letters.js';
export * from './log/log-tables.js';
export * from './log/outbox-table.js';
export * from './store.js';
