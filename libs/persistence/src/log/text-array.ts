import { binaryArray } from '../binary-array.js';

/** A text[] parameter in PostgreSQL's binary form, where no cast in the statement says that it is one. */
export function textArray(values: readonly string[]): Buffer {
  return binaryArray('text', values)!;
}
