import { createHash } from 'node:crypto';
import { plainLine, plainText } from '@huiying/fetching/pages';
import { webAddress } from './addresses.js';
import type { ZoneMinutes } from './feed-date.js';
import { readFeed, TEXT_MOST, type FeedDocument, type FeedEntry, type UnreadableFeed } from './parse-feed.js';
import { personName } from './person-name.js';

/** One entry of a feed, as an opinion is made of it. */
export interface FeedItem {
  /** What it is recognised by within its source: guid, else link, else a hash of title and date. */
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

const IDENTITY_MOST = 1_000;
/** Begins the identity of an item that names itself by nothing but its title. */
const UNNAMED = 'title:';

/**
 * The items of a feed document. Never throws and never waits: whatever the bytes are, the answer is items or a reason.
 * @param zone of dates that name none
 */
export async function parseFeed(document: FeedDocument, zone: ZoneMinutes): Promise<ReadFeed | UnreadableFeed> {
  const feed = await readFeed(document, zone);
  if (feed.outcome === 'unreadable') return feed;
  const problems = [...feed.problems];
  const sightings = feed.entries.map(itemOf).filter((item) => item !== null);
  return { outcome: 'read', title: feed.title, items: distinct(sightings, problems), problems };
}

interface Sighting extends FeedItem {
  guid: string;
}

function itemOf(entry: FeedEntry): Sighting | null {
  const guid = entry.id ?? '';
  const url = webAddress(entry.link, null) ?? webAddress(guid, null);
  const [longer, shorter] = [entry.content?.html ?? '', entry.summary?.html ?? ''].sort((a, b) => b.length - a.length) as [string, string];
  const text = plainText(longer, TEXT_MOST) || plainText(shorter, TEXT_MOST);
  const title = entry.title || firstWords(text);
  if (title === '' && text === '') return null;
  const author = entry.author && (plainLine(personName(entry.author), 100) || null);
  const identity = identityOf({ guid, url, title, publishedAt: entry.publishedAt });
  return { guid, identity, title, text, url, author, publishedAt: entry.publishedAt ?? entry.updatedAt };
}

/** What an item is recognised by within its source. */
export function identityOf(item: { guid: string | null; url: string | null; title: string; publishedAt?: Date | null }): string {
  if (item.guid) return item.guid.slice(0, IDENTITY_MOST);
  return item.url?.slice(0, IDENTITY_MOST) ?? `${UNNAMED}${hashOf(item.title, item.publishedAt?.toISOString())}`;
}

/**
 * Some feeds give every item the same guid: then it recognises nothing and the link is taken. Items without guid and link that
 * bear one title ("通知") are told apart by their text, whichever stands first. Of true repetitions the first stays.
 */
function distinct(sightings: Sighting[], problems: string[]): FeedItem[] {
  const urls = valuesBy(
    sightings,
    ({ guid }) => guid,
    ({ url }) => url,
  );
  const texts = valuesBy(
    sightings,
    ({ identity }) => identity,
    ({ text }) => text,
  );
  const items = new Map<string, FeedItem>();
  for (const { guid, ...item } of sightings) {
    let identity = guid !== '' && urls.get(guid)!.size > 1 ? identityOf({ ...item, guid: null }) : item.identity;
    if (item.identity.startsWith(UNNAMED) && texts.get(identity)!.size > 1) identity = `text:${hashOf(item.title, item.text)}`;
    if (!items.has(identity)) items.set(identity, { ...item, identity });
  }
  if (items.size < sightings.length) problems.push(`${sightings.length - items.size} items were repeated`);
  return [...items.values()];
}

function valuesBy<T>(sightings: Sighting[], key: (sighting: Sighting) => string, value: (sighting: Sighting) => T): Map<string, Set<T>> {
  const found = new Map<string, Set<T>>();
  for (const sighting of sightings) found.set(key(sighting), (found.get(key(sighting)) ?? new Set<T>()).add(value(sighting)));
  return found;
}

function hashOf(...parts: (string | undefined)[]): string {
  const written = parts.filter((part) => part !== undefined).join('\u001f');
  return createHash('sha256').update(written).digest('hex');
}

function firstWords(text: string): string {
  return text.split(/[\n。！？!?]/, 1)[0]!.slice(0, 60);
}
