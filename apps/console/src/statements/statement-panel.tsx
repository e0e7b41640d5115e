import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { CaseDetail } from '@huiying/contracts/http';
import { statementsOfCaseQuery } from '../api/queries.js';
import { StatementStateTag } from '../marks/state-tag.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { monthDayTime } from '../time/beijing.js';
import { useSession } from '../session/session.js';

const WriteDialog = lazy(() => import('./write-dialog.js'));
const StatementDrawer = lazy(() => import('./statement-drawer.js'));

/** What is to be said and what was said on a case. */
export function StatementPanel({ item }: { item: Pick<CaseDetail, 'id' | 'title' | 'state'> }) {
  const { data: statements, error, refetch } = useQuery(statementsOfCaseQuery(item.id));
  const [writing, setWriting] = useState(false);
  const [parameters, setParameters] = useSearchParams();
  const mayWrite = useSession().person.role !== 'administrator' && !['closed', 'archived', 'merged'].includes(item.state);
  const open = (id: string) => setParameters((before) => (before.set('statement', id), before));
  return (
    <section className="panel" aria-labelledby="statements-head" data-testid="statement-panel">
      <div className="panel-head">
        <h2 id="statements-head">口径</h2>
        <span className="small quiet">起草 → 保密审查 → 审批 → 发布</span>
        {mayWrite && (
          <button type="button" className="plain-button push no-print" onClick={() => setWriting(true)} data-testid="draft-statement">
            起草口径
          </button>
        )}
      </div>
      {statements === undefined &&
        (error === null ? <Loading lines={2} /> : <Failure error={error} what="口径" onRetry={() => void refetch()} />)}
      {statements?.length === 0 && <Empty title="还没有口径">先起草，经保密审查和审批后发布；发布即停首次回应的表。</Empty>}
      {statements?.map((one) => (
        <button
          key={one.id}
          type="button"
          className="row-button"
          onClick={() => open(one.id)}
          data-testid="statement-row"
          data-state={one.state}
        >
          <span className="task-line-head">
            <b>{one.title}</b>
            <StatementStateTag state={one.state} />
            <span className="small quiet">第 {one.version} 版</span>
          </span>
          <span className="two-lines">{one.text}</span>
          <span className="small quiet">
            {one.departmentName ?? '值班台'} {one.writtenBy} {monthDayTime(one.writtenAt)}
          </span>
        </button>
      ))}
      <Suspense>
        {writing && <WriteDialog caseId={item.id} caseTitle={item.title} onClose={() => setWriting(false)} onWritten={open} />}
        {parameters.has('statement') && <StatementDrawer />}
      </Suspense>
    </section>
  );
}
