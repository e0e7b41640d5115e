import { Controller, Inject } from '@nestjs/common';
import { TOPICS, type OpinionClassifiedV1 } from '@huiying/contracts';
import { Reads } from '@huiying/messaging';
import { ALERTING, AlertRaiser } from './alert-raiser.js';

@Controller()
export class OpinionClassifiedConsumer {
  constructor(@Inject(AlertRaiser) private readonly raiser: AlertRaiser) {}

  @Reads(TOPICS.opinionClassified, ALERTING, { batchSize: 500, parallel: 2 })
  take(events: OpinionClassifiedV1[]): Promise<void> {
    return this.raiser.take(events);
  }
}
