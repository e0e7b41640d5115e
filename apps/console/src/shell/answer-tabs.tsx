import { Link, useLocation } from 'react-router';
import { useSession } from '../session/session.js';
import { ANSWERING, isWithin } from './nav.js';

/** The pages of answering beside each other; the page that is open is its heading. */
export function AnswerTabs() {
  const { pathname } = useLocation();
  const { role } = useSession().person;
  const pages = role === 'department-lead' ? ANSWERING.filter(({ path }) => path !== '/cases') : ANSWERING;
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
