import type { PageReading } from '@huiying/contracts';
import { articleText, openPage, plainLine, plainText, type PageDocument, type WebPage } from '@huiying/fetching/pages';
import { TITLE_MOST, readFeedDate, type ZoneMinutes } from '../feeds/index.js';
import { dateInText } from './page-date.js';

/** What an article's own page says. Null where it does not say. */
export interface Article {
  title: string | null;
  text: string;
  author: string | null;
  publishedAt: Date | null;
}

/** The article on its own page, or null where no text was found there. Never throws, runs no script and fetches nothing. */
export async function readArticle(document: PageDocument, reading: Partial<PageReading>, zone: ZoneMinutes): Promise<Article | null> {
  const page = openPage(document);
  if (typeof page === 'string') return null;
  const text = await articleText(page, reading.content);
  return text === null ? null : { ...headOf(page, zone), text };
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
