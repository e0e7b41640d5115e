/** What the standalone program uses of this app. */
export { ClassifierModule } from './classifier.module.js';
export { COMPILED_LEXICON, learnForCity, type LabelledText } from './learning/index.js';
