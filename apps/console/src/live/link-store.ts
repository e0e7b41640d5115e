import { useSyncExternalStore } from 'react';
import { serverClock } from '../time/server-clock.js';
import type { Link } from './change-stream.js';

export interface LinkStatus {
  state: Link['state'];
  failedTries: number;
  /** Server time in ms when the connection was lost, null while it holds. */
  lostAt: number | null;
  /** Changes caught up since the connection came back; null once that has been told. */
  caughtUp: number | null;
}

/** When the server was last heard, in its own time: what it told between then and the noticing of the loss may be missing. */
let heardAt: number | null = null;
let status: LinkStatus = { state: 'connecting', failedTries: 0, lostAt: null, caughtUp: null };
const listeners = new Set<() => void>();

function set(next: LinkStatus): void {
  status = next;
  listeners.forEach((tell) => tell());
}

/** What everybody on the page knows about the connection. */
export const linkStore = {
  follow(link: Link): void {
    if (link.state === 'lost')
      set({ state: 'lost', failedTries: link.failedTries, lostAt: status.lostAt ?? heardAt ?? serverClock.now(), caughtUp: null });
    else set({ state: link.state, failedTries: 0, lostAt: null, caughtUp: status.caughtUp });
  },
  heard: () => void (heardAt = serverClock.now()),
  back: () => set({ ...status, caughtUp: 0 }),
  caughtUpOne(): void {
    if (status.caughtUp !== null) set({ ...status, caughtUp: status.caughtUp + 1 });
  },
  told: () => set({ ...status, caughtUp: null }),
  reset: () => {
    heardAt = null;
    set({ state: 'connecting', failedTries: 0, lostAt: null, caughtUp: null });
  },
};

export function useLink(): LinkStatus {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => status,
  );
}
