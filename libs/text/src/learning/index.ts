export { fitSharpness, sharesOf } from './calibration.js';
export { f1Of, labelFigures, type LabelFigures } from './figures.js';
export { foldsOf } from './folds.js';
export { tokenOf, type LearnedText } from './gram-slots.js';
export { packModel, unpackModel } from './model-bytes.js';
export { TextModel, trainTextModel, USUAL_OPTIONS, type LearnOptions } from './text-model.js';
