import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '@huiying/domain';
import { CHANGE_CHANNEL, Changes, Database, type ChangeRow } from '@huiying/persistence';

const DAY_MS = 86_400_000;
/** How long a change can be caught up with; the timeline keeps what matters. */
const KEPT_MS = 7 * DAY_MS;
const FORGET_EVERY_MS = 3_600_000;
/** Bound on lateness should a notification be lost. */
const POLL_MS = 1_000;
const READ_AT_ONCE = 500;

/** Gets every change in order, from the position it asked for. */
export type ChangeListener = (rows: readonly ChangeRow[]) => void;

interface Subscription {
  listener: ChangeListener;
  /** null while it catches up; what comes meanwhile waits in `backlog`. */
  position: bigint | null;
  backlog: ChangeRow[];
}

/** One reading of the change stream per process, handed to every open console. Without listeners it rests. */
@Injectable()
export class StreamHub implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('stream');
  private readonly subscriptions = new Set<Subscription>();
  /** The last position handed on; null while nobody listens. */
  private position: bigint | null = null;
  private pumping: Promise<void> = Promise.resolve();
  private isPumpWaiting = false;
  private unlisten: (() => Promise<void>) | null = null;
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.unlisten = await this.database.listen(CHANGE_CHANNEL, () => void this.pump());
    this.timers.push(
      setInterval(() => void this.pump(), POLL_MS),
      setInterval(() => void this.forget(), FORGET_EVERY_MS),
    );
    this.timers.forEach((timer) => timer.unref());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.timers.forEach(clearInterval);
    this.subscriptions.clear();
    await this.unlisten?.();
    await this.pumping;
  }

  /**
   * Hands on every change after a position, without gap or repetition; null = from now.
   * @returns the way to stop
   */
  async subscribe(after: string | null, listener: ChangeListener): Promise<() => void> {
    const subscription: Subscription = { listener, position: null, backlog: [] };
    // Nobody listened: what came since is caught up with from the table, not handed on.
    if (this.subscriptions.size === 0) this.pumping = this.pumping.then(() => void (this.position = null));
    this.subscriptions.add(subscription);
    try {
      await this.pump();
      const reached = this.position ?? 0n;
      const caughtUp = after === null ? reached : await this.catchUp(BigInt(after), reached, listener);
      subscription.position = caughtUp;
      this.hand(subscription, subscription.backlog);
      subscription.backlog = [];
    } catch (error) {
      this.subscriptions.delete(subscription);
      throw error;
    }
    return () => void this.subscriptions.delete(subscription);
  }

  /** Reads what is new and hands it on; calls during a reading are served by one more. */
  pump(): Promise<void> {
    if (this.isPumpWaiting || this.subscriptions.size === 0) return this.pumping;
    this.isPumpWaiting = true;
    this.pumping = this.pumping.then(async () => {
      this.isPumpWaiting = false;
      try {
        await this.readNew();
      } catch (error) {
        this.logger.warn(`reading changes failed, trying again: ${(error as Error).message}`);
      }
    });
    return this.pumping;
  }

  private async readNew(): Promise<void> {
    const changes = new Changes(this.database);
    while ((await this.database.transaction((tx) => new Changes(tx).place())) > 0);
    const head = BigInt(await changes.head());
    this.position ??= head;
    while (this.position < head) {
      const rows = await changes.between(String(this.position), String(head), READ_AT_ONCE);
      this.position = rows.length < READ_AT_ONCE ? head : BigInt(rows[rows.length - 1]!.position);
      for (const subscription of this.subscriptions) {
        if (subscription.position === null) subscription.backlog.push(...rows);
        else this.hand(subscription, rows);
      }
    }
  }

  private hand(subscription: Subscription, rows: readonly ChangeRow[]): void {
    const fresh = rows.filter((row) => BigInt(row.position) > subscription.position!);
    if (fresh.length === 0) return;
    subscription.position = BigInt(fresh[fresh.length - 1]!.position);
    subscription.listener(fresh);
  }

  private async catchUp(after: bigint, upTo: bigint, listener: ChangeListener): Promise<bigint> {
    for (let from = after; from < upTo;) {
      const rows = await new Changes(this.database).between(String(from), String(upTo), READ_AT_ONCE);
      if (rows.length > 0) listener(rows);
      if (rows.length < READ_AT_ONCE) break;
      from = BigInt(rows[rows.length - 1]!.position);
    }
    return upTo;
  }

  private async forget(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_MS);
    await new Changes(this.database).forgetBefore(before).catch((error: Error) => this.logger.warn(`old changes stay: ${error.message}`));
  }
}
