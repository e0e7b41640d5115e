export { HandbookController } from './handbook.controller.js';
