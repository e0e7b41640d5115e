import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link, useSearchParams } from 'react-router';
import type { ReportIssueLine, ReportIssueView, ReportView } from '@huiying/contracts/http';
import { useStep } from '../api/use-step.js';
import { useSession } from '../session/session.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { IssueBar } from './issue-bar.js';
import { issueQuery, issuesQuery, REPORT_TOUCHES, reportQuery, reportSteps } from './report-queries.js';
import { dayOf, neighbour, ofKind, searchOf, spanOf, spanSearch, type SpanChoice } from './report-span.js';
import { ReportProgress } from './report-progress.js';
import { ReportSheet } from './report-sheet.js';
import { ReportTabs } from './report-tabs.js';
import { SendingLedger } from './sending-ledger.js';
import './reports.css';

const KIND_WORDS = { daily: '日', weekly: '周', monthly: '月', span: '任意时段' } as const;

/** 舆情报告: what happened in a day, a week, a month or any days; drafted, edited, approved and frozen as an issue. */
export default function ReportsPage() {
  usePageTitle('舆情报告');
  const [params, setParams] = useSearchParams();
  const { report, issue, versions, caseId, isBusy, failure, retry } = useShown(params);
  if (failure !== null) return <Failure error={failure} what="报告" onRetry={retry} />;
  if (report === undefined) return <Waiting />;
  const go = (next: SpanChoice) => setParams(searchOf(next));
  return (
    <div className="report-page" data-testid="report-page" aria-busy={isBusy}>
      <Tools report={report} issue={issue} caseId={caseId} onSpan={go} />
      {isBusy && <ReportProgress />}
      {issue !== undefined && (
        <IssueBar
          issue={issue}
          versions={versions}
          onPick={(id) => setParams({ ...(caseId === null ? searchOf(spanOf(report)) : { case: caseId }), issue: id })}
        />
      )}
      {issue !== undefined && issue.decidedAt !== null && <SendingLedger issue={issue} />}
      {issue === undefined && <MakeBar report={report} versions={versions} caseId={caseId} />}
      <ReportSheet report={report} issue={issue} />
    </div>
  );
}

function Waiting() {
  return (
    <div className="report-page">
      <ReportProgress />
      <Loading lines={12} />
    </div>
  );
}

/** What the address names: an issue, or a span with the issue that stands for it. */
function useShown(params: URLSearchParams) {
  const id = params.get('issue');
  const named = useQuery(issueQuery(id ?? ''));
  const search = spanSearch(params) || (named.data === undefined ? '' : searchAbout(named.data));
  const live = useQuery({ ...reportQuery(search), enabled: id === null || !named.isPending });
  const caseId = params.get('case') ?? named.data?.caseId ?? null;
  const span = live.data === undefined || live.isPlaceholderData ? null : spanOf(live.data);
  const about = caseId === null ? (span === null ? '' : searchText(span)) : `case=${caseId}`;
  const { data: versions = [] } = useQuery(issuesQuery(about));
  const standing = versions.find(({ state }) => state !== 'withdrawn')?.id ?? '';
  const { data: issue = named.data } = useQuery(issueQuery(id ?? standing));
  const report = issue?.report ?? live.data;
  return {
    report,
    issue,
    versions,
    caseId,
    isBusy: live.isPlaceholderData,
    ...failureOf(named, live, report),
  };
}

type Asked = Pick<UseQueryResult, 'error' | 'isLoadingError' | 'refetch'>;

/** No other stands for an issue that is not there; what is shown already stays where asking again failed. */
function failureOf(named: Asked, live: Asked, report: ReportView | undefined) {
  const failed = named.isLoadingError ? named : live;
  return { failure: failed === named || report === undefined ? failed.error : null, retry: () => void failed.refetch() };
}

const searchAbout = ({ caseId, ...issue }: ReportIssueView): string => (caseId === null ? searchText(spanOf(issue)) : `case=${caseId}`);

const searchText = (span: SpanChoice): string => new URLSearchParams(searchOf(span)).toString();

interface ToolsProps {
  report: ReportView;
  issue: ReportIssueView | undefined;
  caseId: string | null;
  onSpan: (span: SpanChoice) => void;
}

function Tools({ report, issue, caseId, onSpan }: ToolsProps) {
  const span = spanOf(report);
  const file = (kind: 'docx' | 'pdf' | 'xlsx') =>
    issue === undefined
      ? `/api/reports/report.${kind}?${caseId === null ? searchText(span) : `case=${caseId}`}`
      : `/api/reports/issues/${issue.id}/report.${kind}`;
  return (
    <div className="page-head report-tools">
      <ReportTabs />
      {caseId === null ? (
        <SpanPicker span={span} known={report.isFinal ? span.lastDay : dayOf(report.takenAt)} isOver={report.isFinal} onSpan={onSpan} />
      ) : (
        <Link to={`/cases/${caseId}`} className="plain-button">
          回舆情单
        </Link>
      )}
      <span className="page-head-rest" />
      <a className="plain-button" href={file('docx')} download data-testid="report-docx">
        导出 Word
      </a>
      <a className="plain-button" href={file('pdf')} download data-testid="report-pdf">
        导出 PDF
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

interface SpanPickerProps {
  span: SpanChoice;
  /** Its last day of which anything can be known. */
  known: string;
  /** The next one has begun. */
  isOver: boolean;
  onSpan: (span: SpanChoice) => void;
}

/** Which span: its kind, and which one, step by step or by a day in it. */
function SpanPicker({ span, known, isOver, onSpan }: SpanPickerProps) {
  const pick = (kind: SpanChoice['kind'], firstDay: string, lastDay = firstDay) => onSpan({ kind, firstDay, lastDay });
  return (
    <>
      <select
        className="plain-choice"
        aria-label="时段"
        value={span.kind}
        onChange={({ target }) => onSpan(ofKind(target.value as SpanChoice['kind'], known))}
        data-testid="report-kind"
      >
        {Object.entries(KIND_WORDS).map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
      <button type="button" className="plain-button" onClick={() => onSpan(neighbour(span, -1))} data-testid="report-earlier">
        上一期
      </button>
      <input
        type="date"
        className="report-day"
        aria-label={span.kind === 'span' ? '第一天' : '选择时段中的任一天'}
        value={span.firstDay}
        onChange={({ target }) =>
          target.value !== '' && pick(span.kind, target.value, target.value > span.lastDay ? target.value : span.lastDay)
        }
      />
      {span.kind === 'span' && (
        <input
          type="date"
          className="report-day"
          aria-label="最后一天"
          value={span.lastDay}
          min={span.firstDay}
          onChange={({ target }) => target.value !== '' && pick('span', span.firstDay, target.value)}
        />
      )}
      <button
        type="button"
        className="plain-button"
        disabled={!isOver}
        title={isOver ? undefined : '下一期尚未开始'}
        onClick={() => onSpan(neighbour(span, 1))}
      >
        下一期
      </button>
    </>
  );
}

/** Before there is an issue: the figures as they are, and the way to one. */
function MakeBar({ report, versions, caseId }: { report: ReportView; versions: readonly ReportIssueLine[]; caseId: string | null }) {
  const { role } = useSession().person;
  const make = useStep({
    run: () => reportSteps.make(caseId === null ? { from: report.firstDay, to: report.lastDay } : { case: caseId }),
    done: '已起草',
    touches: REPORT_TOUCHES,
  });
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
