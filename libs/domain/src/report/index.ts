export * from './measures.js';
export * from './period.js';
export * from './punctuality.js';
export * from './report-issue.js';
export * from './report-schedule.js';
export * from './report-sending.js';
export * from './spans.js';
export * from './scorecard.js';
