export * from './georeport-api.controller.js';
export * from './georeport-reader.js';
