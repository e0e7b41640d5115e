import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Fetcher } from '@huiying/fetching';
import { ENVIRONMENT } from '@huiying/platform';
import type { Environment } from '@huiying/settings';

/** A published page as it stood when the proof was registered, or why it could not be kept. */
export type CapturedPage = { bytes: Buffer } | { failure: string };

/** Somebody waits for the answer: a page that takes longer is registered without its copy. */
const CAPTURE_MS = 8_000;
const LARGEST_PAGE_BYTES = 6_000_000;

/** Keeps the page a proof points to. Guarded against private addresses like every fetch. */
@Injectable()
export class PageCapture implements OnModuleDestroy {
  private readonly fetcher: Fetcher;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.fetcher = new Fetcher({
      allow: environment.fetchAllow,
      userAgent: 'Huiying/0.1 (evidence capture of a city government)',
      limits: { totalMs: CAPTURE_MS, idleMs: CAPTURE_MS, receivedBytes: LARGEST_PAGE_BYTES, decompressedBytes: LARGEST_PAGE_BYTES },
    });
  }

  async capture(url: string): Promise<CapturedPage> {
    const answer = await this.fetcher.fetch(url);
    if (answer.outcome === 'fetched') return { bytes: answer.bytes };
    return { failure: answer.outcome === 'failed' ? answer.said : '对方未返回内容' };
  }

  async onModuleDestroy(): Promise<void> {
    await this.fetcher.close();
  }
}
