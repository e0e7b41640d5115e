import { Link } from 'react-router';
import type { CaseDetail } from '@huiying/contracts/http';
import { ASSIGNMENT_WORDS } from '../marks/labels.js';
import { TaskStateTag } from '../marks/state-tag.js';
import { Empty } from '../states/empty.js';
import { Folded } from '../states/folded.js';
import { monthDayTime } from '../time/beijing.js';
import { ClockChip } from '../time/clock-chip.js';
import { nextClock } from '../time/clock-face.js';
import { OrganName } from '../marks/organ-name.js';
import { ReworkButton } from '../tasks/rework-button.js';

/** Who was told to do what, and what came of it. */
export function CaseTasks({ tasks }: { tasks: CaseDetail['tasks'] }) {
  return (
    <section className="panel" aria-labelledby="tasks-head">
      <div className="panel-head">
        <h2 id="tasks-head">交办任务</h2>
      </div>
      {tasks.length === 0 && <Empty title="还没有交办">时限已在走，请尽快交办责任单位。</Empty>}
      {tasks.map((task) => (
        <TaskLine key={task.id} task={task} />
      ))}
    </section>
  );
}

function TaskLine({ task }: { task: CaseDetail['tasks'][number] }) {
  const clock = nextClock(task.deadlines.filter(({ subject }) => subject.kind === 'task'));
  return (
    <div className="task-line" data-testid="case-task" data-state={task.state}>
      <p className="task-line-head">
        <Link to={`/tasks/${task.id}`}>
          <b>
            <OrganName name={task.departmentName} />
          </b>
        </Link>
        <span className="small quiet">{ASSIGNMENT_WORDS[task.role]}</span>
        <TaskStateTag state={task.state} />
        {clock !== null && <ClockChip clock={clock} />}
      </p>
      <p className="two-lines">{task.instruction}</p>
      <p className="small quiet">
        {task.assignedBy} {monthDayTime(task.assignedAt)} 交办
        {task.acknowledgedAt !== null && `；${task.acknowledgedBy} ${monthDayTime(task.acknowledgedAt)} 签收`}
        {task.repliedAt !== null && `；${monthDayTime(task.repliedAt)} 反馈`}
      </p>
      {task.returnedReason !== null && (
        <p className="task-said">
          <Folded text={`退回理由：${task.returnedReason}`} />
        </p>
      )}
      {task.reworkReason !== null && (
        <p className="task-said">
          <Folded text={`重办：${task.reworkReason}`} />
        </p>
      )}
      {task.replyText !== null && (
        <p className="task-said">
          <Folded text={`反馈：${task.replyText}`} />
        </p>
      )}
      <ReworkButton task={task} />
    </div>
  );
}
