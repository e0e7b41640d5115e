import { Corrections, Store, type Database } from '@huiying/persistence';
import type { CompiledLexicon } from '../judging/index.js';
import { keepVersion, type Wish } from './keep-version.js';
import type { LabelledText } from './labelled-text.js';
import type { ModelVersion } from './model-version.js';
import { teach } from './teach.js';
import { masked, teachingTexts } from './teaching-texts.js';

export interface CityLearning {
  database: Database;
  lexicon: CompiledLexicon;
  /** The city's labelled history; callers' data is masked here. */
  history: readonly LabelledText[];
  wish: Wish;
}

/** How texts become a version; the command of the shell shows its progress. */
export type LearnTexts = (texts: readonly LabelledText[]) => ModelVersion | Promise<ModelVersion>;

/** Learns from a history and all that officers said, keeps the version and uses it from now on. @throws BadInput where the texts are too few */
export async function learnForCity(
  { database, lexicon, history, wish }: CityLearning,
  learnTexts: LearnTexts = (texts) => teach(texts, lexicon, wish.at),
): Promise<{ version: ModelVersion; corrections: number }> {
  const hidden = masked(history);
  const texts = teachingTexts(hidden, await new Corrections(database).all(), lexicon);
  const version = await learnTexts(texts);
  const corrections = texts.length - hidden.length;
  await new Store(database, 'classifier').change((tx) => keepVersion(tx, { version, history: hidden, corrections }, wish));
  return { version, corrections };
}
