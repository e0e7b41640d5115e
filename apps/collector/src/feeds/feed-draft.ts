import type { Field } from './elements.js';

/** What an element said of a field. */
export interface Saying {
  /** 0 is trusted most. */
  rank: number;
  /** Of a title, summary or content HTML, otherwise text. */
  value: string;
  /** What the links in it start from. */
  base: string | null;
}

const MOST_SAYINGS = 20;

/** What is gathered of one feed or entry while its document is read. */
export class Draft {
  private readonly found = new Map<Field, Saying[]>();

  /** Among equally trusted ones the first stays first. An empty value says nothing. */
  add(field: Field, rank: number, value: string, base: string | null = null): void {
    if (value.trim() === '') return;
    const sayings = this.all(field);
    if (sayings.length >= MOST_SAYINGS) return;
    const at = sayings.findIndex((other) => other.rank > rank);
    this.found.set(field, sayings.toSpliced(at < 0 ? sayings.length : at, 0, { rank, value: value.trim(), base }));
  }

  has(field: Field, rank: number): boolean {
    return this.all(field).some((saying) => saying.rank === rank);
  }

  first(field: Field): Saying | undefined {
    return this.all(field)[0];
  }

  /** The most trusted first. */
  all(field: Field): readonly Saying[] {
    return this.found.get(field) ?? [];
  }
}
