import { Button } from 'antd';
import type { SourceLine } from '@huiying/contracts/http';
import { channelWord } from '../marks/labels.js';
import { SourceStateTag } from '../marks/state-tag.js';
import { fullTime } from '../time/beijing.js';
import { Ago } from '../time/moment.js';
import { useNow } from '../time/use-now.js';
import { aheadWords } from '../time/words.js';
import { KIND_WORDS, troubleOf } from './cause-words.js';
import { CoverageStrip } from './coverage-strip.js';
import { RhythmBars } from './rhythm-bars.js';
import type { SourceActs } from './use-source-acts.js';

export function SourceHead() {
  return (
    <div className="source-row source-head small quiet" aria-hidden="true">
      <span>状态</span>
      <span>信源</span>
      <span>更新规律（48 小时）</span>
      <span>覆盖（7 天）</span>
      <span>最近新内容</span>
      <span>下次抓取</span>
      <span>操作</span>
    </div>
  );
}

/** One source: how it stands, what is the matter, when it speaks, what was not seen of it, and what can be done. */
export function SourceRow({
  source,
  acts,
  isOn,
  onOpen,
}: {
  source: SourceLine;
  acts: SourceActs;
  isOn: boolean;
  onOpen: (id: string) => void;
}) {
  const trouble = troubleOf(source);
  const { sourceId, state, channel, kind, url } = source;
  const where = `${channelWord(channel)} · ${KIND_WORDS[kind] ?? kind}${url === null ? '' : ` · ${url.replace(/^https?:\/\//, '')}`}`;
  return (
    <div className={`source-row${isOn ? ' row-on' : ''}`} data-testid="source-row" data-state={state} data-source={sourceId}>
      <span>
        <SourceStateTag state={state} />
      </span>
      <button type="button" className="source-what" onClick={() => onOpen(sourceId)}>
        <b className="clip">{source.name}</b>
        {trouble === null ? (
          <span className="clip small quiet" title={url ?? undefined}>
            {where}
          </span>
        ) : (
          <span className={`clip small ${state === 'ok' ? 'quiet' : 'source-error'}`} title={trouble} data-testid="source-trouble">
            {trouble}
          </span>
        )}
      </button>
      <RhythmBars arrivals={source.arrivals} every={source.expectedEverySeconds} />
      <CoverageStrip coverage={source.coverage} />
      <Cell word="最近新内容">{source.lastNewItemAt === null ? '从未' : <Ago at={source.lastNewItemAt} />}</Cell>
      <Cell word="下次抓取">
        <Next at={source.nextPollAt} />
      </Cell>
      <RowActs source={source} acts={acts} />
    </div>
  );
}

function Next({ at }: { at: string | null }) {
  const now = useNow(20_000);
  return at === null ? <>—</> : <span title={fullTime(at)}>{aheadWords(at, now)}</span>;
}

function RowActs({ source, acts }: { source: SourceLine; acts: SourceActs }) {
  if (source.url === null) return <span className="small quiet">由对方推送</span>;
  const busy = acts.busyId === source.sourceId;
  return (
    <span className="source-acts">
      {source.state === 'paused' ? (
        <Button size="small" disabled={busy} onClick={() => acts.resume(source)} data-testid="source-resume">
          恢复
        </Button>
      ) : (
        <>
          <Button size="small" disabled={busy} onClick={() => acts.poll(source)} data-testid="source-poll">
            重试
          </Button>
          <Button size="small" type="text" disabled={busy} onClick={() => acts.pause(source)} data-testid="source-pause">
            暂停
          </Button>
        </>
      )}
    </span>
  );
}

function Cell({ word, children }: { word: string; children: React.ReactNode }) {
  return (
    <span className="source-cell">
      <span className="source-cell-word small quiet">{word}</span> {children}
    </span>
  );
}
