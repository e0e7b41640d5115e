import { randomUUID } from 'node:crypto';

/**
 * Stands for a number without gaps in what is sent before it is known: the server takes the number in the packet that commits, so that
 * nobody waits for it while this process thinks. No text from outside can hold it, for nobody outside knows it.
 */
export const NUMBER_TO_COME = `{number ${randomUUID()}}`;

/** Holds the number for the rest of the transaction that took it. */
const SETTING = 'huiying.number';
const TAKEN = `current_setting('${SETTING}')`;

/** SQL that keeps the number for what is written after it in the transaction. @param taken gives the number in a column `last` */
export function keepNumber(taken: string): string {
  return `WITH taken AS (${taken}) SELECT set_config('${SETTING}', last::text, true) FROM taken`;
}

/** SQL of a text with the number in its place. @param text SQL, @param token the parameter that holds NUMBER_TO_COME */
export function numbered(text: string, token: string): string {
  return `replace(${text}, ${token}::text, ${TAKEN})`;
}

export function awaitsNumber(value: unknown): boolean {
  return Array.isArray(value) ? value.some(awaitsNumber) : typeof value === 'string' && value.includes(NUMBER_TO_COME);
}

/** Notes parameters and gives their placeholders; what awaits the number gets it. */
export function placing(parameters: unknown[]): (value: unknown) => string {
  const place = (value: unknown): string => `$${parameters.push(value)}`;
  return (value) => {
    if (!awaitsNumber(value)) return place(value);
    if (!Array.isArray(value)) return numbered(`${place(value)}::text`, place(NUMBER_TO_COME));
    return `ARRAY(SELECT ${numbered('v', place(NUMBER_TO_COME))} FROM unnest(${place(value)}::text[]) WITH ORDINALITY AS t(v, n) ORDER BY n)`;
  };
}
