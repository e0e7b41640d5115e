import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { Clock } from '@huiying/domain';
import { Database, Store } from '@huiying/persistence';
import { ENVIRONMENT } from '@huiying/platform';
import type { Environment } from '@huiying/settings';
import { Classifying } from './classifying.js';
import { readJudgingConfig, type CompiledLexicon } from './judging/index.js';
import { COMPILED_LEXICON, CurrentModel, LearningConsumer, LearningLoop, Teacher, WorkerTeacher } from './learning/index.js';
import { OpinionCollectedConsumer } from './opinion-collected.consumer.js';

export interface ClassifierOptions {
  /** Ids of the sources that are of this city; without them those of config/sources.yaml with belongsToCity. */
  citySources?: readonly string[];
}

const OPTIONS = Symbol('classifier options');

const PROVIDERS: Provider[] = [
  { provide: OPTIONS, useValue: {} satisfies ClassifierOptions },
  {
    provide: COMPILED_LEXICON, // read and compiled at boot: a bad configuration stops the start, not the first opinion
    useFactory: ({ citySources }: ClassifierOptions, { configFolder }: Environment) => readJudgingConfig(configFolder, citySources),
    inject: [OPTIONS, ENVIRONMENT],
  },
  CurrentModel,
  LearningLoop,
  { provide: Teacher, useFactory: ({ configFolder }: Environment) => new WorkerTeacher(configFolder), inject: [ENVIRONMENT] },
  {
    provide: Classifying,
    useFactory: (database: Database, lexicon: CompiledLexicon, clock: Clock, model: CurrentModel) =>
      new Classifying(new Store(database, 'classifier'), lexicon, clock, model),
    inject: [Database, COMPILED_LEXICON, Clock, CurrentModel],
  },
];

/** Judges what was collected (研判) and joins it to stories (事件). What it finds goes out as opinion.classified. */
@Module({ controllers: [OpinionCollectedConsumer, LearningConsumer], providers: PROVIDERS })
export class ClassifierModule {
  static with(options: ClassifierOptions): DynamicModule {
    return { module: ClassifierModule, providers: [{ provide: OPTIONS, useValue: options }] };
  }
}
