import { load, type CheerioAPI } from 'cheerio/slim';
import { decodeDocument } from '../decode.js';
import { plainText } from './plain-text.js';

/** A web page as it was fetched. */
export interface PageDocument {
  bytes: Buffer;
  contentType: string | null;
  url: string;
}

export interface WebPage {
  $: CheerioAPI;
  html: string;
  /** Links are resolved against it. */
  base: string;
  encoding: string;
  /** Share of the characters that could not be read, 0 to 1. */
  unreadable: number;
}

export type UnreadablePage = 'empty' | 'challenge' | 'damaged';

/** Longer pages are no lists and no articles; reading them would hold everything else up. */
const MOST_CHARACTERS = 3_000_000;
/** Some sites of government write their lists as records of a script that the browser turns into HTML (<datastore><record><![CDATA[…). */
const RECORDS = /<script[^>]*type=["']text\/xml["'][^>]*>([\s\S]*?)<\/script>/gi;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/g;
const OPENING = /<[a-z][^>/]*>|<\/[a-z]/gi;
/** Real pages nest some thirty deep; a page of a hundred thousand opened tags is meant to break its reader. */
const MOST_DEPTH = 800;

/** A page ready to be looked into, or why it is none. Never throws, runs no script and fetches nothing. */
export function openPage({ bytes, contentType, url }: PageDocument): WebPage | UnreadablePage {
  const decoded = decodeDocument(bytes, contentType);
  const text = decoded.text.slice(0, MOST_CHARACTERS);
  if (text.trim() === '') return 'empty';
  if (isChallenge(text)) return 'challenge';
  if (isTooDeep(text)) return 'damaged';
  const html = text.replace(RECORDS, (_, records: string) => `<div>${[...records.matchAll(CDATA)].map((m) => m[1]).join('\n')}</div>`);
  try {
    const $ = load(html);
    const written = $('base[href]').first().attr('href') ?? '';
    const base = URL.canParse(written, url) ? new URL(written, url).href : url;
    return { $, html, base, encoding: decoded.encoding, unreadable: decoded.unreadable / Math.max(1, text.length) };
  } catch {
    return 'damaged';
  }
}

/** A page of scripts and hardly a word: a firewall that wants to see a browser. */
function isChallenge(html: string): boolean {
  if (html.length > 200_000 || !/<script\b/i.test(html) || /<a\b[^>]*href=["'][^"'#]/i.test(html)) return false;
  return plainText(html, 1_000).length < 60;
}

function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [tag] of html.matchAll(OPENING)) {
    depth += tag.startsWith('</')
      ? -1
      : /^<(?:br|img|input|meta|link|hr|area|base|col|embed|source|track|wbr|p|li|td|tr|dt|dd|option)\b/i.test(tag)
        ? 0
        : 1;
    if (depth < 0) depth = 0;
    if (depth > MOST_DEPTH) return true;
  }
  return false;
}

/** An absolute http(s) address without its fragment, or null. */
export function linkOf(written: string | undefined, base: string): string | null {
  const address = (written ?? '').trim();
  if (address === '' || address.startsWith('#') || !URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.hash = '';
  return url.href;
}
