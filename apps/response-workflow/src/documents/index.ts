export * from './document.consumer.js';
export * from './document.controller.js';
export * from './document-desk.js';
export * from './document-import.js';
export * from './document-ledger.js';
export * from './document-reader.js';
export * from './link-watch.js';
export * from './page-links.js';
