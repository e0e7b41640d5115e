import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { Clock } from '@huiying/domain';
import { Database, Store } from '@huiying/persistence';
import { ENVIRONMENT } from '@huiying/platform';
import type { Environment } from '@huiying/settings';
import { Classifying } from './classifying.js';
import { readJudgingConfig, type CompiledLexicon } from './judging/index.js';
import { OpinionCollectedConsumer } from './opinion-collected.consumer.js';

export interface ClassifierOptions {
  /** Ids of the sources that are of this city; without them those of config/sources.yaml with belongsToCity. */
  citySources?: readonly string[];
}

const OPTIONS = Symbol('classifier options');
const LEXICON = Symbol('compiled lexicon');

const PROVIDERS: Provider[] = [
  { provide: OPTIONS, useValue: {} satisfies ClassifierOptions },
  {
    provide: LEXICON, // read and compiled at boot: a bad configuration stops the start, not the first opinion
    useFactory: ({ citySources }: ClassifierOptions, { configFolder }: Environment) => readJudgingConfig(configFolder, citySources),
    inject: [OPTIONS, ENVIRONMENT],
  },
  {
    provide: Classifying,
    useFactory: (database: Database, lexicon: CompiledLexicon, clock: Clock) =>
      new Classifying(new Store(database, 'classifier'), lexicon, clock),
    inject: [Database, LEXICON, Clock],
  },
];

/** Judges what was collected (研判) and joins it to stories (事件). What it finds goes out as opinion.classified. */
@Module({ controllers: [OpinionCollectedConsumer], providers: PROVIDERS })
export class ClassifierModule {
  static with(options: ClassifierOptions): DynamicModule {
    return { module: ClassifierModule, providers: [{ provide: OPTIONS, useValue: options }] };
  }
}
