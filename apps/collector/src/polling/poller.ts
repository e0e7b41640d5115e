import type { Clock } from '@huiying/domain';
import type { Fetcher, Validators } from '@huiying/fetching';
import type { LogVoice } from '@huiying/messaging';
import {
  ArticleChecks,
  CollectedOpinions,
  CollectorSources,
  DatabaseAway,
  type ArticleCheckRow,
  type SourceRow,
  type Store,
  type Tx,
} from '@huiying/persistence';
import { keepCapture, prepareCapture, type PreparedCapture } from '../collecting/index.js';
import {
  afterFailure,
  afterSuccess,
  report,
  REPORT_EVERY_MS,
  settleSource,
  UNSEEN_LIST,
  type CollectorSource,
  type Look,
  type PollFailure,
  type SourceList,
} from '../sources/index.js';
import { ClaimQueue } from './claim-queue.js';
import { PoliteFetcher } from './polite-fetcher.js';
import { SourceReader } from './read-source.js';

export interface PollerOptions {
  /** Sources polled at once by this process. */
  parallel: number;
  /** Between two requests to one public host; hosts of our own net (the allow-list) are not spared. */
  spacingMs: number;
  /** How long a source stays taken when its process dies. Longer than the fetcher's total time. */
  leaseMs: number;
  /** Articles of a page fetched in one poll. */
  articles: number;
}

export interface PollerParts {
  fetcher: Fetcher;
  clock: Clock;
  voice: LogVoice;
}

const OPTIONS: PollerOptions = { parallel: 16, spacingMs: 1_000, leaseMs: 120_000, articles: 20 };
/** A look for due sources costs the database the same for one as for some; so few that none waits long for its turn. */
const CLAIMED_AT_ONCE = 8;
const LOOK_EVERY_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const REPORTS_AT_ONCE = 500;
/** A look at all sources for those that were not told of; hourly reports need no finer grain. */
const SWEEP_EVERY_MS = 10_000;

/** Of the lease; what is left is for the request under way and for writing down. */
const BUDGET_SHARE = 0.5;
/** The channel on which processes call each other to look at once. */
export const SOURCES_CHANNEL = 'huiying_sources';

/** What a poll brought. */
type Outcome =
  | { outcome: 'read'; prepared: PreparedCapture[]; look: Look; validators: Validators | null; checks: readonly ArticleCheckRow[] }
  | ({ outcome: 'failed' } & PollFailure);

/** Polls the sources that are due, for ever. Several processes may do so at once: each source is taken by one of them. */
export class Poller {
  private readonly options: PollerOptions;
  private running: Promise<void> | null = null;
  private stopping = false;
  private sweptAt: Date | null = null;
  private wake: () => void = () => undefined;
  private readonly reader = new SourceReader();
  private readonly polite: PoliteFetcher;
  private deafen: (() => Promise<void>) | null = null;

  constructor(
    private readonly store: Store,
    private readonly list: SourceList,
    private readonly parts: PollerParts,
    options: Partial<PollerOptions> = {},
  ) {
    this.options = { ...OPTIONS, ...options };
    const { fetcher, clock } = parts;
    this.polite = new PoliteFetcher(fetcher, clock, { spacingMs: this.options.spacingMs, isOwn: (url) => fetcher.isAllowed(url) });
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Ends the polls under way; their sources are due again at once, for whoever runs next. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.polite.close();
    await this.running;
    await this.deafen?.();
  }

