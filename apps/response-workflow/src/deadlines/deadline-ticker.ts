import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@huiying/domain';
import { Ticker } from '../ticking/index.js';
import { DeadlineEngine } from './deadline-engine.js';

/** Runs the engine of the clocks. */
@Injectable()
export class DeadlineTicker extends Ticker {
  constructor(@Inject(DeadlineEngine) engine: DeadlineEngine, @Inject(Clock) clock: Clock) {
    super('deadlines', { tick: () => engine.tick(), nextAt: () => engine.nextStepAt() }, clock);
  }
}
