import { useSyncExternalStore } from 'react';

let arrived = 0;
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

/** Opinions judged since the reader last reloaded the list. */
export const opinionArrivals = {
  add(count: number): void {
    arrived += count;
    tell();
  },
  clear(): void {
    arrived = 0;
    tell();
  },
};

export function useOpinionArrivals(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => arrived,
  );
}
