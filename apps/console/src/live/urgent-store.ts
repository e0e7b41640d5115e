import { useSyncExternalStore } from 'react';
import type { NoticeMessage } from '@huiying/contracts/http';
import { serverClock } from '../time/server-clock.js';
import { LONGEST_MUTE_MS, ring } from './sound.js';

/** What must be heard and has not been answered yet, newest first, and until when the sound is off. */
export interface Urgent {
  notices: readonly NoticeMessage[];
  /** Server time in ms; null when the sound is on. */
  mutedUntil: number | null;
}

/** Rings again while nobody answered. */
const REPEAT_MS = 60_000;

let urgent: Urgent = { notices: [], mutedUntil: null };
let repeat: ReturnType<typeof setInterval> | null = null;
const listeners = new Set<() => void>();

function set(next: Urgent): void {
  urgent = next;
  listeners.forEach((tell) => tell());
  if (next.notices.length === 0 && repeat !== null) {
    clearInterval(repeat);
    repeat = null;
  }
}

function sound(): void {
  const { mutedUntil } = urgent;
  if (mutedUntil !== null && serverClock.now() < mutedUntil) return;
  if (mutedUntil !== null) set({ ...urgent, mutedUntil: null });
  void ring(2);
}

export const urgentStore = {
  /** Takes what must be heard; the same thing twice rings once. */
  raise(notice: NoticeMessage): void {
    if (urgent.notices.some(({ id, link }) => id === notice.id || link === notice.link)) return;
    set({ ...urgent, notices: [notice, ...urgent.notices].slice(0, 20) });
    sound();
    repeat ??= setInterval(sound, REPEAT_MS);
  },
  answer: (link?: string) => set({ ...urgent, notices: link === undefined ? [] : urgent.notices.filter((notice) => notice.link !== link) }),
  mute: () => set({ ...urgent, mutedUntil: serverClock.now() + LONGEST_MUTE_MS }),
  unmute: () => set({ ...urgent, mutedUntil: null }),
};

export function useUrgent(): Urgent {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => urgent,
  );
}
