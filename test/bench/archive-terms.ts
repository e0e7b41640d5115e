/** Terms looked for, and terms that an opinion is entered under: SEARCH of the classifier. */
export interface TermBounds {
  terms: number;
  entered: number;
}

/**
 * Fitted to what 8,430 real messages are entered under, see docs/figures.md: new terms come ever more seldom but never cease (Heaps' law), a
 * term that came once seldom comes again, neighbouring words come together, and what comes again mostly comes soon.
 */
const NEW = { first: 2.25, exponent: -0.16, most: 0.9 };
const RUN = 3.2;
const STAYS_ALONE = 0.85;
const RECENT = 0.95;
const TRIES = 50;

/** Under which terms an archive of so many opinions is found: each takes runs of a few, of terms never seen or from an opinion before it. */
export class ArchiveTerms {
  /** Of each opinion the ids of the terms that it is entered under, one after the other. */
  readonly entered: Int32Array;
  private readonly isFirst: Uint8Array;
  private readonly random = randoms(20_261_127);
  private distinct = 0;

  constructor(
    readonly opinions: number,
    private readonly bounds: TermBounds,
  ) {
    this.entered = new Int32Array(opinions * bounds.entered);
    this.isFirst = new Uint8Array(this.entered.length);
    for (let n = 0; n < opinions; n++) this.enter(n);
  }

  /** So many different terms. */
  get size(): number {
    return this.distinct;
  }

  /** The terms of one opinion more, heaviest first; null for one that the archive does not have. */
  next(): (number | null)[] {
    return this.draw(this.opinions, this.bounds.terms);
  }

  private enter(n: number): void {
    const at = n * this.bounds.entered;
    this.draw(n, this.bounds.entered).forEach((term, i) => {
      this.isFirst[at + i] = term === null ? 1 : 0;
      this.entered[at + i] = term ?? this.distinct++;
    });
  }

  private draw(n: number, count: number): (number | null)[] {
    const { entered: width } = this.bounds;
    const share = Math.min(NEW.most, NEW.first * Math.max(1, n * width) ** NEW.exponent);
    const found: (number | null)[] = [];
    while (found.length < count) {
      const length = 1 + Math.floor(-Math.log(1 - this.random()) * (RUN - 0.5));
      if (n === 0 || this.random() < share) {
        for (let i = 0; i < length && found.length < count; i++) found.push(null);
        continue;
      }
      const from = this.source(n);
      const end = Math.min(from + length, from - (from % width) + width);
      for (const term of this.entered.subarray(from, end)) if (found.length < count && !found.includes(term)) found.push(term);
    }
    return found;
  }

  /** Where a run is copied from. */
  private source(n: number): number {
    const { entered: width } = this.bounds;
    for (let tries = 0; ; tries++) {
      const back = this.random() < RECENT ? Math.floor(n ** this.random()) : Math.ceil(n * this.random());
      const at = Math.max(0, n - Math.max(1, back)) * width + Math.floor(this.random() * width);
      if (this.isFirst[at] === 0 || this.random() >= STAYS_ALONE || tries > TRIES) return at;
    }
  }
}

/** mulberry32: the same numbers in every run. */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
