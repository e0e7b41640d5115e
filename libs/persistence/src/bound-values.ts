import pg from 'pg';
import { binaryArray } from './binary-array.js';

const { utils } = pg as unknown as { utils: { prepareValue(value: unknown): string | Buffer | null } };

/** A parameter and, where it says so, the type of array it is cast to. */
const PARAMETER = /\$(\d+)(?:::(\w+)\[\])?/g;

/** By the text of a statement: the type of the elements of each parameter that is cast to one type of array wherever it stands. */
const TYPES = new Map<string, (string | null)[]>();
/** Texts that vary without end must not fill the memory. */
const MOST_KNOWN = 2_000;

/** The parameters of a statement as they travel: arrays whose type the statement names in binary form, all else as text. */
export function boundValues(sql: string, values: readonly unknown[]): (string | Buffer | null)[] {
  if (!values.some(Array.isArray)) return values.map((value) => utils.prepareValue(value));
  const types = arrayTypes(sql);
  return values.map((value, i) => {
    const type = Array.isArray(value) ? types[i] : null;
    return (type && binaryArray(type, value as unknown[])) || utils.prepareValue(value);
  });
}

function arrayTypes(sql: string): (string | null)[] {
  const known = TYPES.get(sql);
  if (known) return known;
  const types: (string | null)[] = [];
  for (const [, place, type = null] of sql.matchAll(PARAMETER)) {
    const at = Number(place) - 1;
    types[at] = types[at] === undefined || types[at] === type ? type : null;
  }
  if (TYPES.size >= MOST_KNOWN) TYPES.clear();
  TYPES.set(sql, types);
  return types;
}

/** Longer values are handed to the socket as they are, not copied. In bytes. */
const LONG = 4_096;
const BIND = 0x42;

/** A Bind message to the unnamed portal, results as text, in the pieces that are to be written one after the other. */
export function bindMessage(statement: string, values: readonly (string | Buffer | null)[]): Buffer[] {
  const sizes = values.map((value) => (value === null ? -1 : typeof value === 'string' ? Buffer.byteLength(value) : value.length));
  const long = (i: number): boolean => sizes[i]! >= LONG && typeof values[i] !== 'string';
  const name = Buffer.byteLength(statement);
  const total = sizes.reduce((sum, size) => sum + 4 + Math.max(0, size), 4 + 1 + name + 1 + 2 + values.length * 2 + 2 + 4);
  const kept = sizes.reduce((sum, size, i) => sum - (long(i) ? size : 0), total + 1);
  const bytes = Buffer.allocUnsafe(kept);
  const pieces: Buffer[] = [];
  let from = 0;
  let at = bytes.writeUInt8(BIND, 0);
  at = bytes.writeInt32BE(total, at);
  at = bytes.writeUInt8(0, at);
  at += bytes.write(statement, at);
  at = bytes.writeUInt8(0, at);
  at = bytes.writeInt16BE(values.length, at);
  for (const value of values) at = bytes.writeInt16BE(value instanceof Buffer ? 1 : 0, at);
  at = bytes.writeInt16BE(values.length, at);
  values.forEach((value, i) => {
    at = bytes.writeInt32BE(sizes[i]!, at);
    if (typeof value === 'string') at += bytes.write(value, at);
    else if (long(i)) {
      pieces.push(bytes.subarray(from, at), value!);
      from = at;
    } else if (value) at += value.copy(bytes, at);
  });
  at = bytes.writeInt32BE(RESULTS_AS_TEXT, at);
  pieces.push(bytes.subarray(from, at));
  return pieces;
}

/** One format for all columns (an int2): text (an int2 of 0). */
const RESULTS_AS_TEXT = 1 << 16;
