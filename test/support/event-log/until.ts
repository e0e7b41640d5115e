import { setTimeout as pause } from 'node:timers/promises';

/** Looks until `look` answers something true, and gives that. @throws with what was seen last when it takes longer than `withinMs` */
export async function until<T>(what: string, look: () => Promise<T | false | null> | T | false | null, withinMs = 45_000): Promise<T> {
  const start = performance.now();
  let trouble: unknown = null;
  while (performance.now() - start < withinMs) {
    try {
      const seen = await look();
      if (seen) return seen;
    } catch (error) {
      trouble = error; // the database may be away just now
    }
    await pause(20);
  }
  throw new Error(`waited ${withinMs} ms in vain until ${what}`, { cause: trouble });
}
