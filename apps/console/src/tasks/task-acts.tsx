import { lazy, Suspense, useState } from 'react';
import type { TaskDetail } from '@huiying/contracts/http';
import { actionOf } from '../alerts/alert-acts.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { useShortcuts } from '../shortcuts/use-shortcuts.js';
import { ActButton } from '../states/act-button.js';

const ReturnDialog = lazy(() => import('./return-dialog.js'));
const ReplyDialog = lazy(() => import('./reply-dialog.js'));

/** 签收, 退回, 反馈: what the task waits for is the first button, under the thumb on a phone. */
export function TaskActs({ task }: { task: TaskDetail }) {
  const [open, setOpen] = useState<'return' | 'reply' | null>(null);
  const sign = useStep({ run: () => steps.acknowledge(task.id), done: '已签收，请在时限内反馈', touches: ['tasks', 'cases', 'board'] });
  const [acknowledge, giveBack, reply] = [
    actionOf(task.actions, 'acknowledge'),
    actionOf(task.actions, 'return'),
    actionOf(task.actions, 'reply'),
  ];
  useShortcuts([{ keys: 'a', does: '签收', run: () => acknowledge.allowed && sign.mutate(undefined) }]);
  if (!acknowledge.allowed && !giveBack.allowed && !reply.allowed)
    return <p className="task-no-acts quiet small">{reply.whyNot ?? acknowledge.whyNot}</p>;
  const close = () => setOpen(null);
  return (
    <div className="task-acts no-print" data-testid="task-acts">
      {acknowledge.allowed && (
        <ActButton type="primary" action={acknowledge} loading={sign.isPending} onClick={() => sign.mutate(undefined)}>
          签收
        </ActButton>
      )}
      <ActButton type={acknowledge.allowed ? 'default' : 'primary'} action={reply} onClick={() => setOpen('reply')}>
        反馈
      </ActButton>
      <ActButton action={giveBack} onClick={() => setOpen('return')}>
        退回
      </ActButton>
      <Suspense>
        {open === 'return' && <ReturnDialog task={task} onClose={close} />}
        {open === 'reply' && <ReplyDialog task={task} onClose={close} />}
      </Suspense>
    </div>
  );
}
