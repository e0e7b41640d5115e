export * from './address-guard.js';
export * from './decode.js';
export * from './failure.js';
export * from './fetcher.js';
