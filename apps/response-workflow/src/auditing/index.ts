export * from './auditor.js';
export * from './escalation-auditor.js';
export * from './auditor-loop.js';
export * from './auditor.controller.js';