  /** Polls everything that is due now and tells how the sources stand. Returns the number of polls. */
  async tick(): Promise<number> {
    await this.list.ready();
    let polls = 0;
    const queue = new ClaimQueue(() => (this.stopping ? Promise.resolve([]) : this.claim(CLAIMED_AT_ONCE)));
    const chain = async (): Promise<void> => {
      for (let source = await queue.next(); source; source = await queue.next()) {
        await this.poll(source);
        polls++;
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: this.options.parallel }, chain));
    const broken = ends.find((end) => end.status === 'rejected');
    if (broken) throw broken.reason;
    await this.reportDue();
    return polls;
  }

  private async run(): Promise<void> {
    this.deafen = await this.store.database.listen(SOURCES_CHANNEL, () => this.wake()).catch(() => null);
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
      await this.finish(source, { outcome: 'failed', said: '处理时出现意外错误，详见日志', cause: 'unreadable', retryAfterSeconds: null });
    }
  }

  private async finish(source: SourceRow, outcome: Outcome): Promise<void> {
    const isOurs = await this.store.change((tx) => this.writeDown(tx, source, outcome));
    if (!isOurs) this.parts.voice.warn(`source ${source.id}: polled for longer than its lease; the result is left to whoever took it over`);
  }

  /** Asks the source and reads the answer. Never throws for anything that the source does. */
  private async ask(source: SourceRow): Promise<Outcome> {
    const { etag, lastModified } = source;
    const reading = await this.reader.read(settingOf(source), {
      fetcher: this.polite,
      known: (identities) => new CollectedOpinions(this.store.database).known(source.id, identities),
      checks: (urls) => new ArticleChecks(this.store.database).of(source.id, urls),
      now: this.parts.clock.now(),
      mostArticles: this.options.articles,
      budgetMs: this.options.leaseMs * BUDGET_SHARE,
      validators: { etag, lastModified },
    });
    if (reading.outcome === 'not-modified') return { outcome: 'read', prepared: [], look: UNSEEN_LIST, validators: null, checks: [] };
    if (reading.outcome === 'failed') {
      this.parts.voice.warn(`source ${source.id}: ${reading.cause}: ${reading.reason}`);
      return failureOf(source, reading);
    }
    const at = this.parts.clock.now();
    const prepared: PreparedCapture[] = [];
    for (const { items, document } of reading.documents) {
      const capture = await prepareCapture(this.store.database, { source, items, document, at });
      if (capture) prepared.push(capture);
    }
    if (prepared.length > 0 && reading.problems.length > 0) this.parts.voice.warn(`source ${source.id}: ${reading.problems.join('; ')}`);
    const { listed: items, oddity, validators, checks } = reading;
    return { outcome: 'read', prepared, look: { items, oddity }, validators, checks };
  }

  /** Items, evidence, where the source stands and the events of it: one commit. False where the lease was lost meanwhile. */
  private async writeDown(tx: Tx, polled: SourceRow, outcome: Outcome): Promise<boolean> {
    const sources = new CollectorSources(tx);
    const now = this.parts.clock.now();
    const row = await sources.lock(polled.id);
    if (!row || row.lease !== polled.lease) return false;
    const arrived = { added: 0, edited: 0, at: now };
    let next: SourceRow;
    if (outcome.outcome === 'failed') next = this.stopping ? { ...row, lease: null, nextPollAt: now } : afterFailure(row, now, outcome);
    else {
      next = { ...afterSuccess(row, now, outcome.look), ...(outcome.validators ?? {}) };
      for (const capture of outcome.prepared) {
        const { added, edited } = await keepCapture(tx, capture);
        arrived.added += added;
        arrived.edited += edited;
      }
      await new ArticleChecks(tx).keep(polled.id, outcome.checks);
    }
    await settleSource(tx, row, next, arrived, { calendar: this.list.calendar, now });
    await sources.freeHost(polled.host!, new Date(now.getTime() + this.polite.pauseAfter(polled.url!)));
    return true;
  }

  /** The sources that were not told of for an hour: silent ones, slow ones, the hotline, and those taken off the list. */
  private async reportDue(): Promise<void> {
    const now = this.parts.clock.now();
    if (this.sweptAt && now.getTime() - this.sweptAt.getTime() < SWEEP_EVERY_MS) return;
    this.sweptAt = now;
    await this.store.change(async (tx) => {
      const sources = new CollectorSources(tx);
      for (const row of await sources.dueForReport(new Date(now.getTime() - REPORT_EVERY_MS), now, REPORTS_AT_ONCE)) {
        await sources.save(await report(tx, row, now, { calendar: this.list.calendar }));
      }
    });
  }
}

/** What is polled: the setting, or what an older version kept of it. */
function settingOf(source: SourceRow): CollectorSource {
  if (source.setting !== null) return source.setting;
  const { id, name, url, pollSeconds } = source;
  return { id, name, kind: 'feed', channel: 'other', url, pollSeconds, belongsToCity: false };
}

/** A page on which no list is found has changed, if it ever had one. */
function failureOf(source: SourceRow, { said, cause, retryAfterSeconds }: PollFailure): Outcome {
  const wasRead = source.lastItems !== null && source.lastItems > 0;
  const isNew = cause === 'layout-changed' || (cause === 'empty' && source.kind !== 'feed');
  const told =
    isNew && wasRead ? { said: `${said}；上次能读到 ${source.lastItems} 条，疑似改版`, cause: 'layout-changed' as const } : { said, cause };
  return { outcome: 'failed', ...told, retryAfterSeconds };
}
