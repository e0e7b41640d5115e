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
