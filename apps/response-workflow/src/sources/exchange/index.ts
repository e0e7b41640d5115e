export * from './new-setting.js';
export * from './source-exchange.js';
