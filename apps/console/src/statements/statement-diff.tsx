import { diffChars } from 'diff';
import { useMemo } from 'react';

/** What was taken out of an older text and what was put in, for the eye and (by `ins` and `del`) for the screen reader. */
export function StatementDiff({ before, after }: { before: string; after: string }) {
  const parts = useMemo(() => diffChars(before, after), [before, after]);
  return (
    <p className="statement-text" data-testid="statement-diff">
      {parts.map((part, at) =>
        part.added ? (
          <ins key={at}>{part.value}</ins>
        ) : part.removed ? (
          <del key={at}>{part.value}</del>
        ) : (
          <span key={at}>{part.value}</span>
        ),
      )}
    </p>
  );
}
