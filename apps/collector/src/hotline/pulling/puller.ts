import { createHash } from 'node:crypto';
import type { Clock } from '@huiying/domain';
import type { Fetcher } from '@huiying/fetching';
import type { LogVoice } from '@huiying/messaging';
import { CollectorSources, DatabaseAway, HotlinePulls, type SourceEntry, type SourceRow, type Store } from '@huiying/persistence';
import type { HotlinePull } from '@huiying/settings';
import { afterFailure, afterSuccess, settleSource, UNSEEN_LIST, type PollFailure, type SourceList } from '../../sources/index.js';
import type { HotlineIntake } from '../hotline-intake.js';
import { Columns, mappingWith, type ColumnMapping } from '../importing/index.js';
import { afterPage, NOTHING_YET, opened, requestFor, type PullState } from './pull-plan.js';
import { columnsOf, readPage, UnreadablePage } from './read-page.js';

/** The kind of a pull's row among the sources: the poller, which asks addresses, leaves it alone. */
export const PULL_KIND = 'hotline-pull';
const LEASE_MS = 180_000;
/** Of the lease; what is left is for the page under way and for writing down. */
const BUDGET_MS = 90_000;
const LOOK_EVERY_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;
const BATCH = 500;

export interface PullerParts {
  fetcher: Fetcher;
  clock: Clock;
  voice: LogVoice;
  intake: Pick<HotlineIntake, 'take'>;
  /** By the pull's id. */
  secrets: ReadonlyMap<string, string>;
}

interface Took {
  accepted: number;
  /** Digests of the records that were refused: windows overlap, and one that two of them hold counts once. */
  rejected: Set<string>;
}

/** A pull among the sources: it has a row of its own there, with its health, its back-off and its pause. */
export function pullEntry({ id, name, everySeconds }: HotlinePull): SourceEntry {
  const setting = { id, name, kind: 'hotline', channel: 'hotline', url: null, pollSeconds: everySeconds, belongsToCity: true } as const;
  return { id, name, kind: PULL_KIND, channel: 'hotline', url: null, host: null, pollSeconds: everySeconds, zoneMinutes: 480, setting };
}

/** Fetches the work orders of hotlines that only offer an interface. Several processes may: each pull is held by one of them at a time. */
export class Puller {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopping = false;
  private pauseMs = LOOK_EVERY_MS;

  constructor(
    private readonly store: Store,
    private readonly list: SourceList,
    private readonly pulls: readonly HotlinePull[],
    private readonly parts: PullerParts,
  ) {}

