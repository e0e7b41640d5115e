export * from './api-keys.js';
export * from './nonces.js';
