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
export { readJudgingConfig } from './judging-config.js';
export { readJudgingConfigOf } from './other-city.js';
export { readOpinion } from './reading.js';
