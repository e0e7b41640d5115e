export * from './report-desk.js';
export * from './report.controller.js';
export * from './report-document.js';
export * from './report-reader.js';
export * from './report-workbook.js';
export * from './report-schedule.controller.js';
export * from './report-scheduler.js';
export * from './report-ticker.js';
