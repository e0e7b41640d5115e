import Parser from 'rss-parser';
import { createHash } from 'node:crypto';
import { decodeDocument } from '@huiying/fetching';
import { readFeedDate, type ZoneMinutes } from './feed-date.js';
import { mendFeed, type MendedFeed } from './mend-feed.js';
import { plainLine, plainText } from './plain-text.js';

/** One entry of a feed. */
export interface FeedItem {
  /** What it is recognised by within its source: guid, else link, else a hash of title and link. */
  identity: string;
  title: string;
  /** Plain text, one line per paragraph. */
  text: string;
  /** Absolute http(s) address. */
  url: string | null;
  author: string | null;
  /** null where the feed gives no date that can be read. */
  publishedAt: Date | null;
}

export interface ReadFeed {
  outcome: 'read';
  title: string;
  items: FeedItem[];
  /** What was lost or odd, in English, for the log. */
  problems: string[];
}
export interface UnreadableFeed {
  outcome: 'unreadable';
  kind: 'empty' | 'web-page' | 'challenge' | 'no-feed' | 'damaged';
  reason: string;
  /** The same in Chinese. */
  said: string;
}

export const TITLE_MOST = 300;
export const TEXT_MOST = 20_000;
const IDENTITY_MOST = 1_000;

const REASONS: Record<UnreadableFeed['kind'], [reason: string, said: string]> = {
  empty: ['the document is empty', '内容为空'],
  'web-page': ['a web page came instead of a feed', '返回的是网页而不是订阅源，地址可能已变更'],
  challenge: ['a browser check came instead of a feed, probably from a firewall', '被对方防护系统拦截（返回浏览器验证页面）'],
  'no-feed': ['the document is no RSS, RDF or Atom feed', '内容不是 RSS、RDF 或 Atom 订阅源'],
  damaged: ['the feed is too damaged to be read', '订阅源内容损坏，无法读取'],
};

/** What rss-parser gives of our mended documents. */
interface RawItem {
  guid?: unknown;
  id?: unknown;
  about?: unknown;
  title?: unknown;
  'dc:title'?: unknown;
  link?: unknown;
  author?: unknown;
  creator?: unknown;
  'dc:creator'?: unknown;
  content?: unknown;
  summary?: unknown;
  'content:encoded'?: unknown;
  'when:published'?: unknown;
  'when:updated'?: unknown;
}

const parser = new Parser<object, RawItem>({
  customFields: { item: ['about', 'dc:title', 'dc:creator', 'content:encoded', 'when:published', 'when:updated'] as never },
});

/**
 * The items of a feed document. Never throws and never waits: whatever the bytes are, the answer is items or a reason.
 * @param document.url where it was fetched; links are resolved against it
 * @param zone of dates that name none
 */
export async function parseFeed(
  document: { bytes: Buffer; contentType: string | null; url: string },
  zone: ZoneMinutes,
): Promise<ReadFeed | UnreadableFeed> {
  const decoded = decodeDocument(document.bytes, document.contentType);
  const mended = mendFeed(decoded.text);
  if (mended === 'too-deep') return unreadable('damaged');
  if (mended === 'no-feed') return unreadable(kindOf(decoded.text));
  const feed = await readByRssParser(mended.xml);
  if (!feed) return unreadable('damaged');
  const problems = decoded.unreadable > 0 ? [`${decoded.unreadable} characters could not be read as ${decoded.encoding}`] : [];
  if (mended.itemsLeftOut) problems.push('more items than are read at once; the rest were left out');
  const base = baseOf(mended, document.url);
  const items = distinct(
    feed.items.map((raw) => itemOf(raw, base, zone)).filter((item) => item !== null),
    problems,
  );
  return { outcome: 'read', title: plainLine(textOf(feed.title), TITLE_MOST), items, problems };
}

