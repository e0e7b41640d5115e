export * from './nonces.js';
