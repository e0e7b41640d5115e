export * from './audit-sealer.js';
