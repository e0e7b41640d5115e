import { Link, useLocation } from 'react-router';
import { REPORT_PAGES } from '../shell/nav.js';

/** The pages of reports beside each other; the page that is open is its heading. */
export function ReportTabs() {
  const { pathname } = useLocation();
  return (
    <nav className="answer-tabs" aria-label="报告">
      {REPORT_PAGES.map(({ path, word }) =>
        pathname === path ? (
          <h1 key={path} aria-current="page">
            {word}
          </h1>
        ) : (
          <Link key={path} to={path} data-testid={`tab${path.replaceAll('/', '-')}`}>
            {word}
          </Link>
        ),
      )}
    </nav>
  );
}
