import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { lazy, Suspense } from 'react';
import type { FiguresView } from '@huiying/contracts/http';
import { ReportTabs } from '../reports/report-tabs.js';
import { DaysField } from '../opinions/days-field.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { apiSearch } from '../states/url-filters.js';
import { useFilters } from '../states/use-filters.js';
import { fullTime, wallString } from '../time/beijing.js';
import { serverClock } from '../time/server-clock.js';
import { rowsShown } from './figure-words.js';
import { figuresOf } from './figures-query.js';
import { CourseTable, WholeTable } from './figures-tables.js';
import './figures.css';

const FiguresChart = lazy(() => import('./figures-chart.js'));

const STEPS = [
  { value: 'whole', label: '整段' },
  { value: 'day', label: '按日' },
  { value: 'week', label: '按周' },
  { value: 'month', label: '按月' },
];
const RIVALS = [
  { value: 'none', label: '不对照' },
  { value: 'previous', label: '与上一期对照' },
  { value: 'year-ago', label: '与去年同期对照' },
];
const DAY_MS = 86_400_000;
const NAMES = ['from', 'to', 'step', 'rival', 'measure', 'department'] as const;

/** 数据比较: how do departments stand beside each other, and beside themselves before? */
export default function FiguresPage() {
  usePageTitle('数据比较');
  const { filters, change } = useFilters(NAMES, { step: 'whole', rival: 'previous', measure: 'clocks', ...lastWeek() });
  const { from, to, step, rival } = filters;
  const search = apiSearch({ from, to, step, rival: step === 'whole' ? rival : '' });
  const { data, error, refetch, isPlaceholderData } = useQuery({ ...figuresOf(search), enabled: from !== '' && to !== '' });
  const picked = filters.department === '' ? [] : filters.department.split(',');
  const choose = (name: 'step' | 'rival' | 'measure') => (value: string) => change({ [name]: value });
  return (
    <div className="page-fixed" data-testid="figures-page" aria-busy={isPlaceholderData}>
      <div className="page-head">
        <ReportTabs />
      </div>
      <div className="filter-bar" role="search" aria-label="筛选">
        <DaysField from={from} to={to} onChange={change} words={['起始日', '截止日']} />
        <Select
          aria-label="时段"
          value={step}
          options={STEPS}
          onChange={choose('step')}
          popupMatchSelectWidth={false}
          data-testid="figures-step"
        />
        {step === 'whole' && (
          <Select aria-label="对照" value={rival} options={RIVALS} onChange={choose('rival')} popupMatchSelectWidth={false} />
        )}
        <Select
          aria-label="指标"
          value={filters.measure}
          options={(data?.measures ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={choose('measure')}
          popupMatchSelectWidth={false}
          data-testid="figures-measure"
        />
        <Select
          mode="multiple"
          aria-label="单位"
          placeholder="全部单位"
          className="figures-departments"
          maxTagCount="responsive"
          optionFilterProp="label"
          allowClear
          value={picked}
          options={(data?.rows ?? []).flatMap(({ departmentId, departmentName }) =>
            departmentId === null ? [] : { value: departmentId, label: departmentName },
          )}
          onChange={(ids: string[]) => change({ department: ids.join(',') })}
        />
        <a className="plain-button push" href={`/api/figures?${search}&format=csv`} download data-testid="figures-csv">
          导出 CSV
        </a>
      </div>
      <div className="list-sheet figures-sheet">
        {data === undefined ? (
          error === null ? (
            <Loading lines={10} />
          ) : (
            <Failure error={error} what="数据比较" onRetry={() => void refetch()} />
          )
        ) : (
          <Shown figures={data} picked={picked} measureId={filters.measure} />
        )}
      </div>
    </div>
  );
}

function Shown({ figures, picked, measureId }: { figures: FiguresView; picked: readonly string[]; measureId: string }) {
  if (figures.rows.length < 2) return <Empty title="这段时间没有可比较的数据">换一段时间再看。</Empty>;
  const rows = rowsShown(figures.rows, picked);
  const measure = Math.max(
    0,
    figures.measures.findIndex(({ id }) => id === measureId),
  );
  return (
    <>
      <Suspense fallback={<div className="figures-chart" />}>
        <FiguresChart figures={figures} rows={rows} measure={measure} />
      </Suspense>
      {figures.step === 'whole' ? (
        <WholeTable figures={figures} rows={rows} />
      ) : (
        <CourseTable figures={figures} rows={rows} measure={measure} />
      )}
      <dl className="figures-formulas small">
        {figures.measures.map(({ id, name, formula }) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd>{formula}</dd>
          </div>
        ))}
      </dl>
      <p className="small quiet panel-more">
        统计时刻 {fullTime(figures.takenAt)}。已结束的时段按其结束时的状态统计，与该期周报一致；“全市”含尚无承办单位的。
      </p>
    </>
  );
}

/** Seven days up to yesterday, by the server's clock. */
function lastWeek(): { from: string; to: string } {
  const day = (ago: number) => wallString(serverClock.now() - ago * DAY_MS).slice(0, 10);
  return { from: day(7), to: day(1) };
}
