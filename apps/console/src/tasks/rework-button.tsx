import { useState } from 'react';
import type { TaskView } from '@huiying/contracts/http';
import { actionOf } from '../alerts/alert-acts.js';
import { steps } from '../api/steps.js';
import { FormDialog } from '../states/form-dialog.js';

/** 重办: offered where an answered task may be given back to be done again. */
export function ReworkButton({ task }: { task: TaskView }) {
  const [open, setOpen] = useState(false);
  if (!actionOf(task.actions, 'rework').allowed) return null;
  return (
    <p className="no-print">
      <button type="button" className="plain-button" onClick={() => setOpen(true)} data-testid="act-rework">
        要求重办
      </button>
      {open && (
        <FormDialog
          title={`要求${task.departmentName}重办`}
          okText="要求重办"
          testId="rework"
          fields={[{ name: 'reason', label: '理由', kind: 'area', missing: '请写明哪里没有办到位' }]}
          run={({ reason }) => steps.rework(task.id, String(reason))}
          done="已要求重办，已通知其负责人"
          touches={['cases', 'tasks', 'board']}
          effect="任务回到处置中，计入重办次数，通知承办单位负责人。"
          onClose={() => setOpen(false)}
        />
      )}
    </p>
  );
}
