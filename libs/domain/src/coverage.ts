import { HOUR_MS, validMs } from './local-time.js';

/** A span in which a source was not seen; `to` null while it lasts. */
export interface UnseenSpan {
  from: Date;
  to: Date | null;
}

/**
 * The hours (their beginnings) between `from` and `to` in which a source was not seen. An hour counts as unseen when half of it or more was.
 * The last hour is judged by the part of it that has passed.
 */
export function hoursUnseen(spans: readonly UnseenSpan[], from: Date, to: Date): Date[] {
  const end = validMs(to);
  const hours: Date[] = [];
  for (let hour = Math.floor(validMs(from) / HOUR_MS) * HOUR_MS; hour < end; hour += HOUR_MS) {
    const until = Math.min(hour + HOUR_MS, end);
    const unseen = spans.reduce(
      (ms, span) => ms + Math.max(0, Math.min(span.to?.getTime() ?? end, until) - Math.max(span.from.getTime(), hour)),
      0,
    );
    if (unseen * 2 >= until - hour && unseen > 0) hours.push(new Date(hour));
  }
  return hours;
}
