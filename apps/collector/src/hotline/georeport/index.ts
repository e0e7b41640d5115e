export { GeoreportController } from './georeport.controller.js';
export { GeoreportTaker } from './georeport-taker.js';
export { readForm } from './form-body.js';
