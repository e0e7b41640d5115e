export * from './order-machine.js';
export * from './order.js';
export * from './order-steps.js';
export * from './step-instant.js';
export * from './order-record.js';
export * from './reconcile.js';
export * from './indicators.js';
