import { useState } from 'react';
import type { ReportIssueLine, ReportIssueView } from '@huiying/contracts/http';
import { actionOf } from '../alerts/alert-acts.js';
import { useStep } from '../api/use-step.js';
import { ActButton } from '../states/act-button.js';
import { FormDialog } from '../states/form-dialog.js';
import { fullTime } from '../time/beijing.js';
import { REPORT_TOUCHES, reportSteps } from './report-queries.js';

export const STATE_WORDS: Record<ReportIssueLine['state'], string> = {
  draft: '起草',
  submitted: '送审',
  approved: '已签发',
  corrected: '已更正',
  withdrawn: '已撤回',
};

const BECAUSE = {
  return: { title: '退回修改', effect: '退回起草，可改后再送审。' },
  withdraw: { title: '撤回本期', effect: '撤回后本期不再有效，记录保留；可另行起草。已发出的，向每位收件人发撤回通知。' },
  correct: { title: '更正本期', effect: '按现有数据另起一版，列明与本版的差异；新版签发后取代本版。' },
} as const;
type Because = keyof typeof BECAUSE;

/** What state the issue is in, who did what, and what may be done next. */
export function IssueBar({
  issue,
  versions,
  onPick,
}: {
  issue: ReportIssueView;
  versions: readonly ReportIssueLine[];
  onPick: (id: string) => void;
}) {
  const [asked, setAsked] = useState<Because | null>(null);
  const step = useStep({
    run: (name: 'recount' | 'submit' | 'approve') => reportSteps.plain(issue.id, name),
    done: '已办理',
    touches: REPORT_TOUCHES,
  });
  const plain = (name: 'recount' | 'submit' | 'approve', word: string, primary = false) => (
    <ActButton
      action={actionOf(issue.actions, name)}
      type={primary ? 'primary' : 'default'}
      loading={step.isPending && step.variables === name}
      onClick={() => step.mutate(name)}
    >
      {word}
    </ActButton>
  );
  const because = (name: Because, word: string) => (
    <ActButton action={actionOf(issue.actions, name)} onClick={() => setAsked(name)}>
      {word}
    </ActButton>
  );
  return (
    <aside className="report-issue-bar no-print" data-testid="issue-bar" data-state={issue.state}>
      <p>
        <b>{STATE_WORDS[issue.state]}</b>
        {issue.volume !== null && ` · 总第${issue.volume}期`} · 第 {issue.version} 版 · {issue.madeBy}于 {fullTime(issue.madeAt)} 起草
        {issue.submittedBy !== null && ` · ${issue.submittedBy}送审`}
        {issue.decidedBy !== null && issue.decidedAt !== null && ` · ${issue.decidedBy}于 ${fullTime(issue.decidedAt)} 处理`}
      </p>
      {issue.scheduledFor !== null && <p className="small quiet">{scheduledWords(issue.scheduledFor, issue.madeAt)}</p>}
      {issue.reason !== null && <p>理由：{issue.reason}</p>}
      {issue.change !== null && (
        <details data-testid="issue-changes">
          <summary>
            更正说明：{issue.change}（与前一版有 {issue.changes.length} 处不同）
          </summary>
          <ul>
            {issue.changes.map(({ heading, before, after }, i) => (
              <li key={i}>
                <span className="quiet">{heading}</span>
                {before !== null && <del>{before}</del>}
                {after !== null && <ins>{after}</ins>}
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className="sheet-acts">
        {issue.state === 'draft' && (
          <>
            {plain('submit', '送审', true)}
            {plain('recount', '重新取数')}
          </>
        )}
        {issue.state === 'submitted' && (
          <>
            {plain('approve', '签发', true)}
            {because('return', '退回修改')}
          </>
        )}
        {issue.state === 'approved' && because('correct', '更正')}
        {(issue.state === 'approved' || issue.state === 'draft') && because('withdraw', '撤回')}
        {versions.length > 1 && (
          <select className="plain-choice" aria-label="版本" value={issue.id} onChange={({ target }) => onPick(target.value)}>
            {versions.map(({ id, version, state }) => (
              <option key={id} value={id}>
                第 {version} 版（{STATE_WORDS[state]}）
              </option>
            ))}
          </select>
        )}
      </div>
      {asked !== null && (
        <FormDialog
          title={BECAUSE[asked].title}
          okText={BECAUSE[asked].title}
          subject={issue.title}
          fields={[{ name: 'reason', label: '理由', kind: 'area', missing: '请写明理由' }]}
          run={(values) => reportSteps.because(issue.id, asked, values)}
          done="已办理"
          touches={REPORT_TOUCHES}
          effect={BECAUSE[asked].effect}
          testId={`report-${asked}`}
          onClose={() => setAsked(null)}
        />
      )}
    </aside>
  );
}

const LATE_AFTER_MS = 15 * 60_000;

function scheduledWords(wanted: string, made: string): string {
  const isLate = Date.parse(made) - Date.parse(wanted) >= LATE_AFTER_MS;
  return `按计划应于 ${fullTime(wanted)} 起草${isLate ? `，因停机迟至 ${fullTime(made)}` : ''}`;
}
