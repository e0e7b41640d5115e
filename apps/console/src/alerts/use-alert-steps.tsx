import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { AlertView } from '@huiying/contracts/http';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';

const ConfirmDialog = lazy(() => import('./confirm-dialog.js'));
const FalseAlarmDialog = lazy(() => import('./false-alarm-dialog.js'));

export interface AlertSteps {
  seen: (alert: AlertView) => void;
  confirm: (alert: AlertView) => void;
  falseAlarm: (alert: AlertView) => void;
  busyId: string | null;
  /** To be placed once on the page. */
  dialogs: ReactNode;
}

/** 知悉, 研判定级 and 误报, wherever an alert is shown. */
export function useAlertSteps(): AlertSteps {
  const [asking, setAsking] = useState<{ about: AlertView; step: 'confirm' | 'false-alarm' } | null>(null);
  const seen = useStep({ run: (alert: AlertView) => steps.markSeen(alert.id), done: '已知悉', touches: ['board', 'alerts'] });
  const close = () => setAsking(null);
  return {
    seen: (alert) => seen.mutate(alert),
    confirm: (about) => setAsking({ about, step: 'confirm' }),
    falseAlarm: (about) => setAsking({ about, step: 'false-alarm' }),
    busyId: seen.isPending ? seen.variables.id : null,
    dialogs: (
      <Suspense>
        {asking?.step === 'confirm' && <ConfirmDialog alert={asking.about} onClose={close} />}
        {asking?.step === 'false-alarm' && <FalseAlarmDialog alert={asking.about} onClose={close} />}
      </Suspense>
    ),
  };
}
