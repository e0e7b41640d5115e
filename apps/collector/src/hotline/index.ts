export { HotlineController } from './hotline.controller.js';
export { HotlineIntake } from './hotline-intake.js';
export { RecordSeal } from './record-seal.js';
export { secretKey } from './secret-key.js';
