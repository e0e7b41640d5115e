import { fold } from './fold.js';

/** A term found in a text. `ids` are those under which the term was given; offsets in UTF-16 code units, end exclusive. */
export interface TermMatch {
  start: number;
  end: number;
  ids: readonly number[];
}

/**
 * Finds all of many terms in one pass over a folded text. Overlapping and nested ones are all reported, in order of their start,
 * shorter before longer. Terms are folded too, so 'NBA' finds 'ｎｂａ'.
 */
export class TermMatcher {
  /** (node, code unit) → next node, in an open-addressing table: three times as fast as a Map here. At 2i a key, at 2i + 1 its node. */
  private steps: Int32Array;
  private mask: number;
  private used = 0;
  /** Node → ids of the terms ending there. */
  private readonly ends: (number[] | undefined)[] = [undefined];
  /** The first step, by code unit: many places of a text end here. */
  private readonly roots = new Int32Array(0x10000);
  /** One bit for each pair of code units that begins a term, and for others of the same hash: most of the other places end here, in 8 KB. */
  private readonly pairs = new Uint8Array(1 << 13);

  constructor(terms: Iterable<readonly [term: string, id: number]>) {
    this.mask = (1 << 12) - 1;
    this.steps = emptySteps(this.mask + 1);
    for (const [term, id] of terms) this.add(fold(term), id);
  }

  /** @param folded text that went through fold() */
  find(folded: string): TermMatch[] {
    const found: TermMatch[] = [];
    this.each(folded, (start, end, ids) => found.push({ start, end, ids }));
    return found;
  }

  /** As find, told one by one. */
  each(folded: string, tell: (start: number, end: number, ids: readonly number[]) => void): void {
    const { roots, ends, pairs } = this;
    const length = folded.length;
    for (let start = 0; start < length; start++) {
      const unit = folded.charCodeAt(start);
      let node = roots[unit]!;
      if (node === 0) continue;
      const alone = ends[node];
      if (alone !== undefined) tell(start, start + 1, alone);
      if (start + 1 === length) break;
      const pair = pairHash(unit, folded.charCodeAt(start + 1));
      if ((pairs[pair >>> 3]! & (1 << (pair & 7))) === 0) continue;
      for (let end = start + 1; end < length;) {
        node = this.step(node, folded.charCodeAt(end++));
        if (node === 0) break;
        const ids = ends[node];
        if (ids !== undefined) tell(start, end, ids);
      }
    }
  }

  private add(term: string, id: number): void {
    if (term.length === 0) return;
    let node = this.roots[term.charCodeAt(0)]!;
    if (node === 0) node = this.roots[term.charCodeAt(0)] = this.newNode();
    if (term.length > 1) {
      const pair = pairHash(term.charCodeAt(0), term.charCodeAt(1));
      this.pairs[pair >>> 3]! |= 1 << (pair & 7);
    }
    for (let i = 1; i < term.length; i++) {
      const unit = term.charCodeAt(i);
      let next = this.step(node, unit);
      if (next === 0) {
        next = this.newNode();
        this.put(key(node, unit), next);
      }
      node = next;
    }
    const ids = (this.ends[node] ??= []);
    if (!ids.includes(id)) ids.push(id);
  }

  private newNode(): number {
    if (this.ends.length === MOST_NODES) throw new RangeError(`terms of more than ${MOST_NODES} nodes cannot be matched together`);
    return this.ends.push(undefined) - 1;
  }

  private step(node: number, unit: number): number {
    const { steps, mask } = this;
    const wanted = key(node, unit);
    for (let slot = hash(wanted) & mask; ; slot = (slot + 1) & mask) {
      const there = steps[slot * 2]!;
      if (there === wanted) return steps[slot * 2 + 1]!;
      if (there === -1) return 0;
    }
  }

  private put(wanted: number, next: number): void {
    if (++this.used * 2 > this.mask) this.grow();
    this.place(wanted, next);
  }

  private place(wanted: number, next: number): void {
    let slot = hash(wanted) & this.mask;
    while (this.steps[slot * 2] !== -1) slot = (slot + 1) & this.mask;
    this.steps[slot * 2] = wanted;
    this.steps[slot * 2 + 1] = next;
  }

  private grow(): void {
    const old = this.steps;
    this.mask = this.mask * 2 + 1;
    this.steps = emptySteps(this.mask + 1);
    for (let i = 0; i < old.length; i += 2) if (old[i] !== -1) this.place(old[i]!, old[i + 1]!);
  }
}

/** 16 bits. */
function pairHash(first: number, second: number): number {
  return Math.imul((first << 16) | second, 0x9e3779b1) >>> 16;
}

function emptySteps(size: number): Int32Array {
  return new Int32Array(size * 2).fill(-1);
}

/** A key holds the node in 16 bits; the demo city's lists make about 12,000 nodes. */
const MOST_NODES = 0xffff;

function key(node: number, unit: number): number {
  return (node << 16) | unit;
}

function hash(value: number): number {
  const mixed = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
