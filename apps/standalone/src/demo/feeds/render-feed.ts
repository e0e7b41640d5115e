import { encode } from 'iconv-lite';
import type { DemoItem } from '../demo-step.js';
import { localStamp, two, wallTime } from '../moments.js';
import type { DemoFeed } from './demo-feeds.js';

/**
 * A feed document in the feed's own format and true encoding.
 * @param items newest first; the newest one's time is the document's time, so that unchanged items give unchanged bytes
 * @param origin where the demo's web site is served, e.g. http://127.0.0.1:8621
 */
export function renderFeed(feed: DemoFeed, items: readonly DemoItem[], origin: string): Buffer {
  const form = { atom: renderAtom, rdf: renderRdf, rss: renderRss, broken: renderRss }[feed.format];
  return encode(form(feed, items, origin), feed.bytes);
}

function renderRss(feed: DemoFeed, items: readonly DemoItem[], origin: string): string {
  const entries = items.map((item) =>
    [
      '<item>',
      `<title><![CDATA[${item.title}]]></title>`,
      `<link>${origin}${item.path}</link>`,
      ...(feed.guids ? [`<guid isPermaLink="false">${escapeXml(item.guid)}</guid>`] : []),
      ...(item.author
        ? [feed.guids ? `<author>${escapeXml(item.author)}</author>` : `<dc:creator>${escapeXml(item.author)}</dc:creator>`]
        : []),
      `<pubDate>${feedDate(feed, item.publishedAt)}</pubDate>`,
      `<description><![CDATA[${paragraphs(item.text)}]]></description>`,
      '</item>',
    ].join('\n'),
  );
  return [
    `<?xml version="1.0" encoding="${feed.declared}"?>`,
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">',
    '<channel>',
    `<title>${escapeXml(feed.name)}</title>`,
    `<link>${origin}${feed.folder}/</link>`,
    `<description>${escapeXml(feed.description)}</description>`,
    `<language>${feed.language}</language>`,
    ...(items[0] ? [`<lastBuildDate>${feedDate(feed, items[0].publishedAt)}</lastBuildDate>`] : []),
    ...entries,
    '</channel>',
    '</rss>',
    '',
  ].join('\n');
}

function renderAtom(feed: DemoFeed, items: readonly DemoItem[], origin: string): string {
  const entries = items.map((item) =>
    [
      '<entry>',
      `<id>${escapeXml(item.guid)}</id>`,
      `<title>${escapeXml(item.title)}</title>`,
      `<link rel="alternate" type="text/html" href="${origin}${item.path}"/>`,
      `<published>${isoEast(item.publishedAt)}</published>`,
      `<updated>${isoEast(item.publishedAt)}</updated>`,
      ...(item.author ? [`<author><name>${escapeXml(item.author)}</name></author>`] : []),
      `<content type="html">${escapeXml(paragraphs(item.text))}</content>`,
      '</entry>',
    ].join('\n'),
  );
  return [
    `<?xml version="1.0" encoding="${feed.declared}"?>`,
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
    `<id>tag:wangchuan.example,2020:${feed.id}</id>`,
    `<title>${escapeXml(feed.name)}</title>`,
    `<subtitle>${escapeXml(feed.description)}</subtitle>`,
    `<link rel="self" href="${origin}${feed.feedPath}"/>`,
    ...(items[0] ? [`<updated>${isoEast(items[0].publishedAt)}</updated>`] : []),
    ...entries,
    '</feed>',
    '',
  ].join('\n');
}

function renderRdf(feed: DemoFeed, items: readonly DemoItem[], origin: string): string {
  const entries = items.map((item) =>
    [
      `<item rdf:about="${origin}${item.path}">`,
      `<title>${escapeXml(item.title)}</title>`,
      `<link>${origin}${item.path}</link>`,
      `<description>${escapeXml(item.text)}</description>`,
      ...(item.author ? [`<dc:creator>${escapeXml(item.author)}</dc:creator>`] : []),
      `<dc:date>${isoEast(item.publishedAt)}</dc:date>`,
      '</item>',
    ].join('\n'),
  );
  return [
    `<?xml version="1.0" encoding="${feed.declared}"?>`,
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">',
    `<channel rdf:about="${origin}${feed.feedPath}">`,
    `<title>${escapeXml(feed.name)}</title>`,
    `<link>${origin}${feed.folder}/</link>`,
    `<description>${escapeXml(feed.description)}</description>`,
    `<items><rdf:Seq>${items.map((item) => `<rdf:li rdf:resource="${origin}${item.path}"/>`).join('')}</rdf:Seq></items>`,
    '</channel>',
    ...entries,
    '</rdf:RDF>',
    '',
  ].join('\n');
}

function feedDate(feed: DemoFeed, at: Date): string {
  if (feed.dates === 'iso') return isoEast(at);
  return feed.dates === 'zoneless' ? localStamp(at) : rfc822East(at);
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Mon, 02 Nov 2026 09:05:00 +0800 */
function rfc822East(at: Date): string {
  const t = wallTime(at);
  return `${DAYS[t.weekday]}, ${two(t.day)} ${MONTHS[t.month - 1]} ${t.year} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} +0800`;
}

/** 2026-11-02T09:05:00+08:00 */
function isoEast(at: Date): string {
  return `${localStamp(at).replace(' ', 'T')}+08:00`;
}

/** The text as the HTML that feeds carry. */
export function paragraphs(text: string): string {
  return text
    .split('\n')
    .map((line) => `<p>${escapeXml(line)}</p>`)
    .join('');
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
