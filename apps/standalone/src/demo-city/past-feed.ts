import { parseFeed, type HandedItem } from '../../../collector/src/index.js';
import { demoOrigin, documentWith, type DemoItem } from '../demo/index.js';

/** Dates without a zone are Chinese ones. */
const EAST_EIGHT_MINUTES = 480;

/** Items of the past, in their order, as the collector's parser reads them from the source's own document: the first poll then knows them. */
export async function readAsFeed(sourceId: string, items: readonly DemoItem[], sitePort: number): Promise<HandedItem[]> {
  const { body, contentType } = documentWith(sourceId, items, sitePort);
  const read = await parseFeed({ bytes: body, contentType, url: demoOrigin(sitePort) }, EAST_EIGHT_MINUTES);
  if (read.outcome !== 'read') throw new Error(`the demo's feed ${sourceId} cannot be read: ${read.reason}`);
  return read.items.map(({ identity, title, text, url, author, publishedAt }) => ({
    guid: identity,
    title,
    text,
    url,
    author,
    publishedAt,
  }));
}
