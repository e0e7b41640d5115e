import { Popover } from 'antd';
import { lazy, Suspense, type ReactNode } from 'react';
import { Loading } from '../states/loading.js';
import type { Aspect } from './aspects.js';

const WhyAlert = lazy(() => import('./why-alert.js'));

/** A tag that opens: a click shows why it was judged so. */
export function JudgementDoor({ alertId, aspect, children }: { alertId: string; aspect: Aspect; children: ReactNode }) {
  return (
    <Popover
      trigger="click"
      destroyOnHidden
      placement="bottomLeft"
      content={
        <div className="door-sheet">
          <Suspense fallback={<Loading lines={3} />}>
            <WhyAlert alertId={alertId} aspect={aspect} />
          </Suspense>
        </div>
      }
    >
      <button type="button" className="door" title="点开看依据" data-testid={`door-${aspect}`}>
        {children}
      </button>
    </Popover>
  );
}
