import { severityLevel } from '@huiying/contracts';
import { SEARCH_AT_MOST } from '@huiying/contracts/http';
import { listedIn } from '@huiying/platform';
import { z } from 'zod';
import { dayField, instantField } from '@huiying/contracts/http';

/** `a,b,c` as a list; empty means: no filter. */
export function listOf<T extends z.ZodType<unknown, string>>(item: T) {
  return z
    .string()
    .optional()
    .transform((text) => listedIn(text ?? ''))
    .pipe(z.array(item))
    .transform((list) => (list.length === 0 ? undefined : list));
}
export const searchWordsParam = z
  .string()
  .trim()
  .max(SEARCH_AT_MOST)
  .optional()
  .transform((q) => q || undefined);
export const cursorParam = z.string().max(500).optional();
export const severities = listOf(severityLevel);

const DAY_MS = 86_400_000;

/** An instant, or a day in China: its start, or its end where a stretch ends with it. */
export function instantParam(edge: 'start' | 'end') {
  return z
    .union([instantField, dayField], { error: 'must be an instant as ISO 8601, or a day as YYYY-MM-DD' })
    .optional()
    .transform((text) => {
      if (text === undefined) return undefined;
      if (text.length > 10) return new Date(text);
      const start = new Date(`${text}T00:00:00+08:00`);
      return edge === 'start' ? start : new Date(start.getTime() + DAY_MS);
    });
}
