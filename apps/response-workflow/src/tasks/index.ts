export { AssignmentDesk } from './assignment-desk.js';
export * from './task-refusals.js';
export * from './fallback-assigner.js';
export { TaskDesk } from './task-desk.js';
export * from './task-reader.js';
export * from './task-view.js';
export * from './task.controller.js';
