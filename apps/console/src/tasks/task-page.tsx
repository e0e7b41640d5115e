import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import type { TaskDetail } from '@huiying/contracts/http';
import { taskQuery } from '../api/queries.js';
import { EvidenceList } from '../cases/evidence-list.js';
import { Timeline } from '../cases/timeline.js';
import { WhyButton } from '../cases/why-button.js';
import { ASSIGNMENT_WORDS } from '../marks/labels.js';
import { LevelTag } from '../marks/level-tag.js';
import { TaskStateTag } from '../marks/state-tag.js';
import { StatementPanel } from '../statements/statement-panel.js';
import { CiteList } from '../knowledge/cites.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Failure } from '../states/failure.js';
import { Folded } from '../states/folded.js';
import { Loading } from '../states/loading.js';
import { monthDayTime } from '../time/beijing.js';
import { AskedMark } from '../time/asked-mark.js';
import { ClockChip } from '../time/clock-chip.js';
import { byTimeLeft } from '../time/clock-face.js';
import { Ago } from '../time/moment.js';
import { TaskActs } from './task-acts.js';

/** One task: what is asked, by when and why, and the three answers to it. */
export default function TaskPage() {
  const id = useParams().id!;
  const { data: task, error, refetch } = useQuery(taskQuery(id));
  usePageTitle(task?.caseTitle ?? '任务');
  if (task === undefined)
    return error === null ? <Loading lines={10} /> : <Failure error={error} what="这项任务" onRetry={() => void refetch()} />;
  return <TaskSheet task={task} />;
}

function TaskSheet({ task }: { task: TaskDetail }) {
  return (
    <div className="sheet sheet-single task-sheet" data-testid="task-page" data-state={task.state}>
      <header className="sheet-head">
        <p className="crumbs small">
          <Link to="/tasks">任务</Link> / <Link to={`/cases/${task.caseId}`}>{task.caseNo}</Link>
        </p>
        <div className="sheet-title">
          <LevelTag level={task.severity} />
          <h1>{task.caseTitle}</h1>
        </div>
        <p className="sheet-facts">
          <TaskStateTag state={task.state} />
          <span>
            {task.departmentName} · {ASSIGNMENT_WORDS[task.role]}
          </span>
          {task.acknowledgedAt !== null && (
            <span>
              {task.acknowledgedBy} {monthDayTime(task.acknowledgedAt)} 签收
            </span>
          )}
        </p>
      </header>
      <TaskClocks task={task} />
      <section className="panel" aria-labelledby="instruction-head">
        <div className="panel-head">
          <h2 id="instruction-head">交办要求</h2>
          <span className="small quiet">
            {task.assignedBy} {monthDayTime(task.assignedAt)}
          </span>
        </div>
        <p className="panel-body reading">{task.instruction}</p>
        {task.returnedReason !== null && (
          <p className="panel-body task-said">
            <Folded text={`已退回：${task.returnedReason}`} />
          </p>
        )}
        {task.replyText !== null && (
          <p className="panel-body task-said">
            <Folded text={`反馈：${task.replyText}`} />
          </p>
        )}
        <CiteList cites={task.cites} />
      </section>
      <TaskActs task={task} />
      <StatementPanel item={{ id: task.caseId, title: task.caseTitle, state: task.state === 'closed' ? 'closed' : 'handling' }} />
      <TaskBackground task={task} />
    </div>
  );
}

function TaskClocks({ task }: { task: TaskDetail }) {
  if (task.deadlines.length === 0) return null;
  return (
    <section className="panel" aria-label="时限">
      {[...task.deadlines].sort(byTimeLeft).map((deadline) => (
        <div key={deadline.id} className="case-clock-row" data-testid="task-clock">
          <WhyButton deadlineId={deadline.id}>
            <ClockChip clock={deadline} />
          </WhyButton>
          <span className="opinion-what">
            <b>{deadline.ruleName}</b> <AskedMark clock={deadline} />
            <span className="small quiet">
              {monthDayTime(deadline.dueAt)} 前 · {deadline.citation}
            </span>
          </span>
        </div>
      ))}
    </section>
  );
}

function TaskBackground({ task }: { task: TaskDetail }) {
  return (
    <>
      <section className="panel" aria-labelledby="background-head">
        <div className="panel-head">
          <h2 id="background-head">事情经过</h2>
        </div>
        <p className="panel-body">{task.summary}</p>
        {task.opinions.map((opinion) => (
          <details key={opinion.id} className="task-opinion">
            <summary>
              {opinion.title}
              <span className="small quiet">
                {opinion.sourceName} · <Ago at={opinion.publishedAt ?? opinion.capturedAt} />
              </span>
            </summary>
            <p className="reading">{opinion.text}</p>
            {opinion.url !== null && (
              <a href={opinion.url} target="_blank" rel="noreferrer noopener">
                查看原文
              </a>
            )}
          </details>
        ))}
      </section>
      {task.evidence.length > 0 && (
        <section className="panel" aria-labelledby="task-evidence-head">
          <div className="panel-head">
            <h2 id="task-evidence-head">证据</h2>
          </div>
          <EvidenceList evidence={task.evidence} />
        </section>
      )}
      <section className="panel" aria-labelledby="task-timeline-head">
        <div className="panel-head">
          <h2 id="task-timeline-head">时间线</h2>
        </div>
        <Timeline entries={task.timeline} />
      </section>
    </>
  );
}
