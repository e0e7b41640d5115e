export * from './collected-opinions.js';
export * from './evidence-documents.js';
export * from './hotline-desk.js';
export * from './hotline-orders.js';
export * from './source-rhythms.js';
export * from './source-trials.js';
export * from './hotline-pulls.js';
export * from './sources.js';
