import { useQuery } from '@tanstack/react-query';
import type { BoardView } from '@huiying/contracts/http';
import { boardQuery } from '../api/queries.js';
import { useLink } from '../live/link-store.js';
import { useLive } from '../live/use-live.js';
import { LevelTag } from '../marks/level-tag.js';
import { OrganName } from '../marks/organ-name.js';
import { useSession } from '../session/session.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { dateWords, hourMinute, hourMinuteSecond } from '../time/beijing.js';
import { ClockChip } from '../time/clock-chip.js';
import { byTimeLeft } from '../time/clock-face.js';
import { Ago } from '../time/moment.js';
import { useNow } from '../time/use-now.js';
import { alertsLeft, clocksLeft } from './wall-rest.js';

/** Rows that can be read from five metres on one screen. */
const CLOCKS = 6;
const ALERTS = 6;

/** 大屏: the board for a wall. Large, slow, nobody's name or number on it. */
export default function WallPage() {
  usePageTitle('大屏');
  useLive({ silent: true });
  const { data: board, error, refetch } = useQuery({ ...boardQuery, refetchInterval: 60_000 });
  if (board === undefined) return error === null ? <Loading /> : <Failure error={error} what="大屏" onRetry={() => void refetch()} />;
  return (
    <main className="wall" data-testid="wall">
      <WallHead />
      <WallFigures board={board} />
      <section className="wall-part" aria-label="时限">
        <h2>时限（按剩余时间）</h2>
        {board.deadlines.length === 0 && <p className="quiet">没有正在走的时限</p>}
        {[...board.deadlines]
          .sort(byTimeLeft)
          .slice(0, CLOCKS)
          .map((deadline) => (
            <div key={deadline.id} className="wall-row wall-clock">
              <ClockChip clock={deadline} />
              <span className="wall-what">
                <b className="clip">
                  {deadline.ruleName} <OrganName name={deadline.responsible} />
                </b>
                <span className="clip quiet">{deadline.subject.title}</span>
              </span>
            </div>
          ))}
        <WallRest words={clocksLeft(board, CLOCKS)} />
      </section>
      <section className="wall-part" aria-label="待处置预警">
        <h2>待处置预警</h2>
        {board.alerts.length === 0 && <p className="quiet">没有待处置的预警</p>}
        {board.alerts.slice(0, ALERTS).map((alert) => (
          <div key={alert.id} className="wall-row wall-alert">
            <LevelTag level={alert.severity ?? alert.suggestedSeverity} suggested={alert.severity === null} />
            <span className="wall-what">
              <b className="two-lines">{alert.title}</b>
              <span className="clip quiet">
                {alert.opinionCount} 条 · <Ago at={alert.firstSeenAt} />
              </span>
            </span>
          </div>
        ))}
        <WallRest words={alertsLeft(board, ALERTS)} />
      </section>
    </main>
  );
}

/** What does not fit on the screen is counted there. */
function WallRest({ words }: { words: string | null }) {
  return words === null ? null : (
    <p className="wall-rest" data-testid="wall-rest">
      {words}
    </p>
  );
}

function WallHead() {
  const { city } = useSession();
  const now = useNow(1000);
  const { state, lostAt } = useLink();
  return (
    <header className="wall-head">
      <h1>{city.name}政务舆情</h1>
      {state === 'lost' && (
        <span className="overdue-word">
          连接已断开{lostAt !== null && !Number.isNaN(lostAt) && `（${hourMinute(lostAt)} 起）`}，画面可能不是最新
        </span>
      )}
      <time>{Number.isNaN(now) ? '' : `${dateWords(now)} ${hourMinuteSecond(now)}`}</time>
    </header>
  );
}

function WallFigures({ board }: { board: BoardView }) {
  const troubled = board.sourceCounts.failing + board.sourceCounts.silent;
  const figures = [
    { word: '待处置预警', count: board.openAlertCount },
    { word: '时限超时', count: board.overdueCount, hot: board.overdueCount > 0 },
    { word: '在办舆情单', count: board.openCaseCount },
    { word: '待签收任务', count: board.unacknowledgedTaskCount },
    { word: '今日舆情', count: board.today.opinions },
    { word: '今日热线', count: board.today.hotline },
    { word: '信源异常', count: troubled },
  ];
  return (
    <div className="wall-figures">
      {figures.map(({ word, count, hot }) => (
        <p key={word} className={hot === true ? 'overdue-word' : undefined}>
          <b>{count}</b>
          {word}
        </p>
      ))}
    </div>
  );
}
