export * from './collector-source.js';
export * from './coverage.js';
export * from './settle-source.js';
export * from './source-alarm.js';
export * from './source-health.js';
export * from './source-list.js';
export * from './source-report.js';
