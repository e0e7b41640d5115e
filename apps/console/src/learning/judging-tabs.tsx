import { Link, useLocation } from 'react-router';
import { isWithin, JUDGING } from '../shell/nav.js';

/** What was judged, and how well, beside each other; the page that is open is its heading. */
export function JudgingTabs() {
  const { pathname } = useLocation();
  return (
    <nav className="answer-tabs" aria-label="研判">
      {JUDGING.map(({ path, word }) =>
        isWithin(pathname, path) ? (
          <h1 key={path} aria-current="page">
            {word}
          </h1>
        ) : (
          <Link key={path} to={path} data-testid={`judging-${path.slice(1)}`}>
            {word}
          </Link>
        ),
      )}
    </nav>
  );
}
