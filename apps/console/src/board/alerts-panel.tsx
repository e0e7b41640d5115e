import { Link, useNavigate } from 'react-router';
import type { AlertView } from '@huiying/contracts/http';
import { AlertRow } from '../alerts/alert-row.js';
import { useAlertSteps } from '../alerts/use-alert-steps.js';
import { useRowCursor } from '../shortcuts/use-row-cursor.js';
import { Empty } from '../states/empty.js';
import { useHeldBack } from './use-held-back.js';

const keyOf = (alert: AlertView) => alert.id;

/** The alerts nobody has decided yet. New ones wait behind a bar, so that no row moves under the cursor. */
export function AlertsPanel({ alerts, total }: { alerts: AlertView[]; total: number }) {
  const { rows, fresh, release, isNew } = useHeldBack(alerts, keyOf);
  const steps = useAlertSteps();
  const navigate = useNavigate();
  const cursor = useRowCursor(rows, keyOf, {
    onOpen: (alert) => void navigate(`/alerts/${alert.id}`),
    onAcknowledge: (alert) => alert.state === 'open' && steps.seen(alert),
    onFalseAlarm: steps.falseAlarm,
  });
  return (
    <section className="panel panel-scroll" aria-labelledby="board-alerts-head">
      <div className="panel-head">
        <h2 id="board-alerts-head">待处置预警</h2>
        <span className="quiet small">{total}</span>
        <Link to="/alerts" className="push small">
          全部预警
        </Link>
      </div>
      {fresh.length > 0 && (
        <button type="button" className="fresh-bar" onClick={release} data-testid="fresh-alerts">
          {fresh.length} 条新预警
        </button>
      )}
      <div className="panel-rows">
        {rows.length === 0 && <Empty title="没有待处置的预警">新预警会立即出现在这里，Ⅰ、Ⅱ级同时响提示音。</Empty>}
        {rows.map((alert) => (
          <AlertRow key={alert.id} alert={alert} steps={steps} isOn={cursor.isOn(alert)} isNew={isNew(alert)} />
        ))}
        {total > rows.length + fresh.length && (
          <Link to="/alerts" className="panel-more">
            还有 {total - rows.length - fresh.length} 条，查看全部
          </Link>
        )}
      </div>
      {steps.dialogs}
    </section>
  );
}
