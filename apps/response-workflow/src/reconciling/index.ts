export * from './reconcile-desk.js';
export * from './reconcile.controller.js';
export * from './reconcile-watch.js';
