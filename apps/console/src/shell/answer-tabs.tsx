import { Link, useLocation } from 'react-router';
import { useSession } from '../session/session.js';
import { ANSWERING, HOTLINE, isWithin } from './nav.js';

const DESK_ONLY: ReadonlySet<string> = new Set(['/cases', '/callbacks', '/reconciliations', '/orders-figures']);

/** The pages of answering beside each other; the page that is open is its heading. */
export function AnswerTabs() {
  const { pathname } = useLocation();
  const { role } = useSession().person;
  const row: readonly { path: string; word: string }[] = HOTLINE.some(({ path }) => isWithin(pathname, path)) ? HOTLINE : ANSWERING;
  const pages = role === 'department-lead' ? row.filter(({ path }) => !DESK_ONLY.has(path)) : row;
  return (
    <nav className="answer-tabs" aria-label="回应">
      {pages.map(({ path, word }) =>
        isWithin(pathname, path) ? (
          <h1 key={path} aria-current="page">
            {word}
          </h1>
        ) : (
          <Link key={path} to={path} data-testid={`answer-${path.slice(1)}`}>
            {word}
          </Link>
        ),
      )}
    </nav>
  );
}
