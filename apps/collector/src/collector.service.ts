import type { Clock } from '@huiying/domain';
import { NotFound } from '@huiying/domain';
import { CollectorSources, type Store } from '@huiying/persistence';
import { plainLine, plainText } from '@huiying/fetching/pages';
import { keepCapture, prepareCapture, type Arrivals } from './collecting/index.js';
import { identityOf, TEXT_MOST, TITLE_MOST, type FeedItem } from './feeds/index.js';
import { settleSource, type SourceList } from './sources/index.js';

/** An item handed in by a program instead of being read from a feed. */
export interface HandedItem {
  /** What the source recognises it by; the address or the title where it has none. */
  guid: string | null;
  title: string;
  /** Plain text or HTML. */
  text: string;
  url: string | null;
  author: string | null;
  publishedAt: Date | null;
}

/** The collector as another program meets it. */
export class CollectorService {
  constructor(
    private readonly store: Store,
    private readonly list: SourceList,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes items of a source without fetching them, the way a poll does once its feed is parsed: known ones are left alone, edited ones
   * become a revision, evidence and events are written in the same commit.
   * @param capturedAt when they are taken to have been seen
   * @throws NotFound for a source that is not on the list
   */
  async collect(sourceId: string, handed: readonly HandedItem[], { capturedAt }: { capturedAt: Date }): Promise<Arrivals> {
    await this.list.ready();
    const source = await new CollectorSources(this.store.database).find(sourceId);
    if (!source) throw new NotFound('source', sourceId);
    const items = handed.map(itemOf).filter((item, i, all) => all.findIndex((other) => other.identity === item.identity) === i);
    const document = { bytes: Buffer.from(JSON.stringify(handed)), url: null, contentType: 'application/json', headers: {} };
    const prepared = await prepareCapture(this.store.database, { source, items, document, at: capturedAt });
    if (!prepared) return { added: 0, edited: 0 };
    return this.store.change(async (tx) => {
      const row = (await new CollectorSources(tx).lock(sourceId))!;
      const arrivals = await keepCapture(tx, prepared);
      const { calendar } = this.list;
      await settleSource(tx, row, row, { ...arrivals, at: capturedAt }, { calendar, now: this.clock.now() });
      return arrivals;
    });
  }
}

function itemOf({ guid, url, author, publishedAt, ...rest }: HandedItem): FeedItem {
  const title = plainLine(rest.title, TITLE_MOST);
  return { identity: identityOf({ guid, url, title }), title, text: plainText(rest.text, TEXT_MOST), url, author, publishedAt };
}
