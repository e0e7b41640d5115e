import { setTimeout as pause } from 'node:timers/promises';

/** Looks until `look` answers something true, and gives that. @throws with what was seen last when it takes longer than `withinMs` */
export async function until<T>(what: string, look: () => Promise<T | false | null> | T | false | null, withinMs = 30_000): Promise<T> {
  const start = performance.now();
  for (let trouble: unknown = null; ; await pause(20)) {
    try {
      const seen = await look();
      if (seen) return seen;
      trouble = null;
    } catch (error) {
      trouble = error; // the database may be away just now
    }
    if (performance.now() - start > withinMs) throw new Error(`waited ${withinMs} ms in vain until ${what}`, { cause: trouble });
  }
}
