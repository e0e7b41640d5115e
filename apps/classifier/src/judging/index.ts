export { judge } from './judge.js';
export { compileLexicon, type CompiledLexicon, type LexiconSources } from './lexicon.js';
export { readJudgingConfig } from './judging-config.js';
