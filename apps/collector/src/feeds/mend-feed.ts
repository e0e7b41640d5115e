import { Parser } from 'htmlparser2';
import { Draft } from './feed-draft.js';
import { FeedGatherer } from './gather-feed.js';
import { readPrologue } from './prologue.js';

/** A feed of any dialect rewritten as a small, well-formed RSS 2.0: nothing in it can make the parser throw, expand or fetch. */
export interface MendedFeed {
  xml: string;
  /** What of the document was not read. */
  problems: string[];
}

export type MendRefusal = 'no-feed' | 'too-deep';

/** Deeper than any page that was ever written by hand or by machine in earnest. */
const MOST_DEPTH = 2_000;
/** Small, so that the limits are looked at often: a document may nest a hundred thousand elements. */
const SLICE = 16 * 1024;

/**
 * Reads what feeds really are (bare ampersands, HTML's entities, unclosed tags, cut downloads, undeclared prefixes) with a
 * forgiving tokenizer and writes down only what is read from feeds.
 * @param base the document's own address, where it is known
 */
export function mendFeed(text: string, base: string | null): MendedFeed | MendRefusal {
  const gatherer = new FeedGatherer(base);
  const parser = new Parser(gatherer, { xmlMode: true, decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true });
  const body = readPrologue(text);
  const problems: string[] = [];
  for (let at = 0; at < body.length && !gatherer.itemsLeftOut; at += SLICE) {
    parser.write(body.slice(at, at + SLICE));
    if (gatherer.depth <= MOST_DEPTH) continue;
    if (gatherer.entries.length === 0) return 'too-deep';
    problems.push('elements are nested too deep; what follows was left out');
    break;
  }
  if (gatherer.itemsLeftOut) problems.push('more items than are read at once; the rest were left out');
  if (problems.length === 0) {
    if (gatherer.depth > 0) problems.push('the document breaks off before its end');
    parser.end();
  }
  gatherer.finish();
  return gatherer.dialect === null ? 'no-feed' : { xml: writeFeed(gatherer.feed, gatherer.entries), problems };
}

function writeFeed(feed: Draft, entries: readonly Draft[]): string {
  const items = entries.map((entry) => `<item>${parts(entry)}</item>`);
  return `<rss version="2.0"><channel>${parts(feed)}${items.join('')}</channel></rss>`;
}

function parts(draft: Draft): string {
  return [
    element('guid', draft.first('id')?.value),
    element('title', draft.first('title')?.value),
    element('link', draft.first('link')?.value),
    element('author', authorsOf(draft)),
    element('language', draft.first('language')?.value),
    markup('the:summary', draft),
    markup('the:content', draft),
    ...draft.all('published').map(({ value }) => element('the:published', value)),
    ...draft.all('updated').map(({ value }) => element('the:updated', value)),
  ].join('');
}

/** Several authors named in the same way are all kept. */
function authorsOf(draft: Draft): string | undefined {
  const best = draft.first('author');
  const names = draft.all('author').filter(({ rank }) => rank === best?.rank);
  return best && [...new Set(names.map(({ value }) => value))].join(', ');
}

function markup(name: 'the:summary' | 'the:content', draft: Draft): string {
  const saying = draft.first(name === 'the:summary' ? 'summary' : 'content');
  if (!saying) return '';
  const base = saying.base === null ? '' : ` base="${escaped(saying.base)}"`;
  return `<${name}${base}>${escaped(saying.value)}</${name}>`;
}

const element = (name: string, value: string | undefined) => (value === undefined ? '' : `<${name}>${escaped(value)}</${name}>`);

/** Control characters and halves of characters. */
const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** As XML text or attribute value; characters that XML forbids are gone. */
function escaped(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (character) => ESCAPES[character]!);
}
