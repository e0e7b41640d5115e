import type { PageReading } from '@huiying/contracts';
import { plainLine, plainText, TEXT_MOST, TITLE_MOST, readFeedDate, type ZoneMinutes } from '../feeds/index.js';
import { dateInText } from './page-date.js';
import { openPage, type PageDocument, type WebPage } from './web-page.js';

/** What an article's own page says. Null where it does not say. */
export interface Article {
  title: string | null;
  text: string;
  author: string | null;
  publishedAt: Date | null;
}

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
/** Shorter, and the text was not found. */
const SHORTEST_TEXT = 20;
/** Text that was found by itself and is shorter is the rest of the page, not an article. */
const SHORTEST_FOUND = 40;
/** Readability would take seconds for more. */
const MOST_ELEMENTS = 20_000;

/** The article on its own page, or null where no text was found there. Never throws, runs no script and fetches nothing. */
export async function readArticle(document: PageDocument, reading: Partial<PageReading>, zone: ZoneMinutes): Promise<Article | null> {
  const page = openPage(document);
  if (typeof page === 'string') return null;
  const known = textByPlace(page, reading.content === undefined ? KNOWN_PLACES : [reading.content]);
  const text = known === '' && reading.content === undefined ? await textByReadability(page.html) : known;
  return text.length < SHORTEST_TEXT ? null : { ...headOf(page, zone), text };
}

function textByPlace({ $ }: WebPage, places: readonly string[]): string {
  for (const place of places) {
    const texts = $(place)
      .toArray()
      .map((node) => plainText($.html(node), TEXT_MOST));
    const longest = texts.reduce((a, b) => (b.length > a.length ? b : a), '');
    if (longest.length >= SHORTEST_TEXT) return longest;
  }
  return '';
}

/** Loaded when the first page is read: a collector of feeds alone never needs them. */
async function textByReadability(html: string): Promise<string> {
  const [{ parseHTML }, { Readability }] = await Promise.all([import('linkedom'), import('@mozilla/readability')]);
  try {
    const { document } = parseHTML(html);
    const article = new Readability(document as never, { charThreshold: 60, maxElemsToParse: MOST_ELEMENTS, disableJSONLD: true }).parse();
    const text = plainText(article?.content ?? '', TEXT_MOST);
    return text.length < SHORTEST_FOUND ? '' : text;
  } catch {
    return ''; // too many elements, or a page that breaks its reader: the list's own words remain
  }
}

/** Title, source and date: first by the tags that government sites must carry (政府网站网页标签规范), then by how they are written. */
function headOf(page: WebPage, zone: ZoneMinutes): Omit<Article, 'text'> {
  const meta = (...names: string[]): string => {
    const tags = page.$('meta').toArray();
    for (const name of names) {
      const tag = tags.find(({ attribs }) => (attribs.name ?? attribs.property ?? '').toLowerCase() === name);
      if (tag?.attribs.content?.trim()) return tag.attribs.content.trim();
    }
    return '';
  };
  const body = plainText(page.html, 6_000);
  const said = /(?:发布|发文|更新|成文|发表)?(?:时间|日期)\s*[:：]?\s*\n?\s*(.{8,40})/.exec(body)?.[1] ?? '';
  const written = meta('pubdate', 'publishdate', 'article:published_time', 'og:release_date');
  const from = /来源\s*[:：]\s*([^\s|【】[\]]{2,40})/.exec(body)?.[1] ?? '';
  return {
    title: plainLine(meta('articletitle', 'og:title') || page.$('h1').first().text(), TITLE_MOST) || null,
    author: plainLine(meta('contentsource', 'author') || from, 100) || null,
    publishedAt: (written === '' ? null : readFeedDate(written, zone)) ?? dateInText(said, zone),
  };
}
