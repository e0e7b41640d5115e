export * from './callback-form.js';
export * from './callback-desk.js';
export * from './callback-loop.js';
export * from './callback-outbox.js';
export * from './callback-sender.js';
export * from './callback-targets.js';
export * from './callback.controller.js';
export { valuesOf, withService } from './mapped.js';
export * from './order-facts.js';
