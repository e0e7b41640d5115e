import { useSyncExternalStore } from 'react';
import { cssVariables, type Mode } from './tokens.js';

const KEY = 'huiying.theme';
const listeners = new Set<() => void>();
let mode: Mode = read();

function read(): Mode {
  try {
    return localStorage.getItem(KEY) === 'dark' ? 'dark' : 'light';
  } catch {
    // Storage may be closed to us; light is as good.
    return 'light';
  }
}

function show(): void {
  document.documentElement.style.cssText = cssVariables(mode);
  document.documentElement.dataset.theme = mode;
}

/** Light by day, dark for the night shift; remembered on this machine. */
export const modeStore = {
  show,
  toggle(): void {
    mode = mode === 'light' ? 'dark' : 'light';
    try {
      localStorage.setItem(KEY, mode);
    } catch {
      // Not remembered, still shown.
    }
    show();
    listeners.forEach((tell) => tell());
  },
};

export function useMode(): Mode {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => mode,
  );
}
