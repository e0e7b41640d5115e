import type { DemoItem } from '../demo-step.js';
import { localStamp } from '../moments.js';
import type { OfficialPage } from '../stories/story.js';
import { DEMO_FEEDS, type DemoFeed } from './demo-feeds.js';
import { escapeXml, paragraphs } from './render-feed.js';

const STYLE =
  'body{max-width:46em;margin:2em auto;padding:0 1em;font:17px/1.9 "Noto Sans SC",sans-serif;color:#222}h1{font-size:1.5em;line-height:1.5}p.by{color:#666}p.demo{margin-top:3em;color:#888;font-size:.8em}';
const DEMO_NOTE = '本页为演示内容，望川市及文中单位、人物均为虚构。';

/** The page behind a feed's item. */
export function renderArticle(feed: DemoFeed, item: DemoItem): string {
  const by = [feed.name, item.author, localStamp(item.publishedAt)].filter((part) => part !== null).join('\u3000');
  const note = feed.language === 'zh-tw' ? '本頁為演示內容，望川市及文中單位、人物均為虛構。' : DEMO_NOTE;
  return page(item.title, `<h1>${escapeXml(item.title)}</h1><p class="by">${escapeXml(by)}</p>${paragraphs(item.text)}`, {
    charset: feed.declared,
    note,
  });
}

/** An official statement on the government's site. */
export function renderOfficialPage({ title, publisher, publishedAt, paragraphs: lines }: OfficialPage): Buffer {
  const by = `发布机构：${publisher}\u3000发布时间：${localStamp(publishedAt).slice(0, 16)}`;
  return Buffer.from(
    page(title, `<h1>${escapeXml(title)}</h1><p class="by">${escapeXml(by)}</p>${paragraphs(lines.join('\n'))}`, {
      charset: 'UTF-8',
      note: DEMO_NOTE,
    }),
  );
}

/** The list of the demo's sites. */
export function renderHome(): Buffer {
  const rows = DEMO_FEEDS.map((feed) => `<li>${escapeXml(feed.name)}：<a href="${feed.feedPath}">${feed.feedPath}</a></li>`).join('');
  return Buffer.from(page('望川市演示信源', `<h1>望川市演示信源</h1><ul>${rows}</ul>`, { charset: 'UTF-8', note: DEMO_NOTE }));
}

function page(title: string, body: string, { charset, note }: { charset: string; note: string }): string {
  return [
    '<!DOCTYPE html>',
    '<html>',
    `<head><meta charset="${charset}"><meta name="viewport" content="width=device-width"><title>${escapeXml(title)}</title><style>${STYLE}</style></head>`,
    `<body>${body}<p class="demo">${note}</p></body>`,
    '</html>',
    '',
  ].join('\n');
}
