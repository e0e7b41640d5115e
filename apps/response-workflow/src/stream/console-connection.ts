import type { ChangeRow } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';
import { bundleOf, eventFor, frame, isBundled } from './change-view.js';

/** What a connection needs of the HTTP answer. */
export interface EventSink {
  write(text: string): unknown;
  end(): void;
  /** Bytes that the other end has not taken. */
  readonly writableLength: number;
}

const BUNDLE_MS = 1_000;
/** A console that takes nothing is cut off; it catches up when it comes again. */
const MOST_UNTAKEN_BYTES = 2 * 1024 * 1024;

/** One open console: writes what its person may see, opinions at most once a second with a count. */
export class ConsoleConnection {
  private bundled: ChangeRow[] = [];
  private bundleTimer: NodeJS.Timeout | null = null;
  private sentUpTo = 0n;
  isOpen = true;

  constructor(
    private readonly sink: EventSink,
    private readonly viewer: Actor,
    private readonly onClosed: () => void,
  ) {}

  take(rows: readonly ChangeRow[]): void {
    for (const row of rows) {
      if (isBundled(row)) this.bundle(row);
      else this.tell(row);
    }
  }

  ping(serverTime: string): void {
    this.write(frame('ping', { serverTime }));
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    if (this.bundleTimer) clearTimeout(this.bundleTimer);
    this.sink.end();
    this.onClosed();
  }

  private bundle(row: ChangeRow): void {
    this.bundled.push(row);
    this.bundleTimer ??= setTimeout(() => {
      this.bundleTimer = null;
      const one = bundleOf(this.bundled);
      this.bundled = [];
      if (one) this.tell(one);
    }, BUNDLE_MS);
  }

  private tell(row: ChangeRow): void {
    const event = eventFor(row, this.viewer);
    if (!event) return;
    const position = BigInt(event.position);
    // A bundle is told after what came later: its id must not send the console back.
    if (position > this.sentUpTo) this.sentUpTo = position;
    this.write(frame(event.event, event.data, String(this.sentUpTo)));
  }

  private write(text: string): void {
    if (!this.isOpen) return;
    this.sink.write(text);
    if (this.sink.writableLength > MOST_UNTAKEN_BYTES) this.close();
  }
}
