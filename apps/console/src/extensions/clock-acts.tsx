import { useState } from 'react';
import type { DeadlineWhy } from '@huiying/contracts/http';
import { actionOf } from '../alerts/alert-acts.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { ActButton } from '../states/act-button.js';
import { FormDialog } from '../states/form-dialog.js';
import { fullTime } from '../time/beijing.js';
import { EXTENSION_TOUCHES, ExtensionRow } from './extension-row.js';

/** 延期与暂停 of one clock: what was asked for, and what may be done now. Nothing where its rule allows neither. */
export function ClockActs({ why }: { why: DeadlineWhy }) {
  const [open, setOpen] = useState<'extend' | 'pause' | null>(null);
  const { deadline, extensionLimit, pausableFor, requests } = why;
  const resume = useStep({ run: () => steps.resumeClock(deadline.id), done: '已恢复计时', touches: EXTENSION_TOUCHES });
  if (extensionLimit === null && pausableFor.length === 0 && requests.length === 0) return null;
  const isPaused = deadline.state === 'paused';
  return (
    <section data-testid="clock-acts">
      <h3 className="sheet-part">延期与暂停</h3>
      {extensionLimit !== null && (
        <p className="small quiet">
          规则允许合计延长 {extensionLimit.most}（尚余 {extensionLimit.left}、{extensionLimit.times} 次），到期前提出，由
          {extensionLimit.approver}
          批准。
        </p>
      )}
      {pausableFor.length > 0 && <p className="small quiet">可因{pausableFor.join('、')}暂停计时，由带班领导批准。</p>}
      {requests.map((request) => (
        <ExtensionRow key={request.id} item={request} isInClock />
      ))}
      <div className="sheet-acts no-print">
        {extensionLimit !== null && (
          <ActButton action={actionOf(why.actions, 'extend')} onClick={() => setOpen('extend')}>
            申请延期
          </ActButton>
        )}
        {pausableFor.length > 0 && !isPaused && (
          <ActButton action={actionOf(why.actions, 'pause')} onClick={() => setOpen('pause')}>
            暂停计时
          </ActButton>
        )}
        {isPaused && (
          <ActButton action={actionOf(why.actions, 'resume')} loading={resume.isPending} onClick={() => resume.mutate(undefined)}>
            恢复计时
          </ActButton>
        )}
      </div>
      {open === 'extend' && <ExtendDialog why={why} onClose={() => setOpen(null)} />}
      {open === 'pause' && <PauseDialog why={why} onClose={() => setOpen(null)} />}
    </section>
  );
}

function ExtendDialog({ why: { deadline, extensionLimit }, onClose }: { why: DeadlineWhy; onClose: () => void }) {
  return (
    <FormDialog
      title="申请延期"
      okText="提交申请"
      subject={`${deadline.ruleName} · ${deadline.subject.title}`}
      testId="extend"
      fields={[
        {
          name: 'until',
          label: '拟延至',
          kind: 'future-instant',
          missing: '请填写拟延至的时间',
          hint: `原定 ${fullTime(deadline.dueAt)}，最多再延 ${extensionLimit?.left ?? ''}；按日计的到当日下班为限。`,
        },
        { name: 'reason', label: '理由', kind: 'area', missing: '请写明理由', placeholder: '已做了什么、还差什么、为何不能按期' },
      ]}
      run={(values) => steps.askExtension(deadline.id, values)}
      done="已提交，批准前照常计时"
      touches={EXTENSION_TOUCHES}
      effect="告知带班领导审批。批准前照常计时、照常提醒；未批准的按原时限办理。"
      onClose={onClose}
    />
  );
}

function PauseDialog({ why: { deadline, pausableFor }, onClose }: { why: DeadlineWhy; onClose: () => void }) {
  return (
    <FormDialog
      title="暂停计时"
      okText="暂停"
      subject={`${deadline.ruleName} · ${deadline.subject.title}`}
      testId="pause"
      fields={[
        {
          name: 'ground',
          label: '事由',
          kind: 'select',
          missing: '请选择规则允许的事由',
          choices: pausableFor.map((value) => ({ value, label: value })),
          initial: pausableFor[0],
        },
        { name: 'reason', label: '具体情况', kind: 'area', missing: '请写明具体情况' },
      ]}
      run={(values) => steps.pauseClock(deadline.id, values)}
      done="已暂停计时"
      touches={EXTENSION_TOUCHES}
      effect="暂停期间不计时、不提醒；恢复后到期时间顺延，并记入时限依据。"
      onClose={onClose}
    />
  );
}
