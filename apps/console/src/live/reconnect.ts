/** Waits between tries to get the stream back, in milliseconds; the last one repeats. */
const WAITS_MS = [500, 1000, 2000, 4000, 8000, 15_000];

export function waitBeforeTry(failedTries: number): number {
  return WAITS_MS[Math.min(failedTries, WAITS_MS.length - 1)]!;
}

/** The server pings every 15 s; two missed and a margin mean that nobody is there, whatever the browser believes. */
export const SILENCE_MS = 35_000;

/** Where to go on reading: after the last position seen, or from now. */
export function streamPath(lastPosition: string | null): string {
  return lastPosition === null ? '/api/stream' : `/api/stream?after=${encodeURIComponent(lastPosition)}`;
}
