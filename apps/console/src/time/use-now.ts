import { useSyncExternalStore } from 'react';
import { serverClock } from './server-clock.js';

interface Beat {
  listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval> | null;
}
const beats = new Map<number, Beat>();

/** One timer per step for the whole page, running only while somebody looks. */
function subscribe(stepMs: number, listener: () => void): () => void {
  const beat = beats.get(stepMs) ?? { listeners: new Set(), timer: null };
  beats.set(stepMs, beat);
  beat.listeners.add(listener);
  beat.timer ??= setInterval(() => beat.listeners.forEach((tell) => tell()), Math.min(stepMs, 1000));
  return () => {
    beat.listeners.delete(listener);
    if (beat.listeners.size > 0 || beat.timer === null) return;
    clearInterval(beat.timer);
    beat.timer = null;
  };
}

const subscribers = new Map<number, (listener: () => void) => () => void>();
function subscriberFor(stepMs: number): (listener: () => void) => () => void {
  const known = subscribers.get(stepMs);
  if (known !== undefined) return known;
  const made = (listener: () => void) => subscribe(stepMs, listener);
  subscribers.set(stepMs, made);
  return made;
}

/** The server's time in milliseconds, renewed when it passes a multiple of `stepMs` (default 5 s). NaN before the first word. */
export function useNow(stepMs = 5000): number {
  return useSyncExternalStore(subscriberFor(stepMs), () => Math.floor(serverClock.now() / stepMs) * stepMs);
}
