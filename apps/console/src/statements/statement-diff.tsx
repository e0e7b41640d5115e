import { useMemo } from 'react';
import { differenceOf } from './diff-text.js';

/** What was taken out of an older text and what was put in, for the eye and (by `ins` and `del`) for the screen reader. */
export function StatementDiff({ before, after }: { before: string; after: string }) {
  const parts = useMemo(() => differenceOf(before, after), [before, after]);
  return (
    <p className="statement-text" data-testid="statement-diff">
      {parts.map(({ kind, text }, at) =>
        kind === 'added' ? <ins key={at}>{text}</ins> : kind === 'removed' ? <del key={at}>{text}</del> : <span key={at}>{text}</span>,
      )}
    </p>
  );
}
