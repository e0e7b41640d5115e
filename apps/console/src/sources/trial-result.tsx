import { useQuery } from '@tanstack/react-query';
import { SOURCE_CAUSE_WORDS } from '@huiying/contracts/http';
import { trialQuery } from '../api/queries.js';
import { Failure } from '../states/failure.js';
import { fullTime } from '../time/beijing.js';
import { useNow } from '../time/use-now.js';

/** After so long nobody should go on waiting: the collector may be down. */
const LATE_MS = 45_000;

/** What a setting brings, before it is kept. */
export function TrialResult({ id }: { id: string }) {
  const { data: trial, error, refetch } = useQuery(trialQuery(id));
  const now = useNow(1_000);
  if (error !== null && trial === undefined) return <Failure error={error} what="试采结果" onRetry={() => void refetch()} />;
  const result = trial?.result ?? null;
  if (result === null) {
    const late = trial !== undefined && now - Date.parse(trial.askedAt) > LATE_MS;
    return (
      <p className="source-trial quiet" role="status" data-testid="trial-waiting">
        {late ? '仍无结果：采集服务可能未运行，请稍后再试或联系运维。' : '正在试采，网页类信源可能需要十几秒…'}
      </p>
    );
  }
  return (
    <section className="source-trial" aria-label="试采结果" data-testid="trial-result">
      <p className={result.outcome === 'read' && result.itemsTotal > 0 ? 'state state-done' : 'source-error'}>
        {result.said}
        {result.cause !== null && `（${SOURCE_CAUSE_WORDS[result.cause]}）`}
        <span className="small quiet">
          {' '}
          用时 {(result.tookMs / 1000).toFixed(1)} 秒{result.foundAt === null ? '' : `，列表位于 ${result.foundAt}`}
        </span>
      </p>
      {result.items.length > 0 && (
        <ol className="trial-items">
          {result.items.map(({ title, url, publishedAt, author, text }) => (
            <li key={`${url}${title}`}>
              <b>{title}</b>
              <span className="small quiet">
                {publishedAt === null ? '无日期' : fullTime(publishedAt)}
                {author === null ? '' : ` · ${author}`}
              </span>
              <span className="small">{text === '' ? '（无正文）' : text}</span>
            </li>
          ))}
        </ol>
      )}
      {result.itemsTotal > result.items.length && <p className="small quiet">仅显示前 {result.items.length} 条。</p>}
    </section>
  );
}
