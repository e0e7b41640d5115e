export { judge, judgeWithTopics, topicsOnly } from './judge.js';
export {
  departmentOfLabel,
  LEARNED_TASKS,
  learnedTextOf,
  topicOfLabel,
  votes,
  type Learned,
  type LearnedAnswers,
  type LearnedTask,
} from './learned.js';
export { compileLexicon, type CompiledLexicon, type LexiconSources } from './lexicon.js';
export { readJudgingConfig, readLexiconSources } from './judging-config.js';
export { readLexiconSourcesOf } from './other-city.js';
export { readOpinion } from './reading.js';
