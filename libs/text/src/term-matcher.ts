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
  /** (node, code unit) → next node, in an open-addressing table: three times as fast as a Map here. */
  private keys: Int32Array;
  private nexts: Int32Array;
  private mask: number;
  private used = 0;
  /** Node → ids of the terms ending there. */
  private readonly ends: (number[] | undefined)[] = [undefined];
  /** The first step, by code unit: most places of a text end here. */
  private readonly roots = new Int32Array(0x10000);

  constructor(terms: Iterable<readonly [term: string, id: number]>) {
    this.mask = (1 << 12) - 1;
    this.keys = new Int32Array(this.mask + 1).fill(-1);
    this.nexts = new Int32Array(this.mask + 1);
    for (const [term, id] of terms) this.add(fold(term), id);
  }

  /** @param folded text that went through fold() */
  find(folded: string): TermMatch[] {
    const found: TermMatch[] = [];
    const length = folded.length;
    for (let start = 0; start < length; start++) {
      let node = this.roots[folded.charCodeAt(start)]!;
      for (let end = start + 1; node !== 0; end++) {
        const ids = this.ends[node];
        if (ids !== undefined) found.push({ start, end, ids });
        if (end === length) break;
        node = this.step(node, folded.charCodeAt(end));
      }
    }
    return found;
  }

  private add(term: string, id: number): void {
    if (term.length === 0) return;
    let node = this.roots[term.charCodeAt(0)]!;
    if (node === 0) node = this.roots[term.charCodeAt(0)] = this.newNode();
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
    const wanted = key(node, unit);
    for (let slot = hash(wanted) & this.mask; ; slot = (slot + 1) & this.mask) {
      const there = this.keys[slot]!;
      if (there === wanted) return this.nexts[slot]!;
      if (there === -1) return 0;
    }
  }

  private put(wanted: number, next: number): void {
    if (++this.used * 2 > this.mask) this.grow();
    let slot = hash(wanted) & this.mask;
    while (this.keys[slot] !== -1) slot = (slot + 1) & this.mask;
    this.keys[slot] = wanted;
    this.nexts[slot] = next;
  }

  private grow(): void {
    const { keys, nexts } = this;
    this.mask = this.mask * 2 + 1;
    this.keys = new Int32Array(this.mask + 1).fill(-1);
    this.nexts = new Int32Array(this.mask + 1);
    keys.forEach((old, i) => {
      if (old === -1) return;
      let slot = hash(old) & this.mask;
      while (this.keys[slot] !== -1) slot = (slot + 1) & this.mask;
      this.keys[slot] = old;
      this.nexts[slot] = nexts[i]!;
    });
  }
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

/** Drops every match that lies wholly inside a longer one that `swallows`; what remains keeps its order. */
export function dropSwallowed<M extends TermMatch>(matches: readonly M[], swallows: (match: M) => boolean): M[] {
  const swallowers = matches.filter(swallows);
  if (swallowers.length === 0) return matches as M[];
  return matches.filter(
    (m) => !swallowers.some((s) => s !== m && s.start <= m.start && m.end <= s.end && s.end - s.start > m.end - m.start),
  );
}
