import { Link } from 'react-router';
import type { BoardView } from '@huiying/contracts/http';

interface Figure {
  word: string;
  count: number;
  to: string;
  hot?: boolean;
}

/** The figures of the moment and of the day; each opens its rows. */
export function Figures({ board }: { board: BoardView }) {
  const now: Figure[] = [
    { word: '待处置预警', count: board.openAlertCount, to: '/alerts' },
    { word: '已超时', count: board.overdueCount, to: '/cases', hot: board.overdueCount > 0 },
    ...(board.orderOverdueCount > 0 ? [{ word: '工单超时', count: board.orderOverdueCount, to: '/orders?shown=overdue' }] : []),
    { word: '在办舆情单', count: board.openCaseCount, to: '/cases' },
    { word: '待签收任务', count: board.unacknowledgedTaskCount, to: '/tasks?state=assigned' },
  ];
  const today: Figure[] = [
    { word: '舆情', count: board.today.opinions, to: '/opinions' },
    { word: '研判为政务舆情', count: board.today.flagged, to: '/opinions?verdict=flagged' },
    { word: '热线', count: board.today.hotline, to: '/opinions?channel=hotline' },
    { word: '预警', count: board.today.alerts, to: '/alerts?state=open,seen,confirmed,false-alarm' },
  ];
  return (
    <div className="figures">
      {now.map((figure) => (
        <Link key={figure.word} to={figure.to} className={`figure${figure.hot === true ? ' figure-hot' : ''}`}>
          <b>{figure.count}</b> {figure.word}
        </Link>
      ))}
      <span className="figures-today">
        <span className="quiet">今日</span>
        {today.map((figure) => (
          <Link key={figure.word} to={figure.to} className="figure figure-small">
            {figure.word} <b>{figure.count}</b>
          </Link>
        ))}
      </span>
    </div>
  );
}
