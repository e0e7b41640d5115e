/** The one door to time. Everything that needs "now" is handed a Clock. */
export abstract class Clock {
  abstract now(): Date;
}

/** A clock that stands still until it is moved: tests, drills and the loading of the demo's past. */
export class MovableClock extends Clock {
  private instant: number;

  constructor(start: Date) {
    super();
    this.instant = start.getTime();
  }

  now(): Date {
    return new Date(this.instant);
  }

  set(to: Date): void {
    this.instant = to.getTime();
  }

  advance(span: { days?: number; hours?: number; minutes?: number; seconds?: number }): void {
    const minutes = ((span.days ?? 0) * 24 + (span.hours ?? 0)) * 60 + (span.minutes ?? 0);
    this.instant += (minutes * 60 + (span.seconds ?? 0)) * 1000;
  }
}
