export * from './duty-desk.js';
export * from './duty.controller.js';
