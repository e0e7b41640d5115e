export * from './case-desk.js';
export * from './case-reader.js';
export { CaseWorkDesk } from './case-work-desk.js';
export * from './case.controller.js';
