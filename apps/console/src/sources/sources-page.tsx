import { useQuery } from '@tanstack/react-query';
import type { SourceView } from '@huiying/contracts/http';
import { sourcesQuery } from '../api/queries.js';
import { channelWord, SOURCE_STATE_WORDS } from '../marks/labels.js';
import { SourceStateTag } from '../marks/state-tag.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { fullTime } from '../time/beijing.js';
import { Ago } from '../time/moment.js';
import { useNow } from '../time/use-now.js';
import { aheadWords } from '../time/words.js';
import { troubledFirst } from './troubled-first.js';

/** 信源: what are we blind to? */
export default function SourcesPage() {
  usePageTitle('信源');
  const { data: sources, error, refetch } = useQuery(sourcesQuery);
  if (sources === undefined)
    return error === null ? <Loading lines={8} /> : <Failure error={error} what="信源" onRetry={() => void refetch()} />;
  const troubled = sources.filter(({ state }) => state === 'failing' || state === 'silent');
  return (
    <div className="page-fixed">
      <div className="page-head">
        <h1>信源</h1>
        <span className={troubled.length > 0 ? 'state state-wrong' : 'quiet'} data-testid="sources-verdict">
          {sources.length === 0
            ? ''
            : troubled.length === 0
              ? `${sources.length} 个信源均正常`
              : `${sources.length} 个信源中 ${troubled.length} 个异常，期间的舆情可能未被看见`}
        </span>
      </div>
      <div className="list-sheet">
        {sources.length === 0 ? (
          <Empty title="还没有接入信源">在 config/sources.yaml 中登记后，这里会显示各信源的健康情况。</Empty>
        ) : (
          <div className="panel-rows">
            <div className="source-row source-head small quiet" aria-hidden="true">
              <span>状态</span>
              <span>信源</span>
              <span>最近成功</span>
              <span>最近新内容</span>
              <span>下次抓取</span>
              <span>累计</span>
            </div>
            {troubledFirst(sources).map((source) => (
              <SourceRow key={source.sourceId} source={source} />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

function SourceRow({ source }: { source: SourceView }) {
  const now = useNow(20_000);
  return (
    <div className="source-row" data-testid="source-row" data-state={source.state}>
      <span>
        <SourceStateTag state={source.state} />
      </span>
      <span className="opinion-what">
        <b className="clip">{source.name}</b>
        <span className="clip small quiet" title={source.url ?? undefined}>
          {channelWord(source.channel)}
          {source.url === null ? ' · 接口推送' : ` · ${source.url}`}
        </span>
        {source.error !== null && (
          <span className="source-error">
            连续 {source.consecutiveFailures} 次失败：{source.error}
          </span>
        )}
        {source.state === 'silent' && (
          <span className="source-error">{SOURCE_STATE_WORDS.silent}：能抓取，但久未有新内容，可能已改版或停更。</span>
        )}
      </span>
      <Cell word="最近成功">{source.lastSuccessAt === null ? '从未' : <Ago at={source.lastSuccessAt} />}</Cell>
      <Cell word="最近新内容">{source.lastNewItemAt === null ? '从未' : <Ago at={source.lastNewItemAt} />}</Cell>
      <Cell word="下次抓取">
        {source.nextPollAt === null ? '—' : <span title={fullTime(source.nextPollAt)}>{aheadWords(source.nextPollAt, now)}</span>}
      </Cell>
      <Cell word="累计">{source.itemsTotal.toLocaleString('zh-CN')}</Cell>
    </div>
  );
}

function Cell({ word, children }: { word: string; children: React.ReactNode }) {
  return (
    <span className="source-cell">
      <span className="source-cell-word small quiet">{word}</span> {children}
    </span>
  );
}
