import { Clock } from '@huiying/domain';

/** The machine's clock: the only place that asks it. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
