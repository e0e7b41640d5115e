import type { Element } from 'domhandler';
import type { PageReading } from '@huiying/contracts';
import { linkOf, openPage, plainLine, plainText, type PageDocument, type UnreadablePage, type WebPage } from '@huiying/fetching/pages';
import { TEXT_MOST, TITLE_MOST, type ZoneMinutes } from '../feeds/index.js';
import { findList, titleOf, type FoundList } from './find-list.js';
import { dateInAddress, dateInText } from './page-date.js';

/** What a list says of an article. */
export interface ListedArticle {
  url: string;
  title: string;
  publishedAt: Date | null;
  /** The entry's own words besides its title and date. */
  text: string;
}

export interface ReadList {
  outcome: 'read';
  articles: ListedArticle[];
  /** Where the list stands on the page: the selector given, or what was found. */
  at: string;
  /** The list's next page. */
  next: string | null;
  encoding: string;
  unreadable: number;
}

/** `no-list`: a page came, and nothing on it is a list as it was described or as lists look. */
export interface UnreadableList {
  outcome: 'unreadable';
  kind: UnreadablePage | 'no-list' | 'bad-selector';
  /** In Chinese. */
  said: string;
}

const SAID: Record<UnreadableList['kind'], string> = {
  empty: '网页内容为空',
  challenge: '被对方防护系统拦截（返回浏览器验证页面）',
  damaged: '网页内容损坏，无法读取',
  'no-list': '网页上没有找到文章列表',
  'bad-selector': '选择器写法有误',
};
const MOST_ENTRIES = 300;

/** The articles that a page of links lists. Never throws: a page that is none, or a selector that means nothing, is an answer. */
export function readList(document: PageDocument, reading: Partial<PageReading>, zone: ZoneMinutes): ReadList | UnreadableList {
  const page = openPage(document);
  if (typeof page === 'string') return unreadable(page);
  try {
    const list = reading.item === undefined ? findList(page.$, page.base) : bySelector(page, reading.item, reading.link);
    const articles = (list?.places ?? [])
      .slice(0, MOST_ENTRIES)
      .map((place) => articleAt(page, place, reading, zone))
      .filter(hasTitle);
    if (list === null || articles.length === 0) return unreadable('no-list');
    const { encoding, unreadable: share } = page;
    return { outcome: 'read', articles, at: list.at, next: nextPage(page, reading.next), encoding, unreadable: share };
  } catch (error) {
    // css-what and css-select say so for a selector that cannot be read.
    if (/selector|pseudo|attribute|Unmatched|Expected/i.test((error as Error).message)) return unreadable('bad-selector');
    return unreadable('damaged');
  }
}

function bySelector({ $, base }: WebPage, selector: string, link: string | undefined): FoundList {
  const seen = new Set<string>();
  const all = (within: Element | null, words: string) => (within === null ? $(words) : $(within).find(words)).toArray() as Element[];
  const places = all(null, selector).flatMap((item) => {
    const anchors = item.name === 'a' && link === undefined ? [item] : all(item, link ?? 'a[href]');
    const anchor = anchors.toSorted((a, b) => titleOf($, b).length - titleOf($, a).length)[0];
    const url = anchor === undefined ? null : linkOf($(anchor).attr('href'), base);
    if (anchor === undefined || url === null || seen.has(url)) return [];
    seen.add(url);
    return [{ item, anchor, url }];
  });
  return { places, at: selector };
}

function articleAt(
  page: WebPage,
  place: { item: Element; anchor: Element; url: string },
  reading: Partial<PageReading>,
  zone: ZoneMinutes,
): ListedArticle {
  const { $ } = page;
  const { item, anchor, url } = place;
  const named = reading.title === undefined ? '' : $(item).find(reading.title).first().text();
  const title = plainLine(named || titleOf($, anchor), TITLE_MOST);
  const all = plainText($.html(item), TEXT_MOST);
  const dated = reading.date === undefined ? all : $(item).find(reading.date).first().text();
  const publishedAt = dateInText(dated.replace(title, ' '), zone) ?? dateInAddress(url, zone);
  return { url, title, publishedAt, text: ownWords(all, title) };
}

/** The entry's summary: its lines without the headline and the date. */
function ownWords(all: string, title: string): string {
  return all
    .split('\n')
    .map((line) => line.replace(title, '').trim())
    .filter((line) => line.length > 12 && !/^[[(（【]?[\d\s\-/.年月日:：]+[\])）】]?$/.test(line))
    .join('\n');
}

/** The list's next page: the link given, one that says 下一页, or what the common script for paging is told. */
function nextPage({ $, base, html }: WebPage, selector: string | undefined): string | null {
  if (selector !== undefined) return linkOf($(selector).first().attr('href'), base);
  const worded = $('a[href]')
    .toArray()
    .find((anchor) => /^(?:下一?页|后一?页|next|[>›»]{1,2})$/i.test($(anchor).text().trim()));
  if (worded) return linkOf($(worded).attr('href'), base);
  const script = /createPageHTML\(\s*(\d+)\s*,\s*(\d+)\s*,\s*["']([^"']+)["']\s*,\s*["']([^"']+)["']/.exec(html);
  if (!script) return null;
  const [, pages, current, name, ending] = script;
  return Number(current) + 1 < Number(pages) ? linkOf(`${name}_${Number(current) + 1}.${ending}`, base) : null;
}

const hasTitle = ({ title }: ListedArticle): boolean => title !== '';

function unreadable(kind: UnreadableList['kind']): UnreadableList {
  return { outcome: 'unreadable', kind, said: SAID[kind] };
}
