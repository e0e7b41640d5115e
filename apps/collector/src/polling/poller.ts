import type { Clock } from '@huiying/domain';
import type { FetchAnswer, Fetcher } from '@huiying/fetching';
import type { LogVoice } from '@huiying/messaging';
import { CollectorSources, DatabaseAway, type SourceRow, type Store, type Tx } from '@huiying/persistence';
import { keepCapture, prepareCapture, type PreparedCapture } from '../collecting/index.js';
import { parseFeed } from '../feeds/index.js';
import { afterArrival, afterFailure, afterSuccess, report, REPORT_EVERY_MS, type SourceList } from '../sources/index.js';

export interface PollerOptions {
  /** Sources polled at once by this process. */
  parallel: number;
  /** Between two requests to one public host; hosts of our own net (the allow-list) are not spared. */
  spacingMs: number;
  /** How long a source stays taken when its process dies. Longer than the fetcher's total time. */
  leaseMs: number;
}

export interface PollerParts {
  fetcher: Fetcher;
  clock: Clock;
  voice: LogVoice;
}

const OPTIONS: PollerOptions = { parallel: 16, spacingMs: 1_000, leaseMs: 120_000 };
const LOOK_EVERY_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const REPORTS_AT_ONCE = 500;
/** A look at all sources for those that were not told of; hourly reports need no finer grain. */
const SWEEP_EVERY_MS = 10_000;

/** What a poll brought. */
type Outcome =
  | { outcome: 'read'; prepared: PreparedCapture | null; answer: FetchAnswer }
  | { outcome: 'failed'; said: string; retryAfterSeconds: number | null };

/** Polls the sources that are due, for ever. Several processes may do so at once: each source is taken by one of them. */
export class Poller {
  private readonly options: PollerOptions;
  private running: Promise<void> | null = null;
  private stopping = false;
  private sweptAt: Date | null = null;
  private wake: () => void = () => undefined;

  constructor(
    private readonly store: Store,
    private readonly list: SourceList,
    private readonly parts: PollerParts,
    options: Partial<PollerOptions> = {},
  ) {
    this.options = { ...OPTIONS, ...options };
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Ends the polls under way; their sources are due again at once, for whoever runs next. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.parts.fetcher.close();
    await this.running;
  }

  /** Polls everything that is due now and tells how the sources stand. Returns the number of polls. */
  async tick(): Promise<number> {
    await this.list.ready();
    let polls = 0;
    const chain = async (first: SourceRow): Promise<void> => {
      for (let source: SourceRow | undefined = first; source; [source] = this.stopping ? [] : await this.claim(1)) {
        await this.poll(source);
        polls++;
      }
    };
    const ends = await Promise.allSettled((await this.claim(this.options.parallel)).map(chain));
    const broken = ends.find((end) => end.status === 'rejected');
    if (broken) throw broken.reason;
    await this.reportDue();
    return polls;
  }

  private async run(): Promise<void> {
    let pauseMs = LOOK_EVERY_MS;
    while (!this.stopping) {
      try {
        await this.tick();
        pauseMs = LOOK_EVERY_MS;
      } catch (error) {
        this.parts.voice.warn(`polling: trying again in ${pauseMs} ms: ${(error as Error).message}`);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
      await this.pause(pauseMs);
    }
  }

  private async pause(ms: number): Promise<void> {
    if (this.stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private claim(most: number): Promise<SourceRow[]> {
    const now = this.parts.clock.now();
    return this.store.change((tx) => new CollectorSources(tx).claim(now, new Date(now.getTime() + this.options.leaseMs), most));
  }

  private async poll(source: SourceRow): Promise<void> {
    try {
      await this.finish(source, await this.ask(source));
    } catch (error) {
      if (error instanceof DatabaseAway) throw error;
      // A fault of ours in handling one source must not stop the others.
      this.parts.voice.error(`source ${source.id}: ${(error as Error).stack}`);
      await this.finish(source, { outcome: 'failed', said: '处理时出现意外错误，详见日志', retryAfterSeconds: null });
    }
  }

  private async finish(source: SourceRow, outcome: Outcome): Promise<void> {
    const isOurs = await this.store.change((tx) => this.writeDown(tx, source, outcome));
    if (!isOurs) this.parts.voice.warn(`source ${source.id}: polled for longer than its lease; the result is left to whoever took it over`);
  }

  /** Asks the source and reads the answer. Never throws for anything that the source does. */
  private async ask(source: SourceRow): Promise<Outcome> {
    const answer = await this.parts.fetcher.fetch(source.url!, { etag: source.etag, lastModified: source.lastModified });
    if (answer.outcome === 'failed') {
      this.parts.voice.warn(`source ${source.id}: ${answer.kind}: ${answer.reason}`);
      return { outcome: 'failed', said: answer.said, retryAfterSeconds: answer.retryAfterSeconds };
    }
    if (answer.outcome === 'not-modified') return { outcome: 'read', prepared: null, answer };
    const feed = await parseFeed(answer, source.zoneMinutes);
    if (feed.outcome === 'unreadable') {
      this.parts.voice.warn(`source ${source.id}: ${feed.kind}: ${feed.reason}`);
      return { outcome: 'failed', said: feed.said, retryAfterSeconds: null };
    }
    const at = this.parts.clock.now();
    const prepared = await prepareCapture(this.store.database, { source, items: feed.items, document: answer, at });
    if (prepared && feed.problems.length > 0) this.parts.voice.warn(`source ${source.id}: ${feed.problems.join('; ')}`);
    return { outcome: 'read', prepared, answer };
  }

  /** Items, evidence, where the source stands and the events of it: one commit. False where the lease was lost meanwhile. */
  private async writeDown(tx: Tx, polled: SourceRow, outcome: Outcome): Promise<boolean> {
    const sources = new CollectorSources(tx);
    const now = this.parts.clock.now();
    const row = await sources.lock(polled.id);
    if (!row || row.lease !== polled.lease) return false;
    let next: SourceRow;
    if (outcome.outcome === 'failed' && this.stopping) next = { ...row, lease: null, nextPollAt: now };
    else if (outcome.outcome === 'failed') next = afterFailure(row, now, outcome.said, outcome.retryAfterSeconds);
    else {
      next = afterSuccess(row, now);
      if (outcome.answer.outcome === 'fetched') next = { ...next, ...outcome.answer.validators };
      if (outcome.prepared) next = afterArrival(next, now, await keepCapture(tx, outcome.prepared));
    }
    await sources.save(report(tx, next, now));
    await sources.freeHost(polled.host!, this.freeAgainAt(polled, now));
    return true;
  }

  private freeAgainAt(source: SourceRow, now: Date): Date {
    return this.parts.fetcher.isAllowed(source.url!) ? now : new Date(now.getTime() + this.options.spacingMs);
  }

  /** The sources that were not told of for an hour: silent ones, slow ones, the hotline, and those taken off the list. */
  private async reportDue(): Promise<void> {
    const now = this.parts.clock.now();
    if (this.sweptAt && now.getTime() - this.sweptAt.getTime() < SWEEP_EVERY_MS) return;
    this.sweptAt = now;
    await this.store.change(async (tx) => {
      const sources = new CollectorSources(tx);
      for (const row of await sources.dueForReport(new Date(now.getTime() - REPORT_EVERY_MS), REPORTS_AT_ONCE)) {
        await sources.save(report(tx, row, now));
      }
    });
  }
}
