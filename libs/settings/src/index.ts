export * from './config-file.js';
export * from './environment.js';
export * from './system-clock.js';
