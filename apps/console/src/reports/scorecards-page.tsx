import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { DaysField } from '../opinions/days-field.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { scorecardQuery } from './report-queries.js';
import { ReportSheet } from './report-sheet.js';
import { ReportTabs } from './report-tabs.js';
import './reports.css';

/** 年度考核: every department's score, this year so far or over any days. */
export default function ScorecardsPage() {
  usePageTitle('年度考核');
  const [params, setParams] = useSearchParams();
  const [from, to] = [params.get('from') ?? '', params.get('to') ?? ''];
  const search = from === '' || to === '' ? '' : new URLSearchParams({ from, to }).toString();
  const { data, error, refetch } = useQuery(scorecardQuery(search));
  return (
    <div className="report-page" data-testid="scorecards-page">
      <div className="page-head report-tools">
        <ReportTabs />
        <DaysField from={from} to={to} onChange={(days) => setParams({ ...days })} words={['起始日', '截止日']} />
        <span className="page-head-rest" />
        {(['docx', 'pdf', 'xlsx'] as const).map((kind) => (
          <a key={kind} className="plain-button" href={`/api/reports/scorecard/report.${kind}?${search}`} download>
            导出 {{ docx: 'Word', pdf: 'PDF', xlsx: 'Excel' }[kind]}
          </a>
        ))}
      </div>
      {data !== undefined && <ReportSheet report={data} issue={undefined} />}
      {data === undefined &&
        (error === null ? <Loading lines={10} /> : <Failure error={error} what="年度考核" onRetry={() => void refetch()} />)}
    </div>
  );
}
