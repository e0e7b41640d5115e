export * from './column-mapping.js';
export * from './import-desk.js';
export * from './import-file.js';
export * from './intake-target.js';
export { faultWords } from './fault-words.js';
export type { RowFault } from './rejects.js';
