import { useQuery } from '@tanstack/react-query';
import { boardQuery } from '../api/queries.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { usePageTitle } from '../shell/tab-title.js';
import { AlertsPanel } from './alerts-panel.js';
import { CasesPanel } from './cases-panel.js';
import { ClocksPanel } from './clocks-panel.js';
import { DutyPanel } from './duty-panel.js';
import { Figures } from './figures.js';
import { SourcesPanel } from './sources-panel.js';

/** 值班台: what needs me now? */
export default function BoardPage() {
  usePageTitle('值班台');
  const { data: board, error, refetch } = useQuery(boardQuery);
  if (board === undefined)
    return error === null ? <Loading lines={10} /> : <Failure error={error} what="值班台" onRetry={() => void refetch()} />;
  return (
    <div className="board" data-testid="board">
      <Figures board={board} />
      <div className="board-alerts">
        <AlertsPanel alerts={board.alerts} total={board.openAlertCount} />
      </div>
      <div className="board-clocks">
        <ClocksPanel board={board} />
        <CasesPanel cases={board.cases} total={board.openCaseCount} />
      </div>
      <div className="board-side">
        <DutyPanel duty={board.onDuty} />
        <SourcesPanel sources={board.sources} counts={board.sourceCounts} />
      </div>
    </div>
  );
}
