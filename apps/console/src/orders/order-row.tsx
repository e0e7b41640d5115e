import type { OrderView } from '@huiying/contracts/http';
import { OrganName } from '../marks/organ-name.js';
import { StateTag } from '../marks/state-tag.js';
import { ClockChip } from '../time/clock-chip.js';
import { Ago } from '../time/moment.js';
import { LIGHT_WORDS, ORDER_LOOKS } from './order-words.js';

/** One work order in a list: what, whose, by when. */
export function OrderRow({ order, isOn, onOpen }: { order: OrderView; isOn: boolean; onOpen: () => void }) {
  const facts = [order.appealType, order.category, order.region, order.source].filter((fact) => fact !== null);
  return (
    <button
      type="button"
      className={`row-button order-row${isOn ? ' row-on' : ''}`}
      onClick={onOpen}
      data-testid="order-row"
      data-state={order.state}
      data-light={order.light ?? ''}
    >
      <span className="order-row-main">
        <span className="task-line-head">
          <b>{order.title}</b>
          {order.urgency !== null && order.urgency !== '一般' && <span className="order-mark">{order.urgency}</span>}
          {order.supervision !== null && <span className="order-mark">{order.supervision}督办</span>}
          {order.urges > 0 && <span className="order-mark">催办 {order.urges}</span>}
          {order.reworks > 0 && <span className="order-mark">重办 {order.reworks}</span>}
          {order.askedReturn && <span className="order-mark">退单待审</span>}
          {order.askedExtension && <span className="order-mark">延期待批</span>}
        </span>
        <span className="small quiet">
          {order.orderNo} · {facts.join(' · ')}
          {facts.length > 0 && ' · '}
          <Ago at={order.receivedAt} />
        </span>
      </span>
      <span className="order-row-side">
        <StateTag look={ORDER_LOOKS[order.state]} word={order.stateWord} state={order.state} />
        <span className="small">
          {order.leadUnit === null ? <span className="quiet">未派单</span> : <OrganName name={order.leadUnit} />}
        </span>
        {order.clock === null ? (
          <span className="small quiet">{order.parentNo === null ? '—' : `主单 ${order.parentNo}`}</span>
        ) : (
          <span className="order-clock" title={order.light === null ? '' : LIGHT_WORDS[order.light]}>
            <span className="small quiet">{order.clock.word}</span> <ClockChip clock={order.clock} bar={false} />
          </span>
        )}
      </span>
    </button>
  );
}
