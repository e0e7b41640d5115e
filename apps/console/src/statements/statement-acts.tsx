import { lazy, Suspense, useState } from 'react';
import type { StatementDetail } from '@huiying/contracts/http';
import { actionOf } from '../alerts/alert-acts.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { ActButton } from '../states/act-button.js';
import { FormDialog, type FormField } from '../states/form-dialog.js';

const WriteDialog = lazy(() => import('./write-dialog.js'));

const WORDS = {
  edit: '修改',
  submit: '送审',
  clear: '通过保密审查',
  'send-back': '退改',
  approve: '批准',
  publish: '登记发布',
  revise: '更正',
  withdraw: '作废',
} as const;
type Act = keyof typeof WORDS;
/** Steps that are the way on; the others stand behind them. */
const ON: readonly Act[] = ['submit', 'clear', 'approve', 'publish'];
/** In which state a step is offered at all: eight grey buttons help nobody. */
const OFFERED: Record<StatementDetail['state'], readonly Act[]> = {
  draft: ['submit', 'edit', 'withdraw'],
  review: ['clear', 'send-back', 'withdraw'],
  cleared: ['approve', 'send-back', 'withdraw'],
  approved: ['publish', 'send-back', 'withdraw'],
  published: ['revise'],
  withdrawn: [],
};
const TOUCHES = ['statements', 'cases', 'board', 'deadlines'];
const REASON: FormField = { name: 'reason', label: '理由', kind: 'area', missing: '请写明理由' };

/** The lawful next steps of a statement. */
export function StatementActs({ item }: { item: StatementDetail }) {
  const [open, setOpen] = useState<Act | null>(null);
  const close = () => setOpen(null);
  const submit = useStep({ run: () => steps.submitStatement(item.id), done: '已送审，已通知值班台作保密审查', touches: TOUCHES });
  if (item.actions.length === 0) return null;
  return (
    <div className="sheet-acts no-print">
      {OFFERED[item.state].map((act) => (
        <ActButton
          key={act}
          type={ON.includes(act) ? 'primary' : 'default'}
          action={actionOf(item.actions, act)}
          loading={act === 'submit' && submit.isPending}
          onClick={() => (act === 'submit' ? submit.mutate(undefined) : setOpen(act))}
        >
          {WORDS[act]}
        </ActButton>
      ))}
      <Suspense>
        {(open === 'edit' || open === 'revise') && (
          <WriteDialog caseId={item.caseId} caseTitle={item.caseTitle} item={item} step={open} onClose={close} />
        )}
        {(open === 'clear' || open === 'approve') && <NoteDialog item={item} act={open} onClose={close} />}
        {(open === 'send-back' || open === 'withdraw') && <ReasonDialog item={item} act={open} onClose={close} />}
        {open === 'publish' && <PublishDialog item={item} onClose={close} />}
      </Suspense>
    </div>
  );
}

function NoteDialog({ item, act, onClose }: { item: StatementDetail; act: 'clear' | 'approve'; onClose: () => void }) {
  const points = act === 'clear' ? (item.checks?.secrecy.length ?? 0) : openCount(item);
  return (
    <FormDialog
      title={`${WORDS[act]}：${item.title}`}
      okText={WORDS[act]}
      testId={act}
      fields={[
        {
          name: 'note',
          label: points > 0 ? `核对说明（有 ${points} 处须说明）` : '核对说明',
          kind: 'area',
          ...(points > 0 ? { missing: '请说明为何可以放行，如：该问题待调查结论，下次通报' } : {}),
        },
      ]}
      effect={
        act === 'clear'
          ? '确认不含国家秘密、工作秘密和不应公开的个人信息（先审查后公开），随后通知带班领导审批。'
          : '批准后由值班台发布；说明记入时间线和审计日志。'
      }
      run={({ note }) => steps.noteStatement(item.id, act, note as string | null)}
      done={act === 'clear' ? '已通过保密审查，已通知带班领导' : '已批准，已通知起草单位发布'}
      touches={TOUCHES}
      onClose={onClose}
    />
  );
}

function openCount({ checks }: StatementDetail): number {
  return checks === null ? 0 : checks.unanswered.length + checks.contradictions.filter((one) => !one.isExplained).length;
}

function ReasonDialog({ item, act, onClose }: { item: StatementDetail; act: 'send-back' | 'withdraw'; onClose: () => void }) {
  return (
    <FormDialog
      title={`${WORDS[act]}：${item.title}`}
      okText={WORDS[act]}
      testId={act}
      danger={act === 'withdraw'}
      fields={[REASON]}
      effect={act === 'send-back' ? '退回起草人修改并通知；再改即形成新版本，须重新送审。' : '作废后不能恢复，须另行起草。'}
      run={({ reason }) => steps.endStatement(item.id, act, String(reason))}
      done={act === 'send-back' ? '已退改' : '已作废'}
      touches={TOUCHES}
      onClose={onClose}
    />
  );
}

function PublishDialog({ item, onClose }: { item: StatementDetail; onClose: () => void }) {
  return (
    <FormDialog
      title={`登记发布：${item.title}`}
      okText="登记发布"
      testId="publish"
      fields={[
        {
          name: 'publishedAt',
          label: '发布时间',
          kind: 'instant',
          missing: '请填写实际发布的时间',
          hint: '以对外发布的时间为准，不是登记的时间。',
        },
        { name: 'url', label: '网址', kind: 'address', hint: '系统会抓取网页快照并留存指纹。' },
        { name: 'file', label: '截图或材料（没有网址时必须上传）', kind: 'file' },
      ]}
      effect="登记后首次回应等时限按发布时间停表，登记不可删除。"
      run={(values) => steps.publishStatement(item.id, values as never)}
      done={({ metDeadlineIds }) => (metDeadlineIds.length > 0 ? `已发布，${metDeadlineIds.length} 个时限停表` : '已发布')}
      touches={TOUCHES}
      onClose={onClose}
    />
  );
}
