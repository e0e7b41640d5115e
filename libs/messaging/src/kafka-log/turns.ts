import type { LogRecord, Reading } from '../event-log.js';

interface Piece {
  records: readonly LogRecord[];
  beat: () => Promise<void>;
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * Lets `parallel` calls of a reading's handler run at the same time. Pieces of other partitions wait in order; where the reading is
 * `mixed`, those that wait go together into the next call, up to a batch: one commit for what were many. A piece comes once, and the
 * next of its partition only after it, so that order per key is as ever.
 */
export class Turns {
  private readonly waiting: Piece[] = [];
  private running = 0;

  constructor(private readonly reading: Pick<Reading, 'handle' | 'parallel' | 'batchSize' | 'mixed'>) {}

  readonly handle: Reading['handle'] = (records, beat) =>
    new Promise((done, failed) => {
      this.waiting.push({ records, beat, done, failed });
      this.startNext();
    });

  private startNext(): void {
    while (this.running < this.reading.parallel && this.waiting.length > 0) void this.run(this.takeTogether());
  }

  private takeTogether(): Piece[] {
    const pieces = [this.waiting.shift()!];
    let count = pieces[0]!.records.length;
    while (this.reading.mixed && this.waiting.length > 0 && count + this.waiting[0]!.records.length <= this.reading.batchSize) {
      pieces.push(this.waiting.shift()!);
      count += pieces[pieces.length - 1]!.records.length;
    }
    return pieces;
  }

  private async run(pieces: readonly Piece[]): Promise<void> {
    this.running++;
    const beat = async (): Promise<void> => void (await Promise.all(pieces.map((piece) => piece.beat())));
    try {
      const records = pieces.flatMap((piece) => piece.records);
      await this.reading.handle(records, beat);
      for (const piece of pieces) piece.done();
    } catch (error) {
      for (const piece of pieces) piece.failed(error);
    } finally {
      this.running--;
      this.startNext();
    }
  }
}
