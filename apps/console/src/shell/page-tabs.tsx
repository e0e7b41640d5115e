import { Link, useLocation } from 'react-router';
import { isWithin } from './nav.js';

interface PageTabsProps {
  /** What the pages have in common. */
  label: string;
  pages: readonly { path: string; word: string }[];
}

/** Pages beside each other that share one entry of the rail; the page that is open is its heading. */
export function PageTabs({ label, pages }: PageTabsProps) {
  const { pathname } = useLocation();
  const open = pages.filter(({ path }) => isWithin(pathname, path)).sort((a, b) => b.path.length - a.path.length)[0];
  return (
    <nav className="answer-tabs" aria-label={label}>
      {pages.map(({ path, word }) =>
        path === open?.path ? (
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
