import { useState } from 'react';
import { Link } from 'react-router';
import type { CommitmentView } from '@huiying/contracts/http';
import { steps } from '../api/steps.js';
import { StateTag } from '../marks/state-tag.js';
import { OrganName } from '../marks/organ-name.js';
import { ActButton } from '../states/act-button.js';
import { FormDialog } from '../states/form-dialog.js';

const TOUCHES = ['cases', 'commitments'];

/** One promise: who owes it, until when, what became of it. */
export function CommitmentRow({ item, isInCase = false }: { item: CommitmentView; isInCase?: boolean }) {
  const [open, setOpen] = useState<'keep' | 'drop' | null>(null);
  const [look, word] = item.isOverdue
    ? (['wrong', '逾期未兑现'] as const)
    : item.state === 'open'
      ? (['moving', '兑现中'] as const)
      : item.state === 'kept'
        ? (['done', '已兑现'] as const)
        : (['aside', '已取消'] as const);
  const action = (name: 'keep' | 'drop') => ({ ...item.actions.find((one) => one.action === name)!, action: `commitment-${name}` });
  return (
    <div className="task-line" data-testid="commitment-row" data-state={item.isOverdue ? 'overdue' : item.state}>
      <p className="task-line-head">
        <b>
          <OrganName name={item.departmentName} />
        </b>
        <StateTag look={look} word={word} state={item.state} />
        {item.dueOn !== null && <span className={`small ${item.isOverdue ? 'overdue-word' : 'quiet'}`}>{item.dueOn} 前</span>}
      </p>
      <p>{item.text}</p>
      {item.note !== null && (
        <p className="task-said">
          {item.state === 'kept' ? '落实：' : '取消：'}
          {item.note}{' '}
          {item.proofUrl !== null && (
            <a href={item.proofUrl} target="_blank" rel="noreferrer noopener">
              公开链接
            </a>
          )}
        </p>
      )}
      <p className="small quiet">
        {!isInCase && (
          <>
            <Link to={`/cases/${item.caseId}`}>{item.caseNo}</Link> {item.caseTitle} ·{' '}
          </>
        )}
        {item.source} · {item.madeBy}登记
      </p>
      {item.state === 'open' && (
        <div className="sheet-acts no-print">
          <ActButton action={action('keep')} size="small" onClick={() => setOpen('keep')}>
            登记兑现
          </ActButton>
          <ActButton action={action('drop')} size="small" onClick={() => setOpen('drop')}>
            取消
          </ActButton>
        </div>
      )}
      {open === 'keep' && (
        <FormDialog
          title="登记兑现"
          okText="登记"
          subject={item.text}
          testId="commitment-keep"
          fields={[
            { name: 'note', label: '落实情况', kind: 'area', missing: '请写落实情况' },
            { name: 'publishedAt', label: '公开时间', kind: 'instant', missing: '请填写公开时间' },
            { name: 'url', label: '公开链接', kind: 'address' },
            { name: 'file', label: '证明材料（没有链接时必须上传）', kind: 'file' },
          ]}
          run={(values) => steps.settleCommitment(item.id, 'keep', values)}
          done="已登记兑现"
          touches={TOUCHES}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'drop' && (
        <FormDialog
          title="取消承诺"
          okText="取消承诺"
          subject={item.text}
          testId="commitment-drop"
          danger
          fields={[{ name: 'reason', label: '理由', kind: 'area', missing: '请写明理由' }]}
          run={(values) => steps.settleCommitment(item.id, 'drop', values)}
          done="已取消"
          touches={TOUCHES}
          effect="取消后不能恢复；须向公众说明的，请另发口径。"
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}
