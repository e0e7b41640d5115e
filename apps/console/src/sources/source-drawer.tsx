import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { SOURCE_CAUSE_WORDS, type SourceDetail } from '@huiying/contracts/http';
import { sourceQuery } from '../api/queries.js';
import { channelWord } from '../marks/labels.js';
import { SourceStateTag } from '../marks/state-tag.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { fullTime, monthDayTime } from '../time/beijing.js';
import { Ago } from '../time/moment.js';
import { spanWords } from '../time/words.js';
import { KIND_WORDS, troubleOf } from './cause-words.js';
import { CoverageGrid } from './coverage-strip.js';
import { RhythmBars } from './rhythm-bars.js';
import { useSourceActs } from './use-source-acts.js';

/** One source beside the list: how it stands, what was not seen of it, who did what with it. */
export function SourceDrawer({ id, onClose, onEdit }: { id: string; onClose: () => void; onEdit: () => void }) {
  const { data: source, error, refetch } = useQuery({ ...sourceQuery(id), refetchInterval: 10_000 });
  return (
    <Drawer open onClose={onClose} size="min(680px, 100vw)" title={source?.name ?? '信源'} data-testid="source-drawer">
      {source !== undefined ? (
        <Sheet source={source} onEdit={onEdit} onClose={onClose} />
      ) : error === null ? (
        <Loading />
      ) : (
        <Failure error={error} what="这个信源" onRetry={() => void refetch()} />
      )}
    </Drawer>
  );
}

function Sheet({ source, onEdit, onClose }: { source: SourceDetail; onEdit: () => void; onClose: () => void }) {
  const trouble = troubleOf(source);
  return (
    <div className="source-sheet">
      <p>
        <SourceStateTag state={source.state} />{' '}
        <span className="quiet">
          {channelWord(source.channel)} · {KIND_WORDS[source.kind] ?? source.kind}
        </span>
      </p>
      {trouble !== null && (
        <p className={source.state === 'ok' ? 'quiet' : 'source-error'} data-testid="source-drawer-trouble">
          {trouble}
        </p>
      )}
      <DrawerActs source={source} onEdit={onEdit} onClose={onClose} />
      <Facts source={source} />
      <h3>更新规律</h3>
      <RhythmBars arrivals={source.arrivals} every={source.expectedEverySeconds} />
      <h3>
        覆盖情况{' '}
        <span className="small quiet">
          近 7 天{' '}
          {source.lastSuccessAt === null
            ? '从未采集成功'
            : source.unseenHours === 0
              ? '每小时都看到'
              : `有 ${source.unseenHours} 小时未看到`}
        </span>
      </h3>
      <CoverageGrid coverage={source.coverage} />
      <Unseen spans={source.unseen} />
      <h3>操作记录</h3>
      {source.history.length === 0 ? (
        <p className="small quiet">尚无操作；此信源来自配置清单。</p>
      ) : (
        <ul className="source-history small">
          {source.history.map(({ at, who, text }) => (
            <li key={`${at}${text}`}>
              <span className="quiet">{monthDayTime(at)}</span> {who} {text}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function DrawerActs({ source, onEdit, onClose }: { source: SourceDetail; onEdit: () => void; onClose: () => void }) {
  const acts = useSourceActs(onClose);
  if (source.url === null) return <p className="small quiet">由对方系统推送，无需抓取。</p>;
  return (
    <p className="source-acts">
      {source.state === 'paused' ? (
        <Button onClick={() => acts.resume(source)} data-testid="drawer-resume">
          恢复采集
        </Button>
      ) : (
        <>
          <Button type={source.state === 'ok' ? 'default' : 'primary'} onClick={() => acts.poll(source)} data-testid="drawer-poll">
            立即重试
          </Button>
          <Button onClick={() => acts.pause(source)} data-testid="drawer-pause">
            暂停采集
          </Button>
        </>
      )}
      {source.mayEdit && (
        <>
          <Button onClick={onEdit} data-testid="drawer-edit">
            修改设置
          </Button>
          <Button danger type="text" onClick={() => acts.remove(source)} data-testid="drawer-remove">
            移出清单
          </Button>
        </>
      )}
    </p>
  );
}

function Facts({ source }: { source: SourceDetail }) {
  const when = (at: string | null) => (at === null ? '从未' : <Ago at={at} />);
  const facts: [string, React.ReactNode][] = [
    [
      '地址',
      source.url === null ? (
        '由对方推送'
      ) : (
        <a href={source.url} target="_blank" rel="noreferrer noopener">
          {source.url}
        </a>
      ),
    ],
    ['最近成功', when(source.lastSuccessAt)],
    ['最近新内容', when(source.lastNewItemAt)],
    ['往常', source.expectedEverySeconds === null ? '规律尚在学习' : `活跃时段约每 ${spanWords(source.expectedEverySeconds)}有新内容`],
    ['下次抓取', source.nextPollAt === null ? '—' : fullTime(source.nextPollAt)],
    ['累计', `${source.itemsTotal.toLocaleString('zh-CN')} 条`],
  ];
  if (source.cause !== null) facts.push(['疑似原因', SOURCE_CAUSE_WORDS[source.cause]]);
  return (
    <dl className="facts">
      {facts.map(([word, value]) => (
        <div key={word} className="source-fact">
          <dt>{word}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Unseen({ spans }: { spans: SourceDetail['unseen'] }) {
  if (spans.length === 0) return null;
  return (
    <ul className="source-history small" data-testid="source-unseen">
      {[...spans].reverse().map(({ from, to, cause }) => (
        <li key={from}>
          {monthDayTime(from)} 至 {to === null ? '现在' : monthDayTime(to)}
          <span className="quiet">
            {' '}
            {to === null ? '' : `共 ${spanWords((Date.parse(to) - Date.parse(from)) / 1000)}，`}
            {SOURCE_CAUSE_WORDS[cause]}
          </span>
        </li>
      ))}
    </ul>
  );
}
