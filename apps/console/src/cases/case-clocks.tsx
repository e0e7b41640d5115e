import type { CaseDetail } from '@huiying/contracts/http';
import { Empty } from '../states/empty.js';
import { AskedMark } from '../time/asked-mark.js';
import { ClockChip } from '../time/clock-chip.js';
import { byTimeLeft } from '../time/clock-face.js';
import { monthDayTime } from '../time/beijing.js';
import { ProvisionalNote } from '../time/provisional-note.js';
import { WhyButton } from './why-button.js';
import { OrganName } from '../marks/organ-name.js';

/** Every clock of the case, open ones by time left. A click on one shows why it is due then. */
export function CaseClocks({ deadlines }: { deadlines: CaseDetail['deadlines'] }) {
  return (
    <section className="panel" aria-labelledby="clocks-head">
      <div className="panel-head">
        <h2 id="clocks-head">时限</h2>
        <span className="small quiet">点时限看“为什么是这个时间”</span>
      </div>
      {deadlines.length === 0 && <Empty title="这份舆情单没有时限" />}
      {[...deadlines].sort(byTimeLeft).map((deadline) => (
        <div key={deadline.id} className="case-clock-row" data-testid="case-clock" data-state={deadline.state}>
          <WhyButton deadlineId={deadline.id}>
            <ClockChip clock={deadline} />
          </WhyButton>
          <span className="opinion-what">
            <span>
              <b>{deadline.ruleName}</b> <span className="small quiet">{deadline.citation}</span> <AskedMark clock={deadline} />
            </span>
            <span className="small quiet">
              <OrganName name={deadline.responsible} /> · {monthDayTime(deadline.startedAt)} 起算，{monthDayTime(deadline.dueAt)} 到期
              {deadline.metAt !== null && `，${monthDayTime(deadline.metAt)} 完成`}
            </span>
            <ProvisionalNote clock={deadline} />
          </span>
        </div>
      ))}
    </section>
  );
}
