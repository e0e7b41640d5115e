import { Inject, Injectable } from '@nestjs/common';
import { Clock, linksTo } from '@huiying/domain';
import { decodeDocument } from '@huiying/fetching';
import { articleText, openPage } from '@huiying/fetching/pages';
import type { LinkCheck } from '@huiying/persistence';
import { PageCapture } from '../evidence/index.js';

/** What of a page is read for: whether it leads to the other, and its words. */
interface ReadPage {
  html: string | null;
  bytes?: Buffer;
  failure: string | null;
}

interface Read {
  documentHtml: string | null;
  html: string | null;
  /** The article of the interpretation's page. */
  text: string | null;
}

/** Reads the page of a document and of its interpretation, guarded like every fetch. */
@Injectable()
export class PageLinks {
  constructor(
    @Inject(PageCapture) private readonly pages: PageCapture,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async read(url: string): Promise<ReadPage> {
    const page = await this.pages.capture(url);
    return 'bytes' in page
      ? { html: decodeDocument(page.bytes).text, bytes: page.bytes, failure: null }
      : { html: null, failure: page.failure };
  }

  /** 双向链接: does each page lead to the other? A page that cannot be had is unknown, not wrong. */
  async check(documentUrl: string, interpretationUrl: string): Promise<LinkCheck & Read> {
    const [document, interpretation] = await Promise.all([this.read(documentUrl), this.read(interpretationUrl)]);
    const leads = (from: ReadPage, fromUrl: string, to: string) => (from.html === null ? null : linksTo(from.html, fromUrl, to));
    const failures = [
      document.failure === null ? null : `文件页：${document.failure}`,
      interpretation.failure === null ? null : `解读页：${interpretation.failure}`,
    ].filter((one) => one !== null);
    return {
      documentLeads: leads(document, documentUrl, interpretationUrl),
      interpretationLeads: leads(interpretation, interpretationUrl, documentUrl),
      failure: failures.length === 0 ? null : failures.join('；'),
      at: this.clock.now().toISOString(),
      documentHtml: document.html,
      html: interpretation.html,
      text: await articleOf(interpretation, interpretationUrl),
    };
  }
}

/** What a page says, without navigation, 打印/关闭, 分享 and what else stands around it; null where that cannot be told. */
async function articleOf({ bytes }: ReadPage, url: string): Promise<string | null> {
  if (bytes === undefined) return null;
  const page = openPage({ bytes, contentType: null, url });
  return typeof page === 'string' ? null : articleText(page);
}

/** The words of a page, a line for each block; scripts and styles left out. For comparing, not for showing. */
export function wordsOf(html: string): string {
  return html
    .replace(/<(script|style|noscript|nav|header|footer)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<(?:\/p|\/div|\/li|\/h\d|\/td|br)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;|&#160;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
