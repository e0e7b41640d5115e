import Parser from 'rss-parser';
import type { RawEntry, RawFeed } from './raw-feed.js';
import type { Markup } from './text-construct.js';

/** What rss-parser gives of our mended documents. */
type Parsed = Record<
  'guid' | 'title' | 'link' | 'author' | 'language' | 'the:summary' | 'the:content' | 'the:published' | 'the:updated',
  unknown
>;

// As arrays: of a single value rss-parser would drop the attributes.
const own = ['the:summary', 'the:content', 'the:published', 'the:updated'].map((name) => [name, name, { keepArray: true }]);
const parser = new Parser<Parsed, Parsed>({ customFields: { feed: ['author', ...own] as never, item: ['author', ...own] as never } });

/** A mended document as rss-parser reads it; null where it cannot. */
export async function readByRssParser(xml: string): Promise<RawFeed | null> {
  // It settles at once or, on an error inside its own callback, perhaps never; so it is not waited for longer than a turn of the loop.
  const late = new Promise<null>((resolve) => void setImmediate(resolve, null));
  const feed = await Promise.race([parser.parseString(xml).catch(() => null), late]);
  return feed && { ...partsOf(feed), language: textOf(feed.language), entries: feed.items.map(entryOf) };
}

function entryOf(item: Parsed): RawEntry {
  return { ...partsOf(item), id: textOf(item.guid), content: markupOf(item['the:content']), published: datesOf(item['the:published']) };
}

function partsOf(parsed: Parsed) {
  return {
    title: textOf(parsed.title) ?? '',
    link: textOf(parsed.link),
    summary: markupOf(parsed['the:summary']),
    author: textOf(parsed.author),
    updated: datesOf(parsed['the:updated']),
  };
}

function markupOf(values: unknown): Markup | null {
  const value: unknown = Array.isArray(values) ? values[0] : undefined;
  const html = textOf(value);
  const { base = null } = (value as { $?: { base?: string } } | undefined)?.$ ?? {};
  return html === null ? null : { html, base };
}

function datesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf).filter((text) => text !== null) : [];
}

/** xml2js gives text, or an object where there were attributes. */
function textOf(value: unknown): string | null {
  const text = typeof value === 'object' && value !== null ? (value as { _?: unknown })._ : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}
