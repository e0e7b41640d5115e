import { Link } from 'react-router';
import type { BoardView, DeadlineView } from '@huiying/contracts/http';
import { Empty } from '../states/empty.js';
import { AskedMark } from '../time/asked-mark.js';
import { ClockChip } from '../time/clock-chip.js';
import { byTimeLeft } from '../time/clock-face.js';
import { WhyButton } from '../cases/why-button.js';
import { OrganName } from '../marks/organ-name.js';

/** Running and overdue clocks, whose time runs out next on top: those of answering the public first, then the hotline's orders. */
export function ClocksPanel({ board: { deadlines, overdueCount, orderDeadlines, orderOverdueCount } }: { board: BoardView }) {
  return (
    <section className="panel panel-scroll panel-clocks" aria-labelledby="board-clocks-head">
      <div className="panel-head">
        <h2 id="board-clocks-head">时限</h2>
        <span className="quiet small">按剩余时间</span>
        {overdueCount > 0 && <span className="push small overdue-word">{overdueCount} 个已超时</span>}
      </div>
      <div className="panel-rows">
        {deadlines.length === 0 && <Empty title="没有正在走的时限" />}
        <ClockRows deadlines={deadlines} />
        {orderDeadlines.length > 0 && (
          <div className="clock-part">
            <h3>热线工单</h3>
            <Link to={orderOverdueCount > 0 ? '/orders?shown=overdue' : '/orders'} className="push small" data-testid="order-clocks">
              {orderOverdueCount > 0 ? <span className="overdue-word">{orderOverdueCount} 个已超时</span> : '全部工单'}
            </Link>
          </div>
        )}
        <ClockRows deadlines={orderDeadlines} />
      </div>
    </section>
  );
}

function ClockRows({ deadlines }: { deadlines: DeadlineView[] }) {
  return [...deadlines].sort(byTimeLeft).map((deadline) => (
    <div key={deadline.id} className="clock-row" data-testid="clock-row">
      <WhyButton deadlineId={deadline.id}>
        <ClockChip clock={deadline} />
      </WhyButton>
      <Link to={deadline.subject.kind === 'task' ? `/tasks/${deadline.subject.id}` : deadline.subject.link} className="clock-row-what">
        <span className="clip">
          <b>{deadline.ruleName}</b>{' '}
          <span className="quiet">
            <OrganName name={deadline.responsible} />
          </span>{' '}
          <AskedMark clock={deadline} />
        </span>
        <span className="clip small quiet">{deadline.subject.title}</span>
      </Link>
    </div>
  ));
}
