export * from './http/health.controller.js';
export * from './http/problem.filter.js';
export * from './http/valid.pipe.js';
export * from './platform.js';
export * from './platform.module.js';
export * from './service-logger.js';
export * from './service.js';
export * from './running-copy.js';
