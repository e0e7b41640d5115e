export { GeoreportController, GeoreportTaker, readForm } from './georeport/index.js';
export { HotlineController } from './hotline.controller.js';
export { HandbookController } from './handbook/index.js';
export { CallerDesk } from './caller-desk.js';
export { HotlineIntake } from './hotline-intake.js';
export { HotlineStaffController } from './staff.controller.js';
export { ImportDesk } from './importing/index.js';
export { Puller, pullEntry } from './pulling/index.js';
