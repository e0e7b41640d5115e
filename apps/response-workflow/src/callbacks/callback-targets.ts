import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT } from '@huiying/platform';
import { readHotline, readHotlineAdapter, type Environment, type HotlineAdapter, type HotlineCallback } from '@huiying/settings';

export interface CallbackTarget extends HotlineCallback {
  mapping: Readonly<HotlineAdapter>;
  /** null: not set; what it should be told waits. */
  secret: string | null;
}

/** The systems that are told of work orders, from config/hotline.yaml and their adapters' folders. */
@Injectable()
export class CallbackTargets {
  private held: readonly CallbackTarget[];

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    const { configFolder, callbackSecrets } = environment;
    this.held = readHotline(configFolder).callbacks.map((one) => ({
      ...one,
      mapping: readHotlineAdapter(configFolder, one.adapter),
      secret: callbackSecrets.get(one.id) ?? null,
    }));
  }

  get all(): readonly CallbackTarget[] {
    return this.held;
  }

  /** For the demo city and for tests: receivers whose address is known only when they run. */
  use(...targets: CallbackTarget[]): void {
    this.held = [...this.held.filter((one) => !targets.some(({ id }) => id === one.id)), ...targets];
  }
}
