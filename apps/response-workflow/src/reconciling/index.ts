export * from './reconcile-desk.js';
export * from './reconcile.controller.js';
