import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database, MODEL_CHANNEL, Models } from '@huiying/persistence';
import type { Learned } from '../judging/index.js';
import { unpackVersion } from './model-version.js';

/** The version of the model that is used. Another one is taken up within a moment, without a restart, by every classifier process. */
@Injectable()
export class CurrentModel implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Learning');
  private held: { model: string | null; learned: Learned | undefined } = { model: null, learned: undefined };
  private loading: Promise<void> = Promise.resolve();
  private stop: (() => Promise<void>) | null = null;

  constructor(@Inject(Database) private readonly database: Database) {}

  /** undefined: nothing was learned yet, or the lexicon alone is wanted. */
  get learned(): Learned | undefined {
    return this.held.learned;
  }

  async onModuleInit(): Promise<void> {
    this.stop = await this.database.listen(MODEL_CHANNEL, () => void this.refresh());
    await this.refresh(); // before the first opinion is judged
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop?.();
    await this.loading;
  }

  /** One at a time, so that the last one told of is the one held. */
  refresh(): Promise<void> {
    this.loading = this.loading.then(() =>
      this.load().catch((error: Error) => this.logger.error(`the model was not taken up: ${error.message}`)),
    );
    return this.loading;
  }

  private async load(): Promise<void> {
    const models = new Models(this.database);
    const model = await models.inUse();
    if (model === this.held.model) return;
    const bytes = model === null ? null : await models.bytes(model);
    this.held = { model, learned: bytes === null ? undefined : unpackVersion(bytes, `model ${model}`).learned };
    this.logger.log(model === null ? 'judging by the lexicon alone' : `judging with ${model}`);
  }
}
