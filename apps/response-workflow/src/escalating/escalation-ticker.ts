import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@huiying/domain';
import { Ticker } from '../ticking/index.js';
import { EscalationEngine } from './escalation-engine.js';

/** Runs the engine of what climbs. */
@Injectable()
export class EscalationTicker extends Ticker {
  constructor(@Inject(EscalationEngine) engine: EscalationEngine, @Inject(Clock) clock: Clock) {
    super('escalating', { tick: () => engine.tick(), nextAt: () => engine.nextMoveAt() }, clock);
  }
}
