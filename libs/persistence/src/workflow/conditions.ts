import { BadInput, readInstant } from '@huiying/domain';

/** Collects the conditions of one query with their parameters, so that nothing that came in is ever part of the SQL. */
export class Conditions {
  readonly parameters: unknown[] = [];
  private readonly parts: string[] = [];

  /** `write` gets the placeholder of the value. A value that is undefined or null adds nothing. */
  add(value: unknown, write: (placeholder: string) => string): this {
    if (value !== undefined && value !== null) this.parts.push(write(this.parameter(value)));
    return this;
  }

  /** One of these ids. Of one alone the server knows that it is one, and need not plan anew each time. */
  among(column: string, ids: readonly string[]): this {
    return ids.length === 1 ? this.add(ids[0], (p) => `${column} = ${p}`) : this.add(ids, (p) => `${column} = ANY(${p}::uuid[])`);
  }

  /** A condition without a value of its own. */
  always(condition: string): this {
    this.parts.push(condition);
    return this;
  }

  parameter(value: unknown): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }

  get where(): string {
    return this.parts.length === 0 ? '' : `WHERE ${this.parts.join(' AND ')}`;
  }

  copy(): Conditions {
    const copy = new Conditions();
    copy.parameters.push(...this.parameters);
    copy.parts.push(...this.parts);
    return copy;
  }
}

/** Counting stops here: more than this is told as unknown. */
export const COUNTED_AT_MOST = 10_000;

/** `count` may be one more than COUNTED_AT_MOST, which means: too many to count. */
export function totalOf(count: number): number | null {
  return count > COUNTED_AT_MOST ? null : count;
}

/** Where the next page begins, as an opaque word. */
export function writeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

/** What a value of a cursor must read as, so that the server takes it where it is compared. */
const KINDS = {
  /** As a date prints itself or as PostgreSQL prints a timestamptz; `infinity` for what never comes due. */
  instant: (value: string) => value === 'infinity' || isInstant(value),
  uuid: (value: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  integer: (value: string) => /^-?\d{1,9}$/.test(value),
  bigint: (value: string) => /^\d{1,18}$/.test(value),
  text: (value: string) => !value.includes('\0'),
};

/** @throws BadInput when the word is none that writeCursor gave with values of these kinds */
export function readCursor(cursor: string | null | undefined, ...kinds: (keyof typeof KINDS)[]): string[] | null {
  if (cursor === null || cursor === undefined || cursor === '') return null;
  const values = readList(cursor)?.map(String);
  if (values?.length === kinds.length && values.every((value, i) => KINDS[kinds[i]!](value))) return values;
  throw new BadInput([{ field: 'cursor', rule: 'must be the `next` of an earlier page', message: '翻页标记无效，请从第一页重新开始' }]);
}

function readList(cursor: string): unknown[] | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(values) ? values : null;
  } catch {
    return null;
  }
}

function isInstant(value: string): boolean {
  const zoned = /[+-]\d\d$/.test(value) ? `${value}:00` : value;
  return /^[1-9].*[ T]\d\d:\d\d:\d\d.*(Z|[+-](0\d|1[0-5]):\d\d)$/.test(zoned) && readInstant(zoned) !== null;
}

/** LIKE pattern that finds the words as they stand. */
export function likePattern(words: string): string {
  return `%${words.replace(/[\\%_]/g, '\\$&')}%`;
}
