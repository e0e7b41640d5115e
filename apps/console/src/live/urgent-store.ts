import { useSyncExternalStore } from 'react';
import type { NoticeMessage } from '@huiying/contracts/http';
import { serverClock } from '../time/server-clock.js';
import { LONGEST_MUTE_MS, ring } from './sound.js';

/** Something urgent; `stored` where the server keeps it as a notice of this person, to be marked read. */
export type UrgentNotice = NoticeMessage & { stored: boolean };

/** What must be heard and has not been answered yet, newest first, and until when the sound is off. */
export interface Urgent {
  notices: readonly UrgentNotice[];
  /** Server time in ms; null when the sound is on. */
  mutedUntil: number | null;
  /** The browser kept the last sound back: it wants a click or key first. */
  silenced: boolean;
}

/** Rings again while nobody answered. */
const REPEAT_MS = 60_000;

let urgent: Urgent = { notices: [], mutedUntil: null, silenced: false };
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
  void ring(2).then((heard) => urgent.silenced === heard && set({ ...urgent, silenced: !heard }));
}

export const urgentStore = {
  /** Takes what must be heard; the same thing told by a change and by a notice rings once. */
  raise(notice: UrgentNotice): void {
    const known = urgent.notices.find(({ id, link }) => id === notice.id || link === notice.link);
    const others = urgent.notices.filter((other) => other !== known);
    if (known?.stored === true || (known !== undefined && !notice.stored)) return;
    set({ ...urgent, notices: [notice, ...others].slice(0, 20) });
    if (known !== undefined) return;
    sound();
    repeat ??= setInterval(sound, REPEAT_MS);
  },
  /** Takes away what was answered, all or what leads to `link`, and hands it back. */
  answer(link?: string): UrgentNotice[] {
    const answered = urgent.notices.filter((notice) => link === undefined || notice.link === link);
    if (answered.length > 0) set({ ...urgent, notices: urgent.notices.filter((notice) => !answered.includes(notice)) });
    return answered;
  },
  /** Somebody touched the page: what could not be heard is heard now. */
  touched: () => urgent.silenced && urgent.notices.length > 0 && sound(),
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
