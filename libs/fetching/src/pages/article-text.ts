import { plainText } from './plain-text.js';
import type { WebPage } from './web-page.js';

/** Where the content systems of Chinese government and news sites put an article's text. */
const KNOWN_PLACES = [
  '#UCAP-CONTENT',
  '.TRS_UEDITOR',
  '.TRS_Editor',
  '.trs_editor_view',
  '#zoom',
  '#Zoom',
  '[itemprop=articleBody]',
  '.article-content',
  '#articleContent',
  '#article_content',
];
/** Characters kept of an article. */
export const ARTICLE_MOST = 20_000;
/** Shorter, and the text was not found. */
const SHORTEST_TEXT = 20;
/** Text that was found by itself and is shorter is the rest of the page, not an article. */
const SHORTEST_FOUND = 40;
/** Readability would take seconds for more. */
const MOST_ELEMENTS = 20_000;

/**
 * The article of a page without what stands around it, one line per paragraph; null where none was found. Never throws, runs no script.
 * @param place a CSS selector where it is known to stand; else the places of common content systems, else Readability
 */
export async function articleText(page: WebPage, place?: string): Promise<string | null> {
  const known = textByPlace(page, place === undefined ? KNOWN_PLACES : [place]);
  const text = known === '' && place === undefined ? await textByReadability(page.html) : known;
  return text.length < SHORTEST_TEXT ? null : text;
}

function textByPlace({ $ }: WebPage, places: readonly string[]): string {
  for (const place of places) {
    const texts = $(place)
      .toArray()
      .map((node) => plainText($.html(node), ARTICLE_MOST));
    const longest = texts.reduce((a, b) => (b.length > a.length ? b : a), '');
    if (longest.length >= SHORTEST_TEXT) return longest;
  }
  return '';
}

/** Loaded when the first page is read: who reads feeds alone never needs them. */
async function textByReadability(html: string): Promise<string> {
  const [{ parseHTML }, { Readability }] = await Promise.all([import('linkedom'), import('@mozilla/readability')]);
  try {
    const { document } = parseHTML(html);
    const article = new Readability(document as never, { charThreshold: 60, maxElemsToParse: MOST_ELEMENTS, disableJSONLD: true }).parse();
    const text = plainText(article?.content ?? '', ARTICLE_MOST);
    return text.length < SHORTEST_FOUND ? '' : text;
  } catch {
    return ''; // too many elements, or a page that breaks its reader: the list's own words remain
  }
}
