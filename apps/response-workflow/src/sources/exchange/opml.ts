import { load } from 'cheerio/slim';
import type { SourceSetting } from '@huiying/contracts';
import type { WrittenSource } from './new-setting.js';

/** Our own attributes beside those of OPML, so that a file that we wrote brings everything back. */
const OWN = 'huiying';

/** The feeds that an OPML 1.0 or 2.0 file names, in whatever folders. Other things in it are left alone. */
export function readOpml(text: string): WrittenSource[] {
  const $ = load(text, { xml: { withStartIndices: true, decodeEntities: true } });
  return $('outline')
    .toArray()
    .flatMap((outline) => {
      const { attribs } = outline;
      const url = attribs.xmlUrl ?? attribs.xmlurl ?? attribs.xmlURL;
      if (url === undefined) return [];
      const line = text.slice(0, outline.startIndex ?? 0).split('\n').length;
      return [{ line, setting: { name: attribs.title ?? attribs.text ?? '', url, ...ownSetting(attribs[OWN]) } }];
    });
}

function ownSetting(written: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(written ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/(?![\t\n\r])\p{Cc}/gu, '');

/** The sources as OPML 2.0, which every feed reader takes; pages and interfaces are in it for us to read again. */
export function writeOpml(settings: readonly SourceSetting[], title: string): string {
  const outlines = settings.flatMap(({ url, name, ...rest }) => {
    if (url === null) return [];
    const own = escape(JSON.stringify(rest));
    return [
      `    <outline type="${rest.kind === 'feed' ? 'rss' : 'link'}" text="${escape(name)}" title="${escape(name)}" xmlUrl="${escape(url)}" ${OWN}="${own}"/>`,
    ];
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>${escape(title)}</title></head>\n  <body>\n${outlines.join('\n')}\n  </body>\n</opml>\n`;
}