/** rss-parser settles at once or, on an error inside its own callback, perhaps never; so it is not waited for longer than a turn of the loop. */
async function readByRssParser(xml: string): Promise<{ title?: unknown; items: RawItem[] } | null> {
  const late = new Promise<null>((resolve) => void setImmediate(resolve, null));
  return Promise.race([parser.parseString(xml).catch(() => null), late]);
}

interface Sighting extends FeedItem {
  guid: string;
}

function itemOf(raw: RawItem, base: string, zone: ZoneMinutes): Sighting | null {
  const guid = textOf(raw.guid ?? raw.id ?? raw.about).slice(0, IDENTITY_MOST);
  const url = webAddress(textOf(raw.link), base) ?? webAddress(guid, null);
  const text = plainText(longer(textOf(raw['content:encoded']), textOf(raw.content)) || textOf(raw.summary), TEXT_MOST);
  const title = plainLine(textOf(raw.title) || textOf(raw['dc:title']), TITLE_MOST) || firstWords(text);
  if (title === '' && text === '') return null;
  const author = plainLine(textOf(raw['dc:creator'] ?? raw.creator ?? raw.author), 100) || null;
  const publishedAt = readFeedDate(textOf(raw['when:published']), zone) ?? readFeedDate(textOf(raw['when:updated']), zone);
  return { guid, identity: identityOf({ guid, url, title }), title, text, url, author, publishedAt };
}

/** What an item is recognised by within its source. */
export function identityOf({ guid, url, title }: { guid: string | null; url: string | null; title: string }): string {
  if (guid) return guid.slice(0, IDENTITY_MOST);
  return url?.slice(0, IDENTITY_MOST) ?? `title:${createHash('sha256').update(title).digest('hex')}`;
}

/** Some feeds give every item the same guid: then it recognises nothing and the link is taken. Of true repetitions the first stays. */
function distinct(sightings: Sighting[], problems: string[]): FeedItem[] {
  const urls = new Map<string, Set<string | null>>();
  for (const { guid, url } of sightings) urls.set(guid, (urls.get(guid) ?? new Set()).add(url));
  const seen = new Set<string>();
  const items: FeedItem[] = [];
  for (const { guid, ...item } of sightings) {
    const isShared = guid !== '' && urls.get(guid)!.size > 1;
    const identity = isShared ? identityOf({ guid: null, url: item.url, title: item.title }) : item.identity;
    if (!seen.has(identity)) items.push({ ...item, identity });
    seen.add(identity);
  }
  if (items.length < sightings.length) problems.push(`${sightings.length - items.length} items were repeated`);
  return items;
}

function unreadable(kind: UnreadableFeed['kind']): UnreadableFeed {
  const [reason, said] = REASONS[kind];
  return { outcome: 'unreadable', kind, reason, said };
}

function kindOf(text: string): UnreadableFeed['kind'] {
  if (text.trim() === '') return 'empty';
  if (!/<(?:html|head|body|script|!doctype\s+html)\b/i.test(text.slice(0, 20_000))) return 'no-feed';
  return /<script\b/i.test(text) && plainText(text, 1_000).length < 20 ? 'challenge' : 'web-page';
}

function baseOf(mended: MendedFeed, url: string): string {
  return mended.base !== null && URL.canParse(mended.base, url) ? new URL(mended.base, url).href : url;
}

/** An absolute http(s) address, or null: javascript: and data: are no places where something was said. */
function webAddress(written: string, base: string | null): string | null {
  const address = written.replace(/\s+/g, '');
  if (address === '' || !URL.canParse(address, base ?? undefined)) return null;
  const url = new URL(address, base ?? undefined);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

/** xml2js gives text, or an object where there were attributes. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  const inner = typeof value === 'object' && value !== null ? (value as { _?: unknown })._ : undefined;
  return typeof inner === 'string' ? inner.trim() : '';
}

function longer(a: string, b: string): string {
  return a.length >= b.length ? a : b;
}

function firstWords(text: string): string {
  return text.split(/[\n。！？!?]/, 1)[0]!.slice(0, 60);
}
