import { lazy, Suspense, useState } from 'react';
import { useSession } from '../session/session.js';

const CallerDialog = lazy(() => import('./caller-dialog.js'));

/** For those who may see a caller: the desk. Others are not offered it. */
export function CallerButton({ orderNo }: { orderNo: string }) {
  const [isOpen, setOpen] = useState(false);
  const { role } = useSession().person;
  if (role !== 'duty-officer' && role !== 'supervisor') return null;
  return (
    <>
      <button type="button" className="plain-button" onClick={() => setOpen(true)} data-testid="open-caller">
        查看诉求人
      </button>
      {isOpen && (
        <Suspense>
          <CallerDialog orderNo={orderNo} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
