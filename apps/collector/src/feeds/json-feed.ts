import { escapeText } from 'entities';
import { z } from 'zod';
import { resolveAddress } from './addresses.js';
import { MOST_ITEMS } from './gather-feed.js';
import type { RawEntry, RawFeed } from './raw-feed.js';

/** A field of the wrong kind is as if it were not there. */
const text = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);
const person = z.object({ name: text }).optional().catch(undefined);
const people = z.array(person).optional().catch(undefined);
const item = z.object({
  id: text,
  url: text,
  external_url: text,
  title: text,
  summary: text,
  content_html: text,
  content_text: text,
  date_published: text,
  date_modified: text,
  author: person,
  authors: people,
});
const jsonFeed = z.object({
  version: text,
  title: text,
  home_page_url: text,
  description: text,
  language: text,
  author: person,
  authors: people,
  items: z.array(z.unknown()),
});

type Item = z.infer<typeof item>;

/** JSON Feed 1.0 and 1.1 (jsonfeed.org). Null for any other JSON, and for what is none. */
export function readJsonFeed(document: string, base: string | null): { feed: RawFeed; problems: string[] } | null {
  const parsed = jsonFeed.safeParse(parsedJson(document));
  if (!parsed.success || !(parsed.data.version ?? '').includes('jsonfeed.org')) return null;
  const { title, home_page_url, description, language, items, ...by } = parsed.data;
  const entries = items
    .slice(0, MOST_ITEMS)
    .map((one) => item.safeParse(one))
    .filter((one) => one.success)
    .map((one) => entryOf(one.data, base));
  const problems = items.length > MOST_ITEMS ? ['more items than are read at once; the rest were left out'] : [];
  return {
    feed: {
      title: escapeText(title ?? ''),
      link: resolveAddress(home_page_url ?? '', base),
      summary: description === undefined ? null : { html: escapeText(description), base },
      author: namesOf(by),
      language: language ?? null,
      updated: [],
      entries,
    },
    problems,
  };
}

function parsedJson(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return null;
  }
}

function entryOf({ id, url, external_url, title, summary, content_html, content_text, ...rest }: Item, base: string | null): RawEntry {
  const content = content_html ?? (content_text === undefined ? undefined : escapeText(content_text));
  return {
    id: id ?? null,
    title: escapeText(title ?? ''),
    link: resolveAddress(url ?? '', base) ?? resolveAddress(external_url ?? '', base),
    summary: summary === undefined ? null : { html: escapeText(summary), base },
    content: content === undefined ? null : { html: content, base },
    author: namesOf(rest),
    published: [rest.date_published ?? ''],
    updated: [rest.date_modified ?? ''],
  };
}

/** 1.1 names authors, 1.0 one author. */
function namesOf({ author, authors }: Pick<Item, 'author' | 'authors'>): string | null {
  const names = [...(authors ?? []), author].map((one) => one?.name?.trim()).filter(Boolean);
  return names.length > 0 ? [...new Set(names)].join(', ') : null;
}
