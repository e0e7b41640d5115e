import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ReconciliationView } from '@huiying/contracts/http';
import { reconciliationsQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { AnswerTabs } from '../shell/answer-tabs.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { fullTime } from '../time/beijing.js';

const SHOWN_AT_FIRST = 20;

/** 热线对账: do both sides know the same? */
export default function ReconciliationsPage() {
  usePageTitle('热线对账');
  const { data: days, error, refetch } = useQuery(reconciliationsQuery);
  return (
    <div className="page-fixed" data-testid="reconciliations-page">
      <div className="page-head">
        <AnswerTabs />
        <span className="push small quiet">按件数、状态、校验值逐单核对；单号断号说明有工单没有送达</span>
      </div>
      <div className="list-sheet">
        {days === undefined &&
          (error === null ? <Loading lines={6} /> : <Failure error={error} what="对账" onRetry={() => void refetch()} />)}
        {days?.length === 0 && (
          <Empty title="还没有对账">热线平台每天提交当天受理的工单清单（/api/hotline/v1/reconciliations/日期），结果列在这里。</Empty>
        )}
        <div className="panel-rows">
          {days?.map((day) => (
            <Day key={`${day.client}:${day.day}`} day={day} />
          ))}
        </div>
      </div>
    </div>
  );
}

function Day({ day }: { day: ReconciliationView }) {
  const [all, setAll] = useState(false);
  const repair = useStep({
    run: () => steps.repairReconciliation(day.client, day.day),
    done: ({ toldAgain, left }) => `已重新告知 ${toldAgain} 张${left > 0 ? `，${left} 张须对方补交或核对` : ''}`,
    touches: ['reconciliations', 'callbacks'],
  });
  const isAlike = day.differences.length === 0 && day.gaps.length === 0;
  const shown = all ? day.differences : day.differences.slice(0, SHOWN_AT_FIRST);
  return (
    <div className="task-line" data-testid="reconciliation" data-alike={isAlike}>
      <p className="task-line-head">
        <b>{day.day}</b>
        <span>{day.client}</span>
        <span className={isAlike ? 'quiet small' : 'overdue-word small'}>
          {isAlike
            ? '一致'
            : `${day.differences.length} 张不一致${day.gaps.length > 0 ? `，断号 ${day.gaps.reduce((sum, { count }) => sum + count, 0)} 个` : ''}`}
        </span>
        <span className="small quiet push">
          对方 {day.theirCount} 件 · 本系统 {day.ourCount} 件 · {fullTime(day.at)} 核对
        </span>
      </p>
      {shown.length > 0 && (
        <ul>
          {shown.map((one) => (
            <li key={one.orderNo}>
              <Link to={`/orders/${encodeURIComponent(one.orderNo)}`}>{one.orderNo}</Link> {one.word}
              <span className="small quiet">
                {' '}
                本系统 {one.oursWord ?? '—'}（第 {one.ourSeq ?? '—'} 件）· 对方 {one.theirsWord ?? '—'}（第 {one.theirSeq ?? '—'} 件）
              </span>
            </li>
          ))}
        </ul>
      )}
      {day.differences.length > shown.length && (
        <button type="button" className="plain-button" onClick={() => setAll(true)}>
          全部 {day.differences.length} 张
        </button>
      )}
      {day.gaps.length > 0 && (
        <p className="small">
          断号：
          {day.gaps
            .slice(0, SHOWN_AT_FIRST)
            .map(({ from, to, count }) => (count === 1 ? from : `${from}–${to}（${count} 个）`))
            .join('、')}
        </p>
      )}
      {day.differences.length > 0 && (
        <div className="sheet-acts no-print">
          <button type="button" className="plain-button" onClick={() => repair.mutate(undefined)} disabled={repair.isPending}>
            把对方缺的重新告知
          </button>
          {day.repairedAt !== null && (
            <span className="small quiet">
              {day.repairedBy} {fullTime(day.repairedAt)} 已重新告知
            </span>
          )}
        </div>
      )}
    </div>
  );
}
