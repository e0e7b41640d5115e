export { SourceExchange } from './exchange/index.js';
export * from './source-desk.js';
export * from './source-reader.js';
export * from './source-view.js';
export * from './source.consumer.js';
export * from './source.controller.js';
