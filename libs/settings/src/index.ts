export * from './config-file.js';
export * from './environment.js';
export * from './system-clock.js';
export * from './duty.js';
export * from './sources.js';
export * from './rules.js';
export * from './calendar.js';
export * from './alerting.js';
