import { Link } from 'react-router';
import type { ThresholdFiringView } from '@huiying/contracts/http';
import { thresholdFiringsQuery } from '../api/queries.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { usePages } from '../states/use-pages.js';
import { fullTime } from '../time/beijing.js';
import { ThresholdRows } from './threshold-rows.js';

/** When rules were reached, the newest first; of the rule that is open, where one is. */
export function Firings({ ruleId }: { ruleId: string | null }) {
  const list = usePages(thresholdFiringsQuery(ruleId === null ? '' : `rule=${ruleId}`));
  return (
    <section className="panel" aria-labelledby="firings-head">
      <div className="panel-head">
        <h2 id="firings-head">{ruleId === null ? '达到过的' : '这条规则达到过的'}</h2>
      </div>
      {list.items === undefined ? (
        list.error === null ? (
          <Loading lines={3} />
        ) : (
          <Failure error={list.error} what="达到记录" onRetry={list.retry} />
        )
      ) : list.items.length === 0 ? (
        <Empty title="还没有达到过">新到的舆情、工单随研判随计数；一个地点在一个时间窗内只告一次。</Empty>
      ) : (
        <ul className="panel-rows">
          {list.items.map((one) => (
            <Firing key={one.id} firing={one} />
          ))}
        </ul>
      )}
      {list.hasMore && (
        <div className="sheet-acts">
          <button type="button" className="plain-button" onClick={list.more}>
            更早的
          </button>
        </div>
      )}
    </section>
  );
}

function Firing({ firing }: { firing: ThresholdFiringView }) {
  return (
    <li className="scheme-row" data-testid="threshold-firing">
      <span>
        <b>{firing.group}</b> {firing.words}{' '}
        <Link to={firing.alertId === null ? `/stories/${firing.storyId}` : `/alerts/${firing.alertId}`}>
          {firing.alertId === null ? '看事件' : '看预警'}
        </Link>
      </span>
      <span className="small quiet">
        {firing.ruleName} · {fullTime(firing.firedAt)}
      </span>
      <ThresholdRows rows={firing.opinions} />
    </li>
  );
}
