import type { ArticleCheckRow } from '@huiying/persistence';
import type { ListedArticle } from '../pages/index.js';

/** Looked at again so many hours after it was read, then not any more unless its list changes what it says: most edits come on the first day. */
const AFTER_HOURS = [1, 3, 20, 48];
const HOUR_MS = 3_600_000;
/** So many in one poll: a site is asked no more often for articles that are known than for new ones. */
export const MOST_CHECKS = 5;

/** An article that is known, and why it is asked for again. */
export interface DueCheck {
  article: ListedArticle;
  check: ArticleCheckRow;
  /** The list calls it otherwise than before: then it is asked for whole. */
  isRenamed: boolean;
}

/** What is kept of an article that was read just now. */
export function checkOf(
  { url, title }: ListedArticle,
  now: Date,
  read: { checks: number; etag: string | null; lastModified: string | null },
): ArticleCheckRow {
  const hours = AFTER_HOURS[read.checks];
  const nextAt = hours === undefined ? null : new Date(now.getTime() + hours * HOUR_MS);
  return { url, listed: title, ...read, checkedAt: now, nextAt };
}

/**
 * Of the articles that are known, those to be looked at again now: first what the list calls otherwise, then what waits longest. What was
 * known before checks were kept is taken up, as if it had been read now.
 */
export function dueChecks(
  known: readonly ListedArticle[],
  checks: ReadonlyMap<string, ArticleCheckRow>,
  now: Date,
): { due: DueCheck[]; takenUp: ArticleCheckRow[] } {
  const once = [...new Map(known.map((article) => [article.url, article])).values()];
  const takenUp = once.filter(({ url }) => !checks.has(url)).map((article) => checkOf(article, now, NOTHING));
  const due = once.flatMap((article) => {
    const check = checks.get(article.url);
    if (check === undefined) return [];
    const isRenamed = check.listed !== article.title;
    return isRenamed || (check.nextAt !== null && check.nextAt <= now) ? [{ article, check, isRenamed }] : [];
  });
  due.sort((a, b) => Number(b.isRenamed) - Number(a.isRenamed) || a.check.checkedAt.getTime() - b.check.checkedAt.getTime());
  return { due: due.slice(0, MOST_CHECKS), takenUp };
}

const NOTHING = { checks: 0, etag: null, lastModified: null };
