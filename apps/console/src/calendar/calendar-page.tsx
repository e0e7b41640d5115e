import { queryOptions, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { CalendarView, CalendarYearView } from '@huiying/contracts/http';
import { ask } from '../api/request.js';
import { useSession } from '../session/session.js';
import { usePageTitle } from '../shell/tab-title.js';
import { download, toCsv } from '../states/csv.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { fullTime } from '../time/beijing.js';
import { daysText } from './table-text.js';
import { YearLegend, YearView } from './year-view.js';
import './calendar.css';

const EntryDrawer = lazy(() => import('./entry-drawer.js'));

const calendarQuery = queryOptions({
  queryKey: ['calendar'],
  queryFn: ({ signal }) => ask<CalendarView>('GET', '/api/calendar', undefined, signal),
});
const yearQuery = (year: number) =>
  queryOptions({
    queryKey: ['calendar', year],
    queryFn: ({ signal }) => ask<CalendarYearView>('GET', `/api/calendar/${year}`, undefined, signal),
  });

/** 工作日历: which days are worked, by which notice, and what is not settled yet. */
export default function CalendarPage() {
  usePageTitle('工作日历');
  const { data: calendar, error, refetch } = useQuery(calendarQuery);
  const [params, setParams] = useSearchParams();
  if (calendar === undefined)
    return error === null ? <Loading lines={8} /> : <Failure error={error} what="工作日历" onRetry={() => void refetch()} />;
  const year = Number(params.get('year') ?? calendar.today.slice(0, 4));
  return <Year key={year} year={year} calendar={calendar} onYear={(to) => setParams({ year: String(to) })} />;
}

function Year({ year, calendar, onYear }: { year: number; calendar: CalendarView; onYear: (year: number) => void }) {
  const { person } = useSession();
  const { data: view, error, refetch } = useQuery(yearQuery(year));
  const [isEntering, setEntering] = useState(false);
  const years = calendar.years.map((one) => one.year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return (
    <div className="sheet calendar-page">
      <div className="page-head">
        <h1>工作日历</h1>
        <Button size="small" aria-label="上一年" disabled={year <= first} onClick={() => onYear(year - 1)}>
          ‹
        </Button>
        <select
          className="plain-choice"
          aria-label="年份"
          value={year}
          onChange={(event) => onYear(Number(event.target.value))}
          data-testid="year-choice"
        >
          {[...years].reverse().map((one) => (
            <option key={one} value={one}>
              {one} 年{calendar.years.find((known) => known.year === one)!.isPublished ? '' : '（未公布）'}
            </option>
          ))}
        </select>
        <Button size="small" aria-label="下一年" disabled={year >= last} onClick={() => onYear(year + 1)}>
          ›
        </Button>
        <span className="page-head-rest" />
        {view?.table && <Button onClick={() => exportYear(view)}>导出</Button>}
        {person.role === 'administrator' && (
          <Button type="primary" onClick={() => setEntering(true)} data-testid="open-entry">
            {view?.table ? '更正安排' : '录入放假通知'}
          </Button>
        )}
      </div>
      {calendar.provisionalClockCount > 0 && (
        <p className="decision" data-testid="provisional-clocks">
          有 {calendar.provisionalClockCount} 个在办时限依赖尚未公布的年份，到期时间为<b>暂定</b>；录入通知后自动重算。
        </p>
      )}
      {view === undefined ? (
        error === null ? (
          <Loading lines={8} />
        ) : (
          <Failure error={error} what={`${year} 年日历`} onRetry={() => void refetch()} />
        )
      ) : (
        <>
          <Source view={view} />
          <YearView days={view.days} today={calendar.today} />
          <YearLegend />
          {view.table && <Table table={view.table} />}
        </>
      )}
      {isEntering && (
        <Suspense fallback={null}>
          <EntryDrawer year={year} table={view?.table ?? null} onClose={() => setEntering(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Source({ view: { table, entered, year } }: { view: CalendarYearView }) {
  if (table === null) return <p className="quiet">{year} 年放假安排尚未公布或未录入，以下暂按星期推算，凡用到的时限都标为暂定。</p>;
  return (
    <p className="quiet">
      依据：{table.source ?? '文号未核'}（{table.sourceNote}）{entered && `；${entered.by} 于 ${fullTime(entered.at)} 录入`}
    </p>
  );
}

function Table({ table }: { table: NonNullable<CalendarYearView['table']> }) {
  const worked = new Map(table.workdays.map(({ name, days }) => [name, days]));
  return (
    <table className="ledger calendar-table">
      <thead>
        <tr>
          <th>节日</th>
          <th>放假</th>
          <th>调休上班</th>
        </tr>
      </thead>
      <tbody>
        {table.holidays.map(({ name, days }) => (
          <tr key={name}>
            <td>{name}</td>
            <td>
              {daysText(days)} <span className="quiet">共 {days.length} 天</span>
            </td>
            <td>{daysText(worked.get(name) ?? []) || '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function exportYear({ year, table, days }: CalendarYearView): void {
  const head = [`${year} 年工作日历`, `依据：${table?.source ?? '文号未核'}`];
  const rows = days.map(({ date, isWorkday, why }) => [date, isWorkday ? '上班' : '不上班', why]);
  download(`工作日历-${year}.csv`, toCsv(head, ['日期', '是否上班', '说明'], rows));
}
