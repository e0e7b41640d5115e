import { useState } from 'react';
import { Link } from 'react-router';
import type { ExtensionView } from '@huiying/contracts/http';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { WhyButton } from '../cases/why-button.js';
import { OrganName } from '../marks/organ-name.js';
import { StateTag } from '../marks/state-tag.js';
import { ActButton } from '../states/act-button.js';
import { Folded } from '../states/folded.js';
import { FormDialog } from '../states/form-dialog.js';
import { fullTime } from '../time/beijing.js';

export const EXTENSION_TOUCHES = ['extensions', 'deadlines', 'cases', 'tasks', 'board', 'documents'];

const LOOKS = {
  asked: ['moving', '待批准'],
  approved: ['done', '已批准'],
  refused: ['wrong', '未批准'],
  withdrawn: ['aside', '已撤回'],
  lapsed: ['aside', '已失效'],
} as const;

/** One request for a later end: who asks, how much later and why, and the decision. */
export function ExtensionRow({ item, isInClock = false }: { item: ExtensionView; isInClock?: boolean }) {
  const [open, setOpen] = useState<'approve' | 'refuse' | null>(null);
  const withdraw = useStep({ run: () => steps.withdrawExtension(item.id), done: '已撤回', touches: EXTENSION_TOUCHES });
  const [look, word] = LOOKS[item.state];
  const action = (name: string) => item.actions.find((one) => one.action === `${name}-extension`);
  const [approve, refuse, takeBack] = [action('approve'), action('refuse'), action('withdraw')];
  return (
    <div className="task-line" data-testid="extension-row" data-state={item.state}>
      <p className="task-line-head">
        {!isInClock && (
          <WhyButton deadlineId={item.deadlineId}>
            <b>{item.ruleName}</b>
          </WhyButton>
        )}
        <span>
          延期 {item.length}，至 {fullTime(item.until)}
        </span>
        <StateTag look={look} word={word} state={item.state} />
      </p>
      <p>
        <Folded text={item.reason} />
      </p>
      {item.decidedBy !== null && item.state !== 'withdrawn' && (
        <p className="task-said">
          {item.decidedBy} {fullTime(item.decidedAt!)} {item.state === 'approved' ? '批准' : '不予批准'}
          {item.note !== null && <Folded text={`：${item.note}`} />}
        </p>
      )}
      <p className="small quiet">
        {!isInClock && (
          <>
            <Link to={item.subject.link}>{item.subject.no}</Link> {item.subject.title} ·{' '}
          </>
        )}
        {item.departmentName !== null && (
          <>
            <OrganName name={item.departmentName} />{' '}
          </>
        )}
        {item.askedBy} {fullTime(item.askedAt)} 申请 · 原定 {fullTime(item.dueAt)}
      </p>
      {item.state === 'asked' && approve && refuse && takeBack && (
        <div className="sheet-acts no-print">
          {takeBack.allowed ? (
            <ActButton action={takeBack} size="small" loading={withdraw.isPending} onClick={() => withdraw.mutate(undefined)}>
              撤回申请
            </ActButton>
          ) : (
            <>
              <ActButton action={approve} size="small" type="primary" onClick={() => setOpen('approve')}>
                批准
              </ActButton>
              <ActButton action={refuse} size="small" onClick={() => setOpen('refuse')}>
                不予批准
              </ActButton>
            </>
          )}
        </div>
      )}
      {open !== null && <DecideDialog item={item} step={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

function DecideDialog({ item, step, onClose }: { item: ExtensionView; step: 'approve' | 'refuse'; onClose: () => void }) {
  const isApproval = step === 'approve';
  return (
    <FormDialog
      title={isApproval ? '批准延期' : '不予批准'}
      okText={isApproval ? '批准' : '不予批准'}
      subject={`${item.ruleName} · ${item.subject.title}`}
      testId={`extension-${step}`}
      danger={!isApproval}
      fields={[
        isApproval
          ? { name: 'note', label: '批示（可不填）', kind: 'area', rows: 2 }
          : { name: 'reason', label: '理由', kind: 'area', missing: '请写明理由' },
      ]}
      run={(values) => steps.decideExtension(item.id, step, values)}
      done={isApproval ? '已批准，时限已改' : '已退回申请'}
      touches={EXTENSION_TOUCHES}
      effect={isApproval ? `到期改为 ${fullTime(item.until)}，告知承办单位，并记入时限依据。` : '原时限不变，告知承办单位。'}
      onClose={onClose}
    />
  );
}
