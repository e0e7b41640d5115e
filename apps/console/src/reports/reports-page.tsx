import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { ReportView } from '@huiying/contracts/http';
import { ask } from '../api/request.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { fullTime } from '../time/beijing.js';
import { Block } from './report-blocks.js';
import './reports.css';

const reportQuery = (search: string) =>
  queryOptions({
    queryKey: ['reports', search],
    queryFn: ({ signal }) => ask<ReportView>('GET', `/api/reports?${search}`, undefined, signal),
    placeholderData: keepPreviousData,
  });

/** 周报: what happened in a week, in seven parts, as a page and as a document. */
export default function ReportsPage() {
  usePageTitle('周报');
  const [params, setParams] = useSearchParams();
  const week = params.get('week');
  const search = week === null ? '' : `week=${week}`;
  const { data: report, error, refetch, isPlaceholderData } = useQuery(reportQuery(search));
  if (report === undefined)
    return error === null ? <Loading lines={12} /> : <Failure error={error} what="周报" onRetry={() => void refetch()} />;
  const go = (days: number) => setParams({ week: shifted(report.firstDay, days) });
  const file = (kind: string) => `/api/reports/report.${kind}?week=${report.firstDay}`;
  return (
    <div className="report-page" data-testid="report-page" aria-busy={isPlaceholderData}>
      <div className="page-head report-tools">
        <h1>周报</h1>
        <button type="button" className="plain-button" onClick={() => go(-7)} data-testid="report-earlier">
          上一周
        </button>
        <input
          type="date"
          className="report-day"
          aria-label="选择一周中的任一天"
          value={report.firstDay}
          onChange={({ target }) => target.value !== '' && setParams({ week: target.value })}
        />
        <button type="button" className="plain-button" onClick={() => go(7)}>
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
      <article className="report-sheet">
        <header>
          <p className="report-secrecy">{report.secrecy}</p>
          <h2>{report.title}</h2>
          <p className="report-issue">{report.issue ?? `${report.firstDay} 至 ${report.lastDay}`}</p>
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
          </section>
        ))}
        <footer className="small quiet">
          数据截止 {fullTime(report.takenAt)}　内容校验 {report.sha256.slice(0, 16)}
        </footer>
      </article>
    </div>
  );
}

/** A day of China's calendar, days later; the machine's own zone plays no part. */
function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
