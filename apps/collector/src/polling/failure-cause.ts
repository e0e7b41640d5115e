import type { SourceCause } from '@huiying/contracts';
import type { FetchFailure } from '@huiying/fetching';
import type { UnreadableFeed } from '../feeds/index.js';
import type { UnreadableJson, UnreadableList } from '../pages/index.js';

/** Answers by which a site says that we are not wanted; 412 is what a widespread firewall answers to whom it takes for a robot. */
const REFUSALS = new Set([401, 403, 405, 406, 407, 412, 418, 429, 451]);

/** What a fetch that failed means for the officer. */
export function causeOfFetch({ kind, status }: Pick<FetchFailure, 'kind' | 'status'>): SourceCause {
  if (kind === 'http-status') {
    if (status === 404 || status === 410) return 'gone';
    return status !== null && REFUSALS.has(status) ? 'blocked' : 'unreachable';
  }
  return kind;
}

type Unreadable = UnreadableFeed['kind'] | UnreadableList['kind'] | UnreadableJson['kind'];

/** What a document that could not be read means: the same document is another matter where the source could be read before. */
export function causeOfDocument(kind: Unreadable): SourceCause {
  switch (kind) {
    case 'empty':
      return 'empty';
    case 'challenge':
      return 'blocked';
    case 'damaged':
    case 'bad-selector':
      return 'unreadable';
    case 'web-page':
    case 'no-feed':
    case 'no-json':
    case 'no-list':
      return 'layout-changed';
  }
}

/** More of the characters than this unreadable, and nobody can read the text. */
const GARBLED_SHARE = 0.02;

/** What is odd about entries that could be read: none at all, or characters that mean nothing. */
export function oddityOf(items: readonly { title: string; text: string }[]): SourceCause | null {
  if (items.length === 0) return 'empty';
  const all = items.map(({ title, text }) => title + text.slice(0, 500)).join('');
  const lost = all.split('\ufffd').length - 1;
  return lost > all.length * GARBLED_SHARE ? 'encoding' : null;
}
