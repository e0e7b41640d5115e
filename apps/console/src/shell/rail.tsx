import { Link, useLocation } from 'react-router';
import { Icon } from './icons.js';
import { isLit, type NavCount, type NavEntry } from './nav.js';

/** The left rail; on a phone the same entries stand at the bottom, under the thumb. */
export function Rail({ entries, counts }: { entries: readonly NavEntry[]; counts: Record<string, NavCount> }) {
  const { pathname } = useLocation();
  return (
    <nav className={`rail${entries.length === 1 ? ' rail-single' : ''}`} aria-label="主导航">
      <Link to="/" className="brand" aria-label="回应，回到首页">
        回应
      </Link>
      {entries.map((entry) => (
        <RailEntry key={entry.path} entry={entry} count={counts[entry.path]} active={isLit(pathname, entry)} />
      ))}
    </nav>
  );
}

function RailEntry({ entry, count, active }: { entry: NavEntry; count: NavCount | undefined; active: boolean }) {
  const told = count === undefined || count.count === 0 ? undefined : `${count.count} ${count.of}`;
  const testId = `nav-${entry.path === '/' ? 'board' : entry.path.slice(1)}`;
  return (
    <Link to={entry.path} className="rail-entry" aria-current={active ? 'page' : undefined} title={told} data-testid={testId}>
      <Icon name={entry.icon} />
      <span className="rail-word">{entry.word}</span>
      {told !== undefined && (
        <span className={`rail-count${count!.hot ? ' rail-count-hot' : ''}`} aria-label={told}>
          {count!.count > 99 ? '99+' : count!.count}
        </span>
      )}
    </Link>
  );
}
