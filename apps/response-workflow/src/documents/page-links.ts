import { Inject, Injectable } from '@nestjs/common';
import { Clock, linksTo } from '@huiying/domain';
import { decodeDocument } from '@huiying/fetching';
import type { LinkCheck } from '@huiying/persistence';
import { PageCapture } from '../evidence/index.js';

/** What of a page is read for: whether it leads to the other, and its words. */
interface ReadPage {
  html: string | null;
  failure: string | null;
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
    return 'bytes' in page ? { html: decodeDocument(page.bytes).text, failure: null } : { html: null, failure: page.failure };
  }

  /** 双向链接: does each page lead to the other? A page that cannot be had is unknown, not wrong. */
  async check(documentUrl: string, interpretationUrl: string): Promise<LinkCheck & { documentHtml: string | null; html: string | null }> {
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
    };
  }
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
