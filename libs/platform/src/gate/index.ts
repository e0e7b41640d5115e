export * from './api-client.guard.js';
export * from './pass.js';
export * from './request-signature.js';
export * from './secret-key.js';
