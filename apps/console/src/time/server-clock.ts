/**
 * The server's time on this screen. Anchored by what the server said (session, board, ping) and carried on by a
 * monotonic counter; the browser's own clock is never read.
 */
export class ServerClock {
  private anchor: { serverMs: number; counterMs: number } | null = null;

  /** @param counter milliseconds that only ever grow, e.g. performance.now */
  constructor(private readonly counter: () => number) {}

  /** Takes the server's word for the present. A reading we cannot parse changes nothing. */
  sync(serverTime: string): void {
    const serverMs = Date.parse(serverTime);
    if (!Number.isNaN(serverMs)) this.anchor = { serverMs, counterMs: this.counter() };
  }

  get known(): boolean {
    return this.anchor !== null;
  }

  /** Milliseconds since 1970, NaN before the first word from the server. */
  now(): number {
    return this.anchor === null ? Number.NaN : this.anchor.serverMs + (this.counter() - this.anchor.counterMs);
  }
}

export const serverClock = new ServerClock(() => performance.now());
