import { useNavigate } from 'react-router';
import type { TaskView } from '@huiying/contracts/http';
import { tasksQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { useSession } from '../session/session.js';
import { usePageTitle } from '../shell/tab-title.js';
import { useRowCursor } from '../shortcuts/use-row-cursor.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { Tabs } from '../states/tabs.js';
import { apiSearch } from '../states/url-filters.js';
import { useFilters } from '../states/use-filters.js';
import { usePages } from '../states/use-pages.js';
import { TaskCard } from './task-card.js';
import { byNeed } from './task-groups.js';

const OPEN = 'assigned,acknowledged';
const STATES = [
  { value: OPEN, word: '待办' },
  { value: 'assigned', word: '待签收' },
  { value: 'acknowledged', word: '处置中' },
  { value: 'replied,returned,closed', word: '已办' },
];
const NAMES = ['state'] as const;
const DEFAULTS = { state: OPEN };

/** 我的任务: what do I owe, by when? */
export default function TasksPage() {
  const { person } = useSession();
  const mine = person.role === 'department-lead';
  usePageTitle(mine ? '我的任务' : '任务');
  const { filters, change } = useFilters(NAMES, DEFAULTS);
  const list = usePages(tasksQuery(apiSearch({ ...filters, mine: mine ? 'true' : '' })));
  return (
    <div className="tasks-page">
      <div className="page-head">
        <h1>{mine ? '我的任务' : '任务'}</h1>
        {person.departmentName !== null && <span className="quiet">{person.departmentName}</span>}
        <Tabs label="状态" choices={STATES} value={filters.state} onChange={(state) => change({ state })} />
      </div>
      {list.items === undefined ? (
        list.error === null ? (
          <Loading lines={8} />
        ) : (
          <Failure error={list.error} what="任务" onRetry={list.retry} />
        )
      ) : (
        <TaskCards tasks={list.items} open={filters.state === OPEN} hasMore={list.hasMore} onMore={list.more} />
      )}
    </div>
  );
}

function TaskCards({ tasks, open, hasMore, onMore }: { tasks: TaskView[]; open: boolean; hasMore: boolean; onMore: () => void }) {
  const navigate = useNavigate();
  const sorted = [...tasks].sort(byNeed);
  const sign = useStep({ run: (task: TaskView) => steps.acknowledge(task.id), done: '已签收', touches: ['tasks', 'cases', 'board'] });
  const cursor = useRowCursor(sorted, ({ id }) => id, {
    onOpen: ({ id }) => void navigate(`/tasks/${id}`),
    onAcknowledge: (task) => task.state === 'assigned' && sign.mutate(task),
  });
  if (sorted.length === 0)
    return <Empty title={open ? '没有待办任务' : '这里还没有任务'}>{open && '新任务交办时会立即通知您，并出现在这里。'}</Empty>;
  return (
    <div className="task-cards">
      {sorted.map((task) => (
        <TaskCard
          key={task.id}
          task={task}
          isOn={cursor.isOn(task)}
          onSign={() => sign.mutate(task)}
          signing={sign.isPending && sign.variables.id === task.id}
        />
      ))}
      {hasMore && (
        <button type="button" className="plain-button" onClick={onMore}>
          更多
        </button>
      )}
    </div>
  );
}
