/** As HTTP writes a day and time: Wed, 21 Oct 2026 07:28:00 GMT. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,\s.*\d\d:\d\d:\d\d GMT$/i;

/**
 * What a server wishes by retry-after, in seconds (RFC 9110 §10.2.3): a number of them, or a day and time. That is held against the
 * server's own clock, its Date header, which need not be ours. Null where it wishes nothing that can be read.
 */
export function secondsToWait(retryAfter: string | null, date: string | null): number | null {
  const wish = retryAfter?.trim() ?? '';
  if (/^\d{1,7}$/.test(wish)) return Number(wish);
  const [until, now] = [Date.parse(wish), Date.parse(date ?? '')];
  if (!HTTP_DATE.test(wish) || Number.isNaN(until) || Number.isNaN(now)) return null;
  return Math.max(0, Math.ceil((until - now) / 1000));
}
