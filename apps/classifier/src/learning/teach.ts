import { BadInput } from '@huiying/domain';
import type { CompiledLexicon } from '../judging/index.js';
import { learn, type LearnProgress } from './learn.js';
import type { LabelledText } from './labelled-text.js';
import { versionName, type ModelVersion } from './model-version.js';
import { historyFingerprint } from './read-history.js';

/** Learns a version from texts. @throws BadInput where they are too few */
export function teach(texts: readonly LabelledText[], lexicon: CompiledLexicon, learnedAt: Date, progress?: LearnProgress): ModelVersion {
  const dataFingerprint = historyFingerprint(texts);
  const version = versionName(learnedAt, dataFingerprint);
  const { learned, figures } = learn(texts, lexicon, version, progress);
  if (Object.keys(learned.tasks).length === 0) throw tooFew(texts.length);
  const about = { version, learnedAt: learnedAt.toISOString(), dataFingerprint, lexicon: lexicon.judgedBy, rows: texts.length };
  return { ...about, figures, learned };
}

function tooFew(rows: number): BadInput {
  return new BadInput([
    {
      field: 'history',
      rule: `must have two labels of at least three texts each; got ${rows} texts`,
      message: `可供学习的记录太少（${rows}条）：至少要有两类结论，每类三条`,
    },
  ]);
}
