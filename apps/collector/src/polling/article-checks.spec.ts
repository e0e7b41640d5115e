import type { ArticleCheckRow } from '@huiying/persistence';
import { checkOf, dueChecks, MOST_CHECKS } from './article-checks.js';

const NOW = new Date('2026-11-02T09:00:00Z');
const hours = (n: number) => new Date(NOW.getTime() + n * 3_600_000);
const article = (url: string, title = url) => ({ url, title, text: '', publishedAt: null });
const check = (url: string, given: Partial<ArticleCheckRow> = {}): ArticleCheckRow => ({
  url,
  listed: url,
  etag: null,
  lastModified: null,
  checks: 0,
  checkedAt: hours(-1),
  nextAt: hours(0),
  ...given,
});
const byUrl = (...rows: ArticleCheckRow[]) => new Map(rows.map((row) => [row.url, row]));

describe('checkOf', () => {
  it.each([
    [0, 1],
    [1, 3],
    [2, 20],
    [3, 48],
    [4, null],
  ])('after %d looks the next is in %p hours', (checks, next) =>
    expect(checkOf(article('a'), NOW, { checks, etag: null, lastModified: null }).nextAt).toEqual(next === null ? null : hours(next)),
  );
});

describe('dueChecks', () => {
  it.each<[string, ArticleCheckRow, boolean]>([
    ['whose time has come', check('a'), true],
    ['whose time comes in a second', check('a', { nextAt: new Date(NOW.getTime() + 1_000) }), false],
    ['that was looked at often enough', check('a', { nextAt: null }), false],
    ['that the list calls otherwise', check('a', { listed: '征求意见稿', nextAt: null }), true],
  ])('an article %s: %p', (_, row, isDue) => expect(dueChecks([article('a')], byUrl(row), NOW).due).toHaveLength(isDue ? 1 : 0));

  it('takes up what was known before checks were kept, an hour from now', () =>
    expect(dueChecks([article('a'), article('a')], new Map(), NOW)).toEqual({
      due: [],
      takenUp: [check('a', { checkedAt: NOW, nextAt: hours(1) })],
    }));

  it('is bounded, renamed ones first, then those that wait longest', () => {
    const rows = Array.from({ length: 9 }, (_, i) => check(`${i}`, { checkedAt: hours(-i) }));
    rows[4] = check('4', { listed: '另一个标题', nextAt: hours(5) });
    const { due } = dueChecks(rows.map(({ url }) => article(url)), byUrl(...rows), NOW); // prettier-ignore
    expect(due).toHaveLength(MOST_CHECKS);
    expect(due.map((one) => one.article.url)).toEqual(['4', '8', '7', '6', '5']);
  });
});
