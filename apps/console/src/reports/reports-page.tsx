import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useSearchParams } from 'react-router';
import type { ReportIssueLine, ReportIssueView, ReportView } from '@huiying/contracts/http';
import { useStep } from '../api/use-step.js';
import { DutyTabs } from '../duty/duty-tabs.js';
import { useSession } from '../session/session.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { fullTime } from '../time/beijing.js';
import { IssueBar } from './issue-bar.js';
import { Block } from './report-blocks.js';
import { issueQuery, issuesQuery, REPORT_TOUCHES, reportQuery, reportSteps } from './report-queries.js';
import { SectionNote } from './section-note.js';
import './reports.css';

/** 周报: what happened in a week, in seven parts; drafted, edited, approved and frozen as an issue. */
export default function ReportsPage() {
  usePageTitle('周报');
  const [params, setParams] = useSearchParams();
  const week = params.get('week');
  const live = useQuery(reportQuery(week === null ? '' : `week=${week}`));
  const firstDay = live.isPlaceholderData ? '' : (live.data?.firstDay ?? '');
  const { data: versions = [] } = useQuery(issuesQuery(firstDay));
  const shown = params.get('issue') ?? versions.find(({ state }) => state !== 'withdrawn')?.id ?? '';
  const { data: issue } = useQuery(issueQuery(versions.some(({ id }) => id === shown) ? shown : ''));
  const report = issue?.report ?? live.data;
  if (report === undefined)
    return live.error === null ? <Loading lines={12} /> : <Failure error={live.error} what="周报" onRetry={() => void live.refetch()} />;
  return (
    <div className="report-page" data-testid="report-page" aria-busy={live.isPlaceholderData}>
      <Tools report={report} issue={issue} onWeek={(day) => setParams({ week: day })} />
      {issue !== undefined && (
        <IssueBar issue={issue} versions={versions} onPick={(id) => setParams({ week: report.firstDay, issue: id })} />
      )}
      {issue === undefined && <MakeBar report={report} versions={versions} />}
      <Sheet report={report} issue={issue} />
    </div>
  );
}

function Tools({ report, issue, onWeek }: { report: ReportView; issue: ReportIssueView | undefined; onWeek: (day: string) => void }) {
  const file = (kind: 'docx' | 'xlsx') =>
    issue === undefined ? `/api/reports/report.${kind}?week=${report.firstDay}` : `/api/reports/issues/${issue.id}/report.${kind}`;
  return (
    <div className="page-head report-tools">
      <DutyTabs />
      <button type="button" className="plain-button" onClick={() => onWeek(shifted(report.firstDay, -7))} data-testid="report-earlier">
        上一周
      </button>
      <input
        type="date"
        className="report-day"
        aria-label="选择一周中的任一天"
        value={report.firstDay}
        onChange={({ target }) => target.value !== '' && onWeek(target.value)}
      />
      <button type="button" className="plain-button" onClick={() => onWeek(shifted(report.firstDay, 7))}>
        下一周
      </button>
      <span className="page-head-rest" />
      <a className="plain-button" href={file('docx')} download data-testid="report-docx">
        导出 Word
      </a>
      <a className="plain-button" href={file('xlsx')} download>
        导出 Excel
      </a>
      <button type="button" className="plain-button" onClick={() => window.print()}>
        打印
      </button>
    </div>
  );
}

/** Before there is an issue: the figures as they are, and the way to one. */
function MakeBar({ report, versions }: { report: ReportView; versions: readonly ReportIssueLine[] }) {
  const { role } = useSession().person;
  const make = useStep({ run: () => reportSteps.make(report.firstDay), done: '已起草', touches: REPORT_TOUCHES });
  if (!report.isFinal || role === 'administrator') return null;
  return (
    <aside className="report-issue-bar no-print">
      <p className="quiet">以下为实时统计。起草后即固定数据，可加编者按、送审、签发。{versions.length > 0 && '此前的版本已撤回。'}</p>
      <Button type="primary" loading={make.isPending} onClick={() => make.mutate(undefined)} data-testid="report-make">
        起草本期
      </Button>
    </aside>
  );
}

function Sheet({ report, issue }: { report: ReportView; issue: ReportIssueView | undefined }) {
  return (
    <article className="report-sheet">
      <header>
        <p className="report-secrecy">{report.secrecy}</p>
        <h2>{report.title}</h2>
        <p className="report-issue">
          {report.issue ?? `${report.firstDay} 至 ${report.lastDay}`}
          {issue !== undefined && issue.volume !== null && `（总第${issue.volume}期）`}
        </p>
        <p className="report-office">
          <span>{report.publisher}</span>
          <span>
            {report.firstDay} 至 {report.lastDay}
          </span>
        </p>
      </header>
      {!report.isFinal && <p className="report-unfinished">本周尚未结束，以下为截至 {fullTime(report.takenAt)} 的期中数据。</p>}
      {report.sections.map(({ heading, blocks }) => (
        <section key={heading}>
          <h3>{heading}</h3>
          {blocks.map((block, i) => (
            <Block key={i} block={block} />
          ))}
          {issue !== undefined && <SectionNote key={`${issue.id}${heading}`} issue={issue} heading={heading} />}
        </section>
      ))}
      <footer className="small quiet">
        数据截止 {fullTime(report.takenAt)}
        {'\u3000'}内容校验 {(issue ?? report).sha256.slice(0, 16)}
      </footer>
    </article>
  );
}

/** A day of China's calendar, days later; the machine's own zone plays no part. */
function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
