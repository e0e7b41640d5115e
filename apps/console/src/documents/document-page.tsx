import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import type { DocumentDetail } from '@huiying/contracts/http';
import { documentQuery } from '../api/queries.js';
import { Timeline } from '../cases/timeline.js';
import { WhyButton } from '../cases/why-button.js';
import { OrganName } from '../marks/organ-name.js';
import { StateTag } from '../marks/state-tag.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { fullTime } from '../time/beijing.js';
import { ClockChip } from '../time/clock-chip.js';
import { DocumentActs } from './document-acts.js';
import { DocumentKnowledge, EndedNote } from './document-end.js';
import { DOCUMENT_LOOKS, DOCUMENT_STATE_WORDS, SYNC_WORDS } from './document-words.js';
import { Interpretations } from './interpretations.js';
import './documents.css';

/** One policy document: where it stands, the plan that goes with it, and what explains it. */
export default function DocumentPage() {
  const { data: item, error, refetch } = useQuery(documentQuery(useParams().id!));
  usePageTitle(item?.title ?? '政策文件');
  if (item === undefined)
    return error === null ? <Loading lines={10} /> : <Failure error={error} what="这份文件" onRetry={() => void refetch()} />;
  return (
    <div className="sheet sheet-single" data-testid="document-page" data-state={item.state}>
      <header className="sheet-head">
        <p className="crumbs small">
          <Link to="/documents">政策解读</Link> / {item.documentNo ?? '无文号'}
        </p>
        <div className="sheet-title">
          <h1>{item.title}</h1>
        </div>
        <p className="sheet-facts">
          <StateTag look={DOCUMENT_LOOKS[item.state]} word={DOCUMENT_STATE_WORDS[item.state]} state={item.state} />
          <span>{item.departmentName === null ? '待认领起草部门' : <OrganName name={item.departmentName} />}</span>
          <span>{item.kind}</span>
          <span>{SYNC_WORDS[item.syncMode]}</span>
          <span className="quiet">
            {item.source} · {item.createdBy} {fullTime(item.createdAt)} 登记
          </span>
        </p>
        {item.publishedAt !== null && (
          <p className="small">
            {fullTime(item.publishedAt)} 公开{' '}
            {item.url !== null && (
              <a href={item.url} target="_blank" rel="noreferrer noopener" className="evidence-url">
                {item.url}
              </a>
            )}
          </p>
        )}
        {item.reason !== null && <p className="task-said">{item.state === 'exempt' ? item.reason : `已退回：${item.reason}`}</p>}
        <EndedNote item={item} />
        {item.deadline !== null && (
          <div className="case-clock-row" data-testid="document-clock">
            <WhyButton deadlineId={item.deadline.id}>
              <ClockChip clock={item.deadline} />
            </WhyButton>
            <span className="opinion-what">
              <b>{item.deadline.ruleName}</b>
              <span className="small quiet">
                {fullTime(item.deadline.dueAt)} 前 · {item.deadline.citation}
              </span>
            </span>
          </div>
        )}
        <DocumentActs item={item} />
      </header>
      <Plan item={item} />
      <Interpretations item={item} />
      <DocumentKnowledge item={item} />
      <section className="panel" aria-labelledby="document-timeline-head">
        <div className="panel-head">
          <h2 id="document-timeline-head">时间线</h2>
        </div>
        <Timeline entries={item.timeline} />
      </section>
    </div>
  );
}

function Plan({ item: { plan, missingOfPlan } }: { item: DocumentDetail }) {
  return (
    <section className="panel" aria-labelledby="plan-head" data-testid="document-plan">
      <div className="panel-head">
        <h2 id="plan-head">解读方案</h2>
        <span className={`push small ${missingOfPlan.length === 0 ? 'quiet' : 'overdue-word'}`}>
          {missingOfPlan.length === 0 ? '要素齐全，可随文报批' : `缺：${missingOfPlan.join('、')}`}
        </span>
      </div>
      {plan !== null && (
        <dl className="facts panel-body">
          <dt>提纲</dt>
          <dd className="reading">{plan.outline || '—'}</dd>
          <dt>形式</dt>
          <dd>{plan.forms.join('、') || '—'}</dd>
          <dt>渠道</dt>
          <dd>{plan.channels.join('、') || '—'}</dd>
          <dt>时间</dt>
          <dd>{plan.plannedOn ?? '—'}</dd>
          <dt>责任人</dt>
          <dd>{plan.responsible || '—'}</dd>
        </dl>
      )}
    </section>
  );
}
