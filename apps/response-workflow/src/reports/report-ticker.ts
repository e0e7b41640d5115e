import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@huiying/domain';
import { Ticker } from '../ticking/index.js';
import { ReportScheduler } from './report-scheduler.js';

/** Runs the schedules of reports. */
@Injectable()
export class ReportTicker extends Ticker {
  constructor(@Inject(ReportScheduler) scheduler: ReportScheduler, @Inject(Clock) clock: Clock) {
    super('reports', { tick: () => scheduler.tick(), nextAt: () => scheduler.nextAt() }, clock);
  }
}
