/** How the elements of one type stand in PostgreSQL's binary form. */
interface Element {
  oid: number;
  /** Bytes of a value; null where it is none of this type's, so that the array goes as text and the server says what is wrong. */
  size(value: unknown): number | null;
  write(bytes: Buffer, at: number, value: never): void;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const WHOLE = /^-?\d{1,18}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** PostgreSQL counts microseconds from here, JavaScript milliseconds from 1970. */
const EPOCH_2000 = Date.UTC(2000, 0, 1);

const WORD: Element = {
  oid: 23,
  size: (value) => (Number.isInteger(value) && (value as number) === ((value as number) | 0) ? 4 : null),
  write: (bytes, at, value: number) => bytes.writeInt32BE(value, at),
};
const LONG: Element = {
  oid: 20,
  size: (value) =>
    typeof value === 'bigint' || Number.isSafeInteger(value) || (typeof value === 'string' && WHOLE.test(value)) ? 8 : null,
  write: (bytes, at, value: number | bigint | string) => bytes.writeBigInt64BE(BigInt.asIntN(64, BigInt(value)), at),
};

/** By the name in a cast. Others travel as text. */
const ELEMENTS: Readonly<Record<string, Element>> = {
  int: WORD,
  int4: WORD,
  integer: WORD,
  bigint: LONG,
  int8: LONG,
  real: {
    oid: 700,
    size: (value) => (typeof value === 'number' ? 4 : null),
    write: (bytes, at, value: number) => bytes.writeFloatBE(value, at),
  },
  boolean: {
    oid: 16,
    size: (value) => (typeof value === 'boolean' ? 1 : null),
    write: (bytes, at, value: boolean) => bytes.writeUInt8(value ? 1 : 0, at),
  },
  uuid: {
    oid: 2950,
    size: (value) => (typeof value === 'string' && UUID.test(value) ? 16 : null),
    write: writeUuid,
  },
  text: {
    oid: 25,
    size: (value) => (typeof value === 'string' ? Buffer.byteLength(value) : null),
    write: (bytes, at, value: string) => bytes.write(value, at),
  },
  bytea: {
    oid: 17,
    size: (value) => (value instanceof Uint8Array ? value.length : null),
    write: (bytes, at, value: Uint8Array) => bytes.set(value, at),
  },
  timestamptz: {
    oid: 1184,
    size: (value) => (isInstant(value) ? 8 : null),
    write: (bytes, at, value: Date | string) =>
      bytes.writeBigInt64BE(BigInt((value instanceof Date ? value.getTime() : Date.parse(value)) - EPOCH_2000) * 1000n, at),
  },
};

/**
 * An array parameter in PostgreSQL's binary form (array_recv). As text every element is escaped here and read there, which of JSON and
 * digests costs more than everything else that is done with them.
 * @param type of the elements, as a cast names it
 * @returns null where the type or a value is none that we write so
 */
export function binaryArray(type: string, values: readonly unknown[]): Buffer | null {
  const element = ELEMENTS[type];
  if (!element) return null;
  const sizes = new Int32Array(values.length);
  let whole = 0;
  let nulls = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const size = value === null || value === undefined ? -1 : element.size(value);
    if (size === null) return null;
    if (size < 0) nulls = 1;
    else whole += size;
    sizes[i] = size;
  }
  const header = values.length === 0 ? [0, 0, element.oid] : [1, nulls, element.oid, values.length, 1];
  const bytes = Buffer.allocUnsafe(header.length * 4 + values.length * 4 + whole);
  let at = 0;
  for (const word of header) at = bytes.writeInt32BE(word, at);
  for (let i = 0; i < values.length; i++) {
    at = bytes.writeInt32BE(sizes[i]!, at);
    if (sizes[i]! < 0) continue;
    element.write(bytes, at, values[i] as never);
    at += sizes[i]!;
  }
  return bytes;
}

function isInstant(value: unknown): boolean {
  return value instanceof Date
    ? !Number.isNaN(value.getTime())
    : typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value));
}

function writeUuid(bytes: Buffer, at: number, value: string): void {
  for (let i = 0; i < 36; i += 2) {
    if (value.charCodeAt(i) === DASH) i++;
    bytes[at++] = (digit(value.charCodeAt(i)) << 4) | digit(value.charCodeAt(i + 1));
  }
}

const DASH = 0x2d;

function digit(code: number): number {
  return code < 0x3a ? code - 0x30 : (code | 0x20) - 0x57;
}
