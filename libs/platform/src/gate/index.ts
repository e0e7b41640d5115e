export * from './api-client.guard.js';
export * from './api-key-ring.js';
export * from './pass.js';
export * from './record-seal.js';
export * from './request-signature.js';
export * from './secret-key.js';
