export * from './console-files.js';
export * from './content-security.js';
