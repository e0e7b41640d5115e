import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

type Ask = (sql: string, parameters: unknown[]) => Promise<unknown>;

/** How long calls gather: listeners in this process have heard already, those in others hear so much later. */
const GATHERED_MS = 25;
/** Between a payload and the mark of the process that sent it. */
const MARK = '\u001f';
/**
 * In a transaction of its own that does not wait for the disk: PostgreSQL lets only one transaction with a NOTIFY commit at a time, in the
 * whole server. Inside the change itself that lock would be held while the disk is waited for, and every change would wait for every other.
 */
const NOTIFY = `SELECT set_config('synchronous_commit', 'off', true), pg_notify(channel, payload)
  FROM unnest($1::text[], $2::text[]) AS t(channel, payload)`;

/**
 * Tells other processes through NOTIFY, after the commit. A process that is killed in between tells nobody: who listens looks by himself
 * too, every few seconds. Calls of the same few milliseconds go together: each costs the server a commit and every listener a turn.
 */
export class ChannelCaller {
  private readonly mark = randomUUID();
  private readonly waiting = new Map<string, { channel: string; payload: string }>();
  private sending: Promise<void> | null = null;

  constructor(private readonly ask: Ask) {}

  call(channel: string, payload: string): void {
    this.waiting.set(`${channel}${MARK}${payload}`, { channel, payload });
    this.sending ??= this.send().finally(() => (this.sending = null));
  }

  /** What was sent, without its mark; null for what this process sent, because here it has been told already. */
  received(payload: string): string | null {
    const [told, mark] = payload.split(MARK);
    return mark === this.mark ? null : told!;
  }

  /** Waits until what was called is sent. */
  async close(): Promise<void> {
    await this.sending;
  }

  private async send(): Promise<void> {
    while (this.waiting.size > 0) {
      await pause(GATHERED_MS);
      const calls = [...this.waiting.values()];
      this.waiting.clear();
      // A server that is away has no listeners either; when they are back they look for themselves.
      await this.ask(NOTIFY, [calls.map((c) => c.channel), calls.map((c) => c.payload + MARK + this.mark)]).catch(() => undefined);
    }
  }
}
