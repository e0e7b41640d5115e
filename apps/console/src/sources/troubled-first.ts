import type { SourceView } from '@huiying/contracts/http';

const RANK: Record<SourceView['state'], number> = { failing: 0, silent: 1, paused: 2, ok: 3 };

/** Sources that fail, then silent ones, then the rest; among equals the one that last brought something stands last. */
export function troubledFirst(sources: readonly SourceView[]): SourceView[] {
  return [...sources].sort(
    (one, other) => RANK[one.state] - RANK[other.state] || (one.lastNewItemAt ?? '').localeCompare(other.lastNewItemAt ?? ''),
  );
}
