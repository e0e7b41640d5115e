import type { JsonReading } from '@huiying/contracts';
import { decodeDocument } from '@huiying/fetching';
import { linkOf, plainLine, plainText, type PageDocument } from '@huiying/fetching/pages';
import { identityOf, readFeedDate, TEXT_MOST, TITLE_MOST, type FeedItem, type ZoneMinutes } from '../feeds/index.js';

export interface ReadJson {
  outcome: 'read';
  items: FeedItem[];
}
/** `no-list`: JSON came, without entries where they were said to be. */
export interface UnreadableJson {
  outcome: 'unreadable';
  kind: 'empty' | 'no-json' | 'no-list';
  /** In Chinese. */
  said: string;
}

const MOST_ITEMS = 500;
/** What the fields are mostly called, where the mapping names none. */
const USUAL: Record<Exclude<keyof JsonReading, 'items'>, readonly string[]> = {
  title: ['title', 'name', 'subject', 'headline'],
  text: ['content', 'text', 'body', 'summary', 'description', 'desc'],
  link: ['url', 'link', 'href', 'linkurl'],
  id: ['id', 'guid', 'docid', 'newsid'],
  author: ['author', 'source', 'author.name'],
  date: ['publishedAt', 'pubDate', 'publishTime', 'pubTime', 'time', 'date', 'createTime', 'created_at'],
};

/** The entries of a JSON answer, by the paths of the source's setting. Never throws. */
export function readJson(document: PageDocument, reading: Partial<JsonReading>, zone: ZoneMinutes): ReadJson | UnreadableJson {
  const text = unwrapped(decodeDocument(document.bytes, document.contentType).text.trim());
  if (text === '') return { outcome: 'unreadable', kind: 'empty', said: '内容为空' };
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    return { outcome: 'unreadable', kind: 'no-json', said: '返回的内容不是 JSON' };
  }
  const listed = valueAt(whole, reading.items ?? '');
  if (!Array.isArray(listed)) {
    const place = reading.items ? `路径“${reading.items}”处` : '最外层';
    return { outcome: 'unreadable', kind: 'no-list', said: `${place}不是列表，接口结构可能已变更` };
  }
  const items = listed.slice(0, MOST_ITEMS).flatMap((entry) => itemOf(entry, reading, document.url, zone) ?? []);
  return { outcome: 'read', items: items.filter((item, i) => items.findIndex((other) => other.identity === item.identity) === i) };
}

/** What stands at data.list[0].title; undefined where nothing does. Only what the document itself holds is looked at. */
export function valueAt(whole: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((key) => key !== '')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined,
      whole,
    );
}

function itemOf(entry: unknown, reading: Partial<JsonReading>, base: string, zone: ZoneMinutes): FeedItem | null {
  const field = (name: keyof typeof USUAL): string => {
    const paths = reading[name] === undefined ? USUAL[name] : [reading[name]];
    return paths.map((path) => words(valueAt(entry, path))).find((value) => value !== '') ?? '';
  };
  const text = plainText(field('text'), TEXT_MOST);
  const title = plainLine(field('title'), TITLE_MOST) || plainLine(text, 60);
  if (title === '') return null;
  const url = linkOf(field('link'), base);
  const date = field('date');
  const identity = identityOf({ guid: field('id') || null, url, title });
  return {
    identity,
    title,
    text,
    url,
    author: plainLine(field('author'), 100) || null,
    publishedAt: date === '' ? null : readFeedDate(date, zone),
  };
}

function words(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

/** callback({…}); is how older interfaces wrap their JSON. */
function unwrapped(text: string): string {
  return /^[\w$.]+\s*\(([\s\S]*)\)\s*;?$/.exec(text)?.[1] ?? text;
}
