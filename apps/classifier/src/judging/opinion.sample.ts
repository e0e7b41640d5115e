import type { OpinionCollectedV1 } from '@huiying/contracts';

/** An opinion for the tests, of a local forum unless said otherwise. */
export function opinionOf(given: Partial<OpinionCollectedV1['data']>): OpinionCollectedV1['data'] {
  return {
    opinionId: '3f0c2a44-6a6e-4f1e-9d0e-0f6f1b6f9c01',
    revision: 1,
    sourceId: 'local',
    sourceName: '望川论坛',
    channel: 'forum',
    title: '',
    text: '',
    url: null,
    author: null,
    publishedAt: '2026-11-20T02:00:00.000Z',
    capturedAt: '2026-11-20T02:05:00.000Z',
    sha256: 'a'.repeat(64),
    order: null,
    ...given,
  };
}
