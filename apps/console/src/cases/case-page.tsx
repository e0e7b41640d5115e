import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import type { CaseDetail } from '@huiying/contracts/http';
import { caseQuery } from '../api/queries.js';
import { EscalationPanel } from '../duty/escalation-panel.js';
import { OpinionLines } from '../opinions/opinion-lines.js';
import { CaseworkPanels } from '../casework/casework-panels.js';
import { StatementPanel } from '../statements/statement-panel.js';
import { ToldPanel } from '../telling/told-panel.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { CaseClocks } from './case-clocks.js';
import { CaseHeader } from './case-header.js';
import { CaseTasks } from './case-tasks.js';
import { DisputePanel } from './dispute-panel.js';
import { EvidenceList } from './evidence-list.js';
import { volumeOf } from './story-volume.js';
import { Timeline } from './timeline.js';

const StoryTrend = lazy(() => import('./story-trend.js'));

/** One case: where does this stand, and what is next? */
export default function CasePage() {
  const id = useParams().id!;
  const { data: item, error, refetch } = useQuery(caseQuery(id));
  usePageTitle(item === undefined ? '舆情单' : `${item.caseNo} ${item.title}`);
  if (item === undefined)
    return error === null ? <Loading lines={12} /> : <Failure error={error} what="这份舆情单" onRetry={() => void refetch()} />;
  return (
    <div className="sheet" data-testid="case-page">
      <CaseHeader item={item} />
      <div className="sheet-columns">
        <div className="sheet-column">
          {item.dispute !== null && <DisputePanel item={item} dispute={item.dispute} />}
          <CaseClocks deadlines={item.deadlines} />
          <CaseTasks tasks={item.tasks} />
          <StatementPanel item={item} />
          <CaseworkPanels item={item} />
          <EvidencePanel item={item} />
          <EscalationPanel subject={`/api/cases/${item.id}`} />
          <ToldPanel caseId={item.id} />
          <StoryPanel item={item} />
        </div>
        <section className="panel" aria-labelledby="timeline-head">
          <div className="panel-head">
            <h2 id="timeline-head">时间线</h2>
            <span className="small quiet">新的在上</span>
          </div>
          <Timeline entries={item.timeline} />
        </section>
      </div>
    </div>
  );
}

function EvidencePanel({ item }: { item: CaseDetail }) {
  return (
    <section className="panel" aria-labelledby="evidence-head">
      <div className="panel-head">
        <h2 id="evidence-head">回应证据</h2>
        <span className="small quiet">时限以已发布的链接、快照与时间为准，不以起草为准</span>
      </div>
      <EvidenceList evidence={item.evidence} />
    </section>
  );
}

function StoryPanel({ item }: { item: CaseDetail }) {
  // Two bars tell nothing that the list does not.
  const hasTrend = volumeOf(item.opinions.map(({ publishedAt, capturedAt }) => publishedAt ?? capturedAt)).counts.length > 2;
  return (
    <section className="panel" aria-labelledby="opinions-head">
      <div className="panel-head">
        <h2 id="opinions-head">事件舆情</h2>
        <span className="small quiet">{item.opinions.length} 条</span>
      </div>
      {hasTrend && (
        <Suspense fallback={<div className="trend" />}>
          <StoryTrend item={item} />
        </Suspense>
      )}
      <OpinionLines opinions={item.opinions} />
    </section>
  );
}
