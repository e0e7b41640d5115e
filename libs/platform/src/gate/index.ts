export * from './api-client.guard.js';
export * from './request-signature.js';
