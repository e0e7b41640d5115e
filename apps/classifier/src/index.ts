/** What the standalone program uses of this app. */
export { ClassifierModule } from './classifier.module.js';
