import { Link } from 'react-router';
import type { DeadlineView } from '@huiying/contracts/http';
import { Empty } from '../states/empty.js';
import { AskedMark } from '../time/asked-mark.js';
import { ClockChip } from '../time/clock-chip.js';
import { byTimeLeft } from '../time/clock-face.js';
import { WhyButton } from '../cases/why-button.js';
import { OrganName } from '../marks/organ-name.js';

/** Running and overdue clocks, whose time runs out next on top. */
export function ClocksPanel({ deadlines, overdue }: { deadlines: DeadlineView[]; overdue: number }) {
  const sorted = [...deadlines].sort(byTimeLeft);
  return (
    <section className="panel panel-scroll panel-clocks" aria-labelledby="board-clocks-head">
      <div className="panel-head">
        <h2 id="board-clocks-head">时限</h2>
        <span className="quiet small">按剩余时间</span>
        {overdue > 0 && <span className="push small overdue-word">{overdue} 个已超时</span>}
      </div>
      <div className="panel-rows">
        {sorted.length === 0 && <Empty title="没有正在走的时限" />}
        {sorted.map((deadline) => (
          <div key={deadline.id} className="clock-row" data-testid="clock-row">
            <WhyButton deadlineId={deadline.id}>
              <ClockChip clock={deadline} />
            </WhyButton>
            <Link
              to={deadline.subject.kind === 'task' ? `/tasks/${deadline.subject.id}` : deadline.subject.link}
              className="clock-row-what"
            >
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
        ))}
      </div>
    </section>
  );
}
