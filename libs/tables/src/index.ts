export * from './header.js';
export * from './row.js';
export * from './table-file.js';
export * from './workbook-guard.js';
export * from './write-workbook.js';
