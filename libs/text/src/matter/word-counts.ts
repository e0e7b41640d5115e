/** Counters; terms share one where their hashes agree in 20 bits. */
const COUNTERS = 1 << 20;
/** Once so many texts were counted all counts are halved: the city's words of this year outweigh those of five years ago. */
const HALVED_AT = 30_000;

/** In how many of the city's texts a term stood, by the term's hash. 2 MB whatever the size of the archive. */
export class WordCounts {
  private constructor(
    private readonly counters: Uint16Array,
    private counted: number,
  ) {}

  static empty(): WordCounts {
    return new WordCounts(new Uint16Array(COUNTERS), 0);
  }

  /** @throws RangeError when the bytes are not those of toBytes */
  static from(bytes: Uint8Array, texts: number): WordCounts {
    if (bytes.length !== COUNTERS * 2) throw new RangeError(`word counts must be ${COUNTERS * 2} bytes; got ${bytes.length}`);
    return new WordCounts(new Uint16Array(Uint8Array.from(bytes).buffer), texts);
  }

  /** Texts counted, the halved ones by half. */
  get texts(): number {
    return this.counted;
  }

  of(term: number): number {
    return this.counters[term & (COUNTERS - 1)]!;
  }

  /** Counts one text. @param terms each once */
  add(terms: Iterable<number>): void {
    for (const term of terms) {
      const at = term & (COUNTERS - 1);
      if (this.counters[at]! < 0xffff) this.counters[at]!++;
    }
    this.counted += 1;
    if (this.counted >= HALVED_AT) this.halve();
  }

  /** Counts that go on by themselves: what is added to one is not added to the other. */
  copy(): WordCounts {
    return new WordCounts(this.counters.slice(), this.counted);
  }

  toBytes(): Buffer {
    return Buffer.from(this.counters.buffer);
  }

  private halve(): void {
    for (let i = 0; i < COUNTERS; i++) this.counters[i]! >>= 1;
    this.counted >>= 1;
  }
}
