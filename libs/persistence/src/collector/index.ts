export * from './collected-opinions.js';
export * from './evidence-documents.js';
export * from './hotline-orders.js';
export * from './sources.js';
