import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { BadInput, Clock } from '@huiying/domain';
import { Corrections, Database, MODEL_CHANNEL, Models, Store } from '@huiying/persistence';
import type { CompiledLexicon } from '../judging/index.js';
import { COMPILED_LEXICON } from './compiled-lexicon.js';
import { failed, keepVersion, type Wish } from './keep-version.js';
import type { LabelledText } from './labelled-text.js';
import type { ModelVersion } from './model-version.js';
import { teachingTexts, unpackHistory } from './teaching-texts.js';

/** Learns a version, out of the way of the judging. @throws BadInput where the texts are too few */
export abstract class Teacher {
  abstract teach(texts: readonly LabelledText[], learnedAt: Date): Promise<ModelVersion>;
}

/** Told at once where something is asked; this finds what a killed process left. */
const LOOK_EVERY_MS = 60_000;

/** Learns what was asked for, one after the other; several processes share the work. */
@Injectable()
export class LearningLoop implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Learning');
  private readonly store: Store;
  private working: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private stop: (() => Promise<void>) | null = null;
  private isEnding = false;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(COMPILED_LEXICON) private readonly lexicon: CompiledLexicon,
    @Inject(Teacher) private readonly teacher: Teacher,
  ) {
    this.store = new Store(database, 'classifier');
  }

  async onModuleInit(): Promise<void> {
    this.stop = await this.database.listen(MODEL_CHANNEL, () => void this.look());
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.isEnding = true;
    if (this.timer) clearInterval(this.timer);
    await this.stop?.();
    await this.working;
  }

  look(): Promise<void> {
    this.working = this.working.then(() => this.work().catch((error: Error) => this.logger.error(`not learned: ${error.message}`)));
    return this.working;
  }

  private async work(): Promise<void> {
    if (this.isEnding) return;
    const next = await this.store.change((tx) => new Models(tx).beginNext(this.clock.now()));
    if (next === null) return;
    const wish: Wish = { by: next.by, at: this.clock.now(), causedBy: next.eventId };
    const history = unpackHistory(await new Models(this.database).lastHistory());
    const corrections = await new Corrections(this.database).all();
    const texts = teachingTexts(history, corrections, this.lexicon);
    try {
      const version = await this.teacher.teach(texts, wish.at);
      await this.end(next.eventId, (tx) => keepVersion(tx, { version, history, corrections: texts.length - history.length }, wish));
    } catch (error) {
      if (!(error instanceof BadInput)) throw error; // begun again after a while
      await this.end(next.eventId, async (tx) => tx.send(failed(error.faults.map((f) => f.message ?? f.rule).join('；'), wish)));
    }
  }

  private end(eventId: string, work: Parameters<Store['change']>[0]): Promise<unknown> {
    return this.store.change(async (tx) => {
      await work(tx);
      await new Models(tx).endLearning(eventId);
    });
  }
}
