export { Puller, pullEntry } from './puller.js';
