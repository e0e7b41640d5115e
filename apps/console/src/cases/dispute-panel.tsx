import { lazy, Suspense, useState } from 'react';
import type { CaseDetail, DisputeView } from '@huiying/contracts/http';
import { actionOf } from '../alerts/alert-acts.js';
import { ActButton } from '../states/act-button.js';
import { Folded } from '../states/folded.js';
import { monthDayTime } from '../time/beijing.js';

const AssignDialog = lazy(() => import('./assign-dialog.js'));

/** 管辖争议: who gave it back and why, who holds it meanwhile, whom to give it and on what grounds. */
export function DisputePanel({ item, dispute }: { item: CaseDetail; dispute: DisputeView }) {
  const [open, setOpen] = useState(false);
  return (
    <section className="panel dispute" aria-labelledby="dispute-head" data-testid="dispute-panel">
      <div className="panel-head">
        <h2 id="dispute-head">管辖争议待裁定</h2>
        <span className="small quiet">{monthDayTime(dispute.dueAt)} 前裁定，逾期由兜底单位承办</span>
      </div>
      <div className="panel-body">
        <p>
          <Folded text={`${dispute.returnedBy}退回：${dispute.reason}`} />
        </p>
        <p>
          裁定前仍由 <b>{dispute.holder}</b> 负责（首接负责），舆情单时限照走。
        </p>
        {dispute.suggestions.length > 0 && (
          <ul className="dispute-owners">
            {dispute.suggestions.map((one) => (
              <li key={one.departmentId}>
                <b>{one.name}</b>{' '}
                <span className="small quiet">
                  <Folded text={one.grounds.join('；')} />
                </span>
              </li>
            ))}
          </ul>
        )}
        <ActButton type="primary" action={actionOf(item.actions, 'assign')} onClick={() => setOpen(true)}>
          裁定并交办
        </ActButton>
      </div>
      <Suspense>{open && <AssignDialog item={item} onClose={() => setOpen(false)} />}</Suspense>
    </section>
  );
}
