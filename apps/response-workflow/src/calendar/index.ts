export * from './calendar-desk.js';
export * from './calendar.controller.js';
