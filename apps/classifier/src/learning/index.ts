export { learn, type LearnedFigures, type TaskFigures } from './learn.js';
export type { LabelledText } from './labelled-text.js';
export { readModel, writeModel } from './model-file.js';
export { packVersion, unpackVersion, versionName, type ModelVersion } from './model-version.js';
export { historyFingerprint, readHistory, type History } from './read-history.js';
export { opinionOfWords } from './opinion-of-words.js';