  start(): void {
    if (this.pulls.length > 0) this.next();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  private next(): void {
    if (this.stopping) return;
    this.timer = setTimeout(() => {
      this.running = this.tick().then(
        () => void (this.pauseMs = LOOK_EVERY_MS),
        (error: Error) => {
          this.parts.voice.warn(`hotline pull: trying again in ${this.pauseMs} ms: ${error.message}`);
          this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
        },
      );
      void this.running.then(() => this.next());
    }, this.pauseMs);
  }

  /** Serves every pull that is due now; returns how many. */
  async tick(): Promise<number> {
    await this.list.ready();
    const now = this.parts.clock.now();
    const until = new Date(now.getTime() + LEASE_MS);
    const due = await this.store.change((tx) => new CollectorSources(tx).claimKind(PULL_KIND, now, until));
    for (const row of due) await this.serve(row);
    return due.length;
  }

  private async serve(row: SourceRow): Promise<void> {
    const setting = this.pulls.find((one) => one.id === row.id);
    if (!setting) return;
    const took: Took = { accepted: 0, rejected: new Set() };
    try {
      await this.pages(setting, row, took);
      await this.finish(row, took, null);
    } catch (error) {
      if (error instanceof DatabaseAway) throw error;
      this.parts.voice.warn(`hotline pull ${row.id}: ${(error as Error).message}`);
      await this.finish(row, took, failureOf(error as Error));
    }
  }

  /** Page after page until the hotline has no more, or the time for one turn is used up. */
  private async pages(setting: HotlinePull, row: SourceRow, took: Took): Promise<void> {
    const pulls = new HotlinePulls(this.store.database);
    const mapping = mappingWith(setting.columns);
    let state: PullState = (await pulls.find(setting.id)) ?? NOTHING_YET(setting);
    for (const begun = performance.now(); !this.stopping && performance.now() - begun < BUDGET_MS;) {
      state = opened(setting, state, this.parts.clock.now());
      const page = readPage(setting, await this.ask(setting, state));
      await this.take(mapping, page.items, took);
      const next = afterPage(setting, state, page);
      // Only whoever holds the pull may move it on: a process that was stopped for longer than its lease does not set it back.
      if (!(await pulls.save(setting.id, row.lease!, next.state))) throw new Error('held by another process meanwhile');
      state = next.state;
      if (!next.goesOn) return;
    }
  }

  private async ask(setting: HotlinePull, state: PullState): Promise<Buffer> {
    const { url, ...how } = requestFor(setting, state, this.parts.secrets.get(setting.id) ?? '');
    const answer = await this.parts.fetcher.fetch(url, { etag: null, lastModified: null }, how);
    if (answer.outcome === 'fetched') return answer.bytes;
    if (answer.outcome === 'not-modified') throw new UnreadablePage('304 without being asked', '热线接口返回异常（304）');
    throw new PullFailed(answer.reason, {
      said: answer.said,
      cause: causeOf(answer.kind, answer.status),
      retryAfterSeconds: answer.retryAfterSeconds,
    });
  }

  private async take(mapping: ColumnMapping, items: readonly unknown[], took: Took): Promise<void> {
    for (let from = 0; from < items.length; from += BATCH) {
      const records = items.slice(from, from + BATCH).map((item) => {
        const columns = columnsOf(item);
        return columns === null ? item : new Columns(mapping, Object.keys(columns)).recordOf(columns);
      });
      const { accepted, results } = await this.parts.intake.take(records);
      took.accepted += accepted;
      const refused = results.filter(({ outcome, index }) => outcome === 'rejected' && isNew(took.rejected, digestOf(records[index])));
      for (const { orderNo, faults } of refused.slice(0, 20)) {
        this.parts.voice.warn(`hotline pull: record ${orderNo ?? '(no number)'}: ${faults?.map((f) => `${f.field} ${f.rule}`).join('; ')}`);
      }
    }
  }

  private async finish(held: SourceRow, { accepted, rejected }: Took, failed: PollFailure | null): Promise<void> {
    await this.store.change(async (tx) => {
      const now = this.parts.clock.now();
      const row = await new CollectorSources(tx).lock(held.id);
      if (!row || row.lease !== held.lease) return;
      const nextPollAt = new Date(now.getTime() + row.pollSeconds * 1000);
      const after = failed
        ? afterFailure(row, now, failed)
        : {
            ...afterSuccess(row, now, UNSEEN_LIST),
            nextPollAt,
            error: rejected.size > 0 ? `${rejected.size} 条记录不合要求，未收下；详见日志` : null,
          };
      await settleSource(tx, row, after, { added: accepted, edited: 0, at: now }, { calendar: this.list.calendar, now });
    });
  }
}

function isNew(known: Set<string>, one: string): boolean {
  return known.size < known.add(one).size;
}

function digestOf(record: unknown): string {
  return createHash('sha256').update(JSON.stringify(record)).digest('hex');
}

class PullFailed extends Error {
  constructor(
    message: string,
    readonly failure: PollFailure,
  ) {
    super(message);
  }
}

function failureOf(error: Error): PollFailure {
  if (error instanceof PullFailed) return error.failure;
  const said = error instanceof UnreadablePage ? error.said : `热线接口不能继续读取：${error.message}`;
  return { said, cause: 'layout-changed', retryAfterSeconds: null };
}

/** A key that no longer holds is the failure that nobody notices: it has words of its own. */
function causeOf(kind: string, status: number | null): PollFailure['cause'] {
  if (kind !== 'http-status') return kind as PollFailure['cause'];
  return status === 401 || status === 403 || status === 429 ? 'blocked' : status === 404 || status === 410 ? 'gone' : 'unreachable';
}
