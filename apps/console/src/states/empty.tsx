import type { ReactNode } from 'react';

/** Nothing here, said in words that fit the place. */
export function Empty({ title, children, testId = 'empty' }: { title: string; children?: ReactNode; testId?: string }) {
  return (
    <div className="stand-in" data-testid={testId}>
      <p className="stand-in-title">{title}</p>
      {children !== undefined && <div className="stand-in-body">{children}</div>}
    </div>
  );
}

interface EmptyListProps {
  /** What the list holds: 舆情单. */
  what: string;
  /** Said where there is none at all. */
  title: string;
  /** Whether a search or a filter is on: then there may be others. */
  narrowed: boolean;
  onClear: () => void;
  /** How something would come here. */
  children?: ReactNode;
}

/** A list without rows: because none fit what was asked, with the way back; or because there are none. */
export function EmptyList({ what, title, narrowed, onClear, children }: EmptyListProps) {
  if (!narrowed) return <Empty title={title}>{children}</Empty>;
  return (
    <Empty title={`没有符合条件的${what}`}>
      <button type="button" className="plain-button" onClick={onClear}>
        清除条件
      </button>
    </Empty>
  );
}
