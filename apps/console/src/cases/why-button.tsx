import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';

/** Opens the ledger of a deadline. It lives in the address, so that it can be sent and gone back from. */
export function WhyButton({ deadlineId, children }: { deadlineId: string; children: ReactNode }) {
  const [, setParameters] = useSearchParams();
  const open = () => setParameters((before) => (before.set('why', deadlineId), before));
  return (
    <button type="button" className="door why-button" onClick={open} title="为什么是这个时间" data-testid="why-button">
      {children}
    </button>
  );
}
