import { Link, useLocation } from 'react-router';
import { DUTY_PAGES } from '../shell/nav.js';

/** The pages of keeping watch beside each other; the page that is open is its heading. */
export function DutyTabs() {
  const { pathname } = useLocation();
  return (
    <nav className="answer-tabs" aria-label="值班">
      {DUTY_PAGES.map(({ path, word }) =>
        pathname === path ? (
          <h1 key={path} aria-current="page">
            {word}
          </h1>
        ) : (
          <Link key={path} to={path} data-testid={`duty-${path.slice(1).replace('/', '-')}`}>
            {word}
          </Link>
        ),
      )}
    </nav>
  );
}
