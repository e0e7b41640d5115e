import { TOPICS, type SourceSetting, type SourceTrialResult } from '@huiying/contracts';
import { stableId, type Clock } from '@huiying/domain';
import type { Fetcher } from '@huiying/fetching';
import { outgoing, type LogVoice } from '@huiying/messaging';
import { SourceTrials, type Store, type TrialRow } from '@huiying/persistence';
import { PoliteFetcher, SOURCES_CHANNEL, SourceReader, type Reading } from '../polling/index.js';

/** How many entries somebody who looks at a trial needs to see. */
const SHOWN = 8;
const TEXT_SHOWN = 160;
/** Articles fetched for looking: enough to see whether their text is found. */
const ARTICLES = 3;
const BUDGET_MS = 20_000;
const LEASE_MS = 60_000;
const LOOK_EVERY_MS = 15_000;

export interface TrialParts {
  fetcher: Fetcher;
  clock: Clock;
  voice: LogVoice;
}

/** Reads settings once for staff who wait at the console, beside the polling: nothing of what it reads is kept. */
export class TrialRunner {
  private readonly reader = new SourceReader();
  private readonly polite: PoliteFetcher;
  private running: Promise<void> = Promise.resolve();
  private stopping = false;
  private timer: NodeJS.Timeout | null = null;
  private deafen: (() => Promise<void>) | null = null;

  constructor(
    private readonly store: Store,
    private readonly parts: TrialParts,
  ) {
    const { fetcher, clock } = parts;
    this.polite = new PoliteFetcher(fetcher, clock, { spacingMs: 300, isOwn: (url) => fetcher.isAllowed(url) });
  }

  async start(): Promise<void> {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.deafen = await this.store.database.listen(SOURCES_CHANNEL, () => this.look());
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.timer) clearInterval(this.timer);
    await this.deafen?.();
    await this.running;
  }

  /** Answers every trial that waits. Returns how many. */
  async runAll(): Promise<number> {
    let done = 0;
    while (!this.stopping) {
      const now = this.parts.clock.now();
      const trial = await this.store.change((tx) => new SourceTrials(tx).take(now, new Date(now.getTime() + LEASE_MS)));
      if (trial === null) break;
      await this.run(trial);
      done++;
    }
    return done;
  }

  private look(): void {
    this.running = this.running.then(async () => {
      await this.runAll().catch((error: Error) => this.parts.voice.warn(`trials: ${error.message}`));
    });
  }

  private async run({ trialId, setting }: TrialRow): Promise<void> {
    const result = await this.try(setting);
    await this.store.change(async (tx) => {
      if (!(await new SourceTrials(tx).close(trialId))) return;
      const id = stableId(TOPICS.sourceTried, trialId);
      tx.send(
        outgoing(
          TOPICS.sourceTried,
          setting.id,
          { id, occurredAt: this.parts.clock.now(), causedBy: null },
          { trialId, sourceId: setting.id, ...result },
        ),
      );
    });
  }

  private async try(setting: SourceSetting): Promise<SourceTrialResult> {
    const begunAt = performance.now();
    const reading = await this.reader.read(setting, {
      fetcher: this.polite,
      known: () => Promise.resolve(new Set()),
      checks: () => Promise.resolve(new Map()),
      now: this.parts.clock.now(),
      mostArticles: ARTICLES,
      budgetMs: BUDGET_MS,
      validators: { etag: null, lastModified: null },
    });
    return { ...resultOf(reading), tookMs: Math.round(performance.now() - begunAt) };
  }
}

const NOTHING = { items: [], itemsTotal: 0, foundAt: null, contentType: null } as const;

/** What a reading means for somebody who looks at it. Pure. */
export function resultOf(reading: Reading): Omit<SourceTrialResult, 'tookMs'> {
  if (reading.outcome === 'failed') return { ...NOTHING, items: [], outcome: 'failed', said: reading.said, cause: reading.cause };
  if (reading.outcome === 'not-modified')
    return { ...NOTHING, items: [], outcome: 'failed', said: '对方说内容没有变化，未能读到条目', cause: 'empty' };
  const items = reading.documents.flatMap(({ items: inDocument }) => inDocument);
  const dated = items.filter(({ publishedAt }) => publishedAt !== null).length;
  const textless = items.filter(({ text }) => text === '').length;
  const remarks = [
    items.length > 0 && dated < items.length ? `${items.length - dated} 条没有日期` : '',
    textless > 0 ? `${textless} 条没有正文` : '',
    reading.oddity === 'encoding' ? '内容疑似乱码' : '',
  ].filter((remark) => remark !== '');
  return {
    outcome: 'read',
    said: `读到 ${reading.listed} 条${remarks.length > 0 ? `（${remarks.join('，')}）` : ''}`,
    cause: reading.oddity,
    items: items.slice(0, SHOWN).map(({ title, url, publishedAt, author, text }) => ({
      title,
      url,
      publishedAt: publishedAt?.toISOString() ?? null,
      author,
      text: text.slice(0, TEXT_SHOWN),
    })),
    itemsTotal: reading.listed,
    foundAt: reading.foundAt,
    contentType: reading.contentType,
  };
}
