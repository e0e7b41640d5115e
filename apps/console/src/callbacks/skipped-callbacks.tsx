import { useQuery } from '@tanstack/react-query';
import { Popconfirm } from 'antd';
import { Link } from 'react-router';
import type { SkippedCallbackView } from '@huiying/contracts/http';
import { skippedCallbacksQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { fullTime } from '../time/beijing.js';

/** What was left out, by whom and why; it can be sent after all. Nothing is shown where nothing was. */
export function SkippedCallbacks() {
  const { data } = useQuery(skippedCallbacksQuery);
  if (data === undefined || data.length === 0) return null;
  return (
    <section aria-labelledby="skipped-head">
      <div className="panel-head">
        <h2 id="skipped-head">已略过</h2>
        <span className="small quiet">“重新告知”不含略过的；补发后，其后各件随之再送，对方凭幂等键认出已收的</span>
      </div>
      <div className="panel-rows">
        {data.map((one) => (
          <Skipped key={`${one.target}:${one.orderNo}:${one.seq}`} one={one} />
        ))}
      </div>
    </section>
  );
}

function Skipped({ one }: { one: SkippedCallbackView }) {
  const send = useStep({ run: () => steps.unskipCallback(one.target, one.orderNo, one.seq), done: '已补发', touches: ['callbacks'] });
  return (
    <div className="task-line" data-testid="skipped-callback">
      <p className="task-line-head">
        <Link to={`/orders/${encodeURIComponent(one.orderNo)}`}>{one.orderNo}</Link>
        <span className="small quiet">
          第 {one.seq} 件 · {one.target} · {one.skippedBy} {fullTime(one.skippedAt)} 略过：{one.reason}
        </span>
      </p>
      <p>{one.text}</p>
      <div className="sheet-acts no-print">
        <Popconfirm
          title={`补发第 ${one.seq} 件，并按序再送其后各件。`}
          okText="补发"
          cancelText="不发"
          onConfirm={() => send.mutate(undefined)}
        >
          <button type="button" className="plain-button" disabled={send.isPending}>
            补发
          </button>
        </Popconfirm>
      </div>
    </div>
  );
}
