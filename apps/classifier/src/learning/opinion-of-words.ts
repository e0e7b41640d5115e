import type { OpinionCollectedV1 } from '@huiying/contracts';

/** Words alone as an opinion, of no source and no time: what reading needs of it is the words. */
export function opinionOfWords(title: string, text: string): OpinionCollectedV1['data'] {
  return {
    opinionId: '00000000-0000-4000-8000-000000000000',
    revision: 1,
    sourceId: 'history',
    sourceName: '历史工单',
    channel: 'other',
    title,
    text,
    url: null,
    author: null,
    publishedAt: null,
    capturedAt: '2000-01-01T00:00:00.000Z',
    sha256: '0'.repeat(64),
    order: null,
  };
}
