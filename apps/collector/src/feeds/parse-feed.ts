import { decodeDocument } from '@huiying/fetching';
import { plainLine, plainText } from '@huiying/fetching/pages';
import { readFeedDate, type ZoneMinutes } from './feed-date.js';
import { readJsonFeed } from './json-feed.js';
import { mendFeed } from './mend-feed.js';
import type { RawEntry, RawFeed } from './raw-feed.js';
import { readByRssParser } from './rss-reader.js';
import type { Markup } from './text-construct.js';

/** A feed document as it came. */
export interface FeedDocument {
  bytes: Buffer;
  contentType: string | null;
  /** Where it was fetched; links are resolved against it. */
  url: string | null;
}

/** A feed as its document says it. */
export interface ParsedFeed {
  outcome: 'read';
  title: string;
  /** Absolute wherever a base is known. */
  link: string | null;
  /** Plain text. */
  description: string;
  author: string | null;
  updatedAt: Date | null;
  entries: FeedEntry[];
  /** What was lost or odd, in English, for the log. */
  problems: string[];
}

export interface FeedEntry {
  /** The guid or id, which need not be there, nor be of this entry alone. */
  id: string | null;
  /** Plain text. */
  title: string;
  link: string | null;
  /** HTML that is not safe yet. */
  summary: Markup | null;
  content: Markup | null;
  author: string | null;
  /** null where the feed gives no date that can be read. */
  publishedAt: Date | null;
  updatedAt: Date | null;
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
const ID_MOST = 1_000;
const AUTHOR_MOST = 300;
const CHINA: ZoneMinutes = 480;
/** Positions named in a problem. */
const NAMED_MOST = 5;

const REASONS: Record<UnreadableFeed['kind'], [reason: string, said: string]> = {
  empty: ['the document is empty', '内容为空'],
  'web-page': ['a web page came instead of a feed', '返回的是网页而不是订阅源，地址可能已变更'],
  challenge: ['a browser check came instead of a feed, probably from a firewall', '被对方防护系统拦截（返回浏览器验证页面）'],
  'no-feed': ['the document is no RSS, RDF, Atom or JSON feed', '内容不是 RSS、RDF、Atom 或 JSON 订阅源'],
  damaged: ['the feed is too damaged to be read', '订阅源内容损坏，无法读取'],
};

/**
 * What a feed document says. Never throws and never waits: whatever the bytes are, the answer is a feed or a reason.
 * @param zone of dates that name none; null where nobody set it: China's for a host under .cn or a feed in Chinese, else UTC
 */
export async function readFeed(document: FeedDocument, zone: ZoneMinutes | null): Promise<ParsedFeed | UnreadableFeed> {
  const decoded = decodeDocument(document.bytes, document.contentType);
  const raw = await rawFeed(decoded.text, document.url);
  if ('outcome' in raw) return raw;
  const problems = decoded.unreadable > 0 ? [`${decoded.unreadable} characters could not be read as ${decoded.encoding}`] : [];
  const { feed } = raw;
  const reader = new DateReader(zone ?? usualZone(feed, document.url));
  const entries = feed.entries.map((entry, i) => entryOf(entry, reader, `item ${i + 1}`));
  return {
    outcome: 'read',
    title: plainLine(feed.title, TITLE_MOST),
    link: feed.link,
    description: plainText(feed.summary?.html ?? '', TEXT_MOST),
    author: feed.author,
    updatedAt: reader.first(feed.updated, 'the feed'),
    entries,
    problems: [...problems, ...raw.problems, ...reader.problems, ...undated(entries)],
  };
}

async function rawFeed(text: string, url: string | null): Promise<{ feed: RawFeed; problems: string[] } | UnreadableFeed> {
  if (/^\s*\{/.test(text)) return readJsonFeed(text, url) ?? unreadable('no-feed');
  const mended = mendFeed(text, url);
  if (mended === 'too-deep') return unreadable('damaged');
  if (mended === 'no-feed') return unreadable(kindOf(text));
  const feed = await readByRssParser(mended.xml);
  return feed ? { feed, problems: mended.problems } : unreadable('damaged');
}

function entryOf(raw: RawEntry, dates: DateReader, name: string): FeedEntry {
  return {
    id: raw.id?.slice(0, ID_MOST) ?? null,
    title: plainLine(raw.title, TITLE_MOST),
    link: raw.link,
    summary: raw.summary,
    content: raw.content,
    author: raw.author && raw.author.replace(/\s+/g, ' ').slice(0, AUTHOR_MOST),
    publishedAt: dates.first(raw.published, name),
    updatedAt: dates.first(raw.updated, name),
  };
}

/** Reads dates and remembers those that could not be read. */
class DateReader {
  readonly problems: string[] = [];

  constructor(private readonly zone: ZoneMinutes) {}

  /** The first that can be read. */
  first(written: readonly string[], whose: string): Date | null {
    for (const text of written) {
      const date = readFeedDate(text, this.zone);
      if (date) return date;
      if (text !== '' && this.problems.length < NAMED_MOST)
        this.problems.push(`${whose}: no date can be read in ${JSON.stringify(text.slice(0, 60))}`);
    }
    return null;
  }
}

/** An undated entry stays undated, and says so. */
function undated(entries: readonly FeedEntry[]): string[] {
  const positions = entries.flatMap(({ publishedAt, updatedAt }, i) => ((publishedAt ?? updatedAt) ? [] : [i + 1]));
  if (positions.length === 0) return [];
  const more = positions.length > NAMED_MOST ? ' …' : '';
  return [`without a date: ${positions.length} of ${entries.length} items (${positions.slice(0, NAMED_MOST).join(', ')}${more})`];
}

function usualZone(feed: RawFeed, url: string | null): ZoneMinutes {
  const isChinese = [url, feed.link].some((address) => address !== null && /^[a-z]+:\/\/[^/?#]*\.cn(?:[:/?#]|$)/i.test(address));
  return isChinese || /^zh(?:[-_](?:cn|hans))?\b/i.test(feed.language ?? '') ? CHINA : 0;
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
