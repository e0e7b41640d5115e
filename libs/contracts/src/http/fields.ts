import { z } from 'zod';

/** What a city's work can be about. Beyond it a day is a slip of the pen, and some are none that a database holds. */
export const YEARS = [1970, 2199] as const;
export const YEARS_RULE = `must lie in the years ${YEARS[0]} to ${YEARS[1]}`;

export const DAY_RULE = 'must be a day as YYYY-MM-DD';

/** Of a day or an instant as ISO 8601 writes it. What is none is another rule's. */
export function isOfOurYears(text: string): boolean {
  const year = /^\d{4}-/.test(text) ? Number(text.slice(0, 4)) : YEARS[0];
  return year >= YEARS[0] && year <= YEARS[1];
}

/** YYYY-MM-DD */
export const dayField = z.iso.date({ error: DAY_RULE }).refine(isOfOurYears, YEARS_RULE);
export const instantField = z.iso.datetime({ offset: true }).refine(isOfOurYears, YEARS_RULE);
/** In small letters as this service makes them: PostgreSQL takes capitals for the same id, a comparison of texts does not. */
export const idField = z.uuid().toLowerCase();
