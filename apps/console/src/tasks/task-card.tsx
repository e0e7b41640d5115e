import { Link } from 'react-router';
import type { TaskView } from '@huiying/contracts/http';
import { actionOf } from '../alerts/alert-acts.js';
import { ASSIGNMENT_WORDS } from '../marks/labels.js';
import { LevelTag } from '../marks/level-tag.js';
import { TaskStateTag } from '../marks/state-tag.js';
import { useSession } from '../session/session.js';
import { ActButton } from '../states/act-button.js';
import { ClockChip } from '../time/clock-chip.js';
import { Ago } from '../time/moment.js';
import { taskClock } from './task-groups.js';

interface TaskCardProps {
  task: TaskView;
  isOn: boolean;
  onSign: () => void;
  signing: boolean;
}

/** One task: until when, what, from whom, and the one tap that takes it. */
export function TaskCard({ task, isOn, onSign, signing }: TaskCardProps) {
  const ownDepartment = useSession().person.departmentId === task.departmentId;
  const clock = taskClock(task);
  return (
    <article className={`task-card${isOn ? ' row-on' : ''}`} data-testid="task-card" data-id={task.id} data-state={task.state}>
      <div className="task-card-top">
        {clock === null ? <TaskStateTag state={task.state} /> : <ClockChip clock={clock} />}
        {clock !== null && <span className="small quiet clip task-card-rule">{clock.ruleName}</span>}
        {clock !== null && <TaskStateTag state={task.state} />}
      </div>
      <Link to={`/tasks/${task.id}`} className="task-card-title">
        <LevelTag level={task.severity} />
        <span>{task.caseTitle}</span>
      </Link>
      <p className="two-lines task-card-instruction">{task.instruction}</p>
      <div className="task-card-foot">
        <span className="small quiet">
          {!ownDepartment && `${task.departmentName} · `}
          {ASSIGNMENT_WORDS[task.role]} · {task.assignedBy} <Ago at={task.assignedAt} />
          交办
        </span>
        {ownDepartment && task.state === 'assigned' && (
          <ActButton type="primary" action={actionOf(task.actions, 'acknowledge')} loading={signing} onClick={onSign}>
            签收
          </ActButton>
        )}
        {ownDepartment && task.state === 'acknowledged' && (
          <Link to={`/tasks/${task.id}`} className="plain-button task-card-go">
            去反馈
          </Link>
        )}
      </div>
    </article>
  );
}
