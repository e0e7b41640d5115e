export * from './delivery.js';
export * from './event-log.js';
export * from './outgoing.js';
export * from './postgres-log/postgres-log.js';
export * from './relay.js';
export * from './transport/event-log.server.js';
export * from './transport/reads.decorator.js';
