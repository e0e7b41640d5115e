/** One shortcut: a key, or two in a row (`g d`). */
export interface Shortcut {
  keys: string;
  /** What it does, for the help overlay. */
  does: string;
  run: () => void;
}

/** What of a key press decides. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** How long the first of two keys is remembered. */
export const CHORD_MS = 1200;

/** The state between key presses: the first key of a chord and when it came. */
export interface Pending {
  key: string;
  atMs: number;
}

/** Decides what a key press means: a shortcut to run, or a first key to remember, or nothing. */
export function read<S extends { keys: string }>(
  press: KeyPress,
  shortcuts: readonly S[],
  pending: Pending | null,
  nowMs: number,
): { hit: S | null; pending: Pending | null } {
  if (press.ctrlKey || press.metaKey || press.altKey) return { hit: null, pending: null };
  const first = pending !== null && nowMs - pending.atMs <= CHORD_MS ? pending.key : null;
  const chord = first === null ? undefined : shortcuts.find(({ keys }) => keys === `${first} ${press.key}`);
  if (chord !== undefined) return { hit: chord, pending: null };
  const single = shortcuts.find(({ keys }) => keys === press.key);
  if (single !== undefined) return { hit: single, pending: null };
  const opens = shortcuts.some(({ keys }) => keys.startsWith(`${press.key} `));
  return { hit: null, pending: opens ? { key: press.key, atMs: nowMs } : null };
}

/** The row that a step lands on: stays inside the list, starts at its head. */
export function stepRow(current: number, by: 1 | -1, count: number): number {
  if (count === 0) return -1;
  return Math.max(0, Math.min(count - 1, current < 0 ? 0 : current + by));
}
