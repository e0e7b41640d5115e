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
  /** The first step, by code unit. */
  private readonly roots = new Uint16Array(0x10000);
  /** The code units that are a term alone, and by their hash the pairs that begin one: where neither stands, nine places of ten, nothing else is looked up. */
  private readonly alone = new Bits();
  private readonly pairs = new Bits();

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
    const { alone, pairs } = this;
    const last = folded.length - 1;
    for (let start = 0; start < last; start++) {
      const unit = folded.charCodeAt(start);
      if (alone.has(unit) || pairs.has(pairHash(unit, folded.charCodeAt(start + 1)))) this.walk(folded, start, tell);
    }
    if (last >= 0 && alone.has(folded.charCodeAt(last))) this.walk(folded, last, tell);
  }

  /** Tells the terms that begin at one place. */
  private walk(folded: string, start: number, tell: (start: number, end: number, ids: readonly number[]) => void): void {
    const { ends } = this;
    let node = this.roots[folded.charCodeAt(start)]!;
    for (let end = start + 1; node !== 0; end++) {
      const ids = ends[node];
      if (ids !== undefined) tell(start, end, ids);
      if (end === folded.length) break;
      node = this.step(node, folded.charCodeAt(end));
    }
  }

  private add(term: string, id: number): void {
    if (term.length === 0) return;
    let node = this.roots[term.charCodeAt(0)]!;
    if (node === 0) node = this.roots[term.charCodeAt(0)] = this.newNode();
    if (term.length === 1) this.alone.put(term.charCodeAt(0));
    else this.pairs.put(pairHash(term.charCodeAt(0), term.charCodeAt(1)));
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

/** A set of numbers of 16 bits in 8 KB, which stay in the processor's nearest cache. */
class Bits {
  private readonly words = new Int32Array(1 << 11);

  put(value: number): void {
    this.words[value >>> 5]! |= 1 << (value & 31);
  }

  has(value: number): boolean {
    return (this.words[value >>> 5]! & (1 << (value & 31))) !== 0;
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
