import { Link } from 'react-router';
import type { SourceState, SourceView } from '@huiying/contracts/http';
import { SourceStateTag } from '../marks/state-tag.js';
import { Ago } from '../time/moment.js';
import { troubledFirst } from '../sources/troubled-first.js';

/** What are we blind to? Sources in trouble first, with since when. */
export function SourcesPanel({ sources, counts }: { sources: SourceView[]; counts: Record<SourceState, number> }) {
  const sorted = troubledFirst(sources);
  const all = counts.ok + counts.failing + counts.silent + counts.paused;
  const troubled = counts.failing + counts.silent;
  return (
    <section className="panel panel-scroll" aria-labelledby="board-sources-head">
      <div className="panel-head">
        <h2 id="board-sources-head">信源</h2>
        <span className="small quiet">{troubled === 0 ? `${all} 个均正常` : `${all} 个中 ${troubled} 个异常`}</span>
        <Link to="/sources" className="push small">
          全部
        </Link>
      </div>
      <ul className="panel-rows">
        {sorted.map((source) => (
          <li
            key={source.sourceId}
            className="source-line"
            title={source.alarm?.said ?? source.error ?? undefined}
            data-testid="source-line"
          >
            <Link to={`/sources?open=${encodeURIComponent(source.sourceId)}`} className="clip source-line-name">
              {source.name}
            </Link>
            <span className="source-line-state">
              {source.state !== 'ok' && <SourceStateTag state={source.state} />}
              <span className="small quiet">{source.lastNewItemAt === null ? '尚无新内容' : <Ago at={source.lastNewItemAt} />}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
