import { Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { SourceLine, SourcePage } from '@huiying/contracts/http';
import { sourcesQuery } from '../api/queries.js';
import { channelWord } from '../marks/labels.js';
import { useSession } from '../session/session.js';
import { usePageTitle } from '../shell/tab-title.js';
import { useRowCursor } from '../shortcuts/use-row-cursor.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { LongList } from '../states/long-list.js';
import { SearchField } from '../states/search-field.js';
import { Tabs } from '../states/tabs.js';
import { apiSearch, narrowing } from '../states/url-filters.js';
import { useFilters } from '../states/use-filters.js';
import { useNarrow } from '../states/use-narrow.js';
import { usePages } from '../states/use-pages.js';
import { KIND_WORDS } from './cause-words.js';
import { SourceDrawer } from './source-drawer.js';
import { SourceHead, SourceRow } from './source-row.js';
import { SourceTools } from './source-tools.js';
import { useSourceActs } from './use-source-acts.js';

const SourceForm = lazy(() => import('./source-form.js'));
const ImportDialog = lazy(() => import('./import-dialog.js'));

const FILTERS = ['q', 'state', 'channel', 'kind'] as const;
const CHANNELS = ['gov-site', 'news', 'forum', 'weibo', 'wechat', 'hotline', 'other'].map((value) => ({
  value,
  label: channelWord(value),
}));
const KINDS = Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label }));
/** Row heights in pixels. */
const ROW = { wide: 60, narrow: 190 };
const keyOf = ({ sourceId }: SourceLine) => sourceId;

/** 信源: what are we blind to? */
export default function SourcesPage() {
  usePageTitle('信源');
  const { filters, change, clear } = useFilters(FILTERS);
  const list = usePages<SourceLine>(sourcesQuery(apiSearch(filters)));
  const counts = (list.first as SourcePage | undefined)?.counts;
  const [parameters, setParameters] = useSearchParams();
  const { person } = useSession();
  const mayEdit = person.role === 'supervisor' || person.role === 'administrator';
  const [importing, setImporting] = useState(false);
  const set = (name: 'open' | 'edit', value: string | null) =>
    setParameters((before) => (value === null ? before.delete(name) : before.set(name, value), before), { replace: value === null });
  const openId = parameters.get('open');
  const editId = parameters.get('edit');
  return (
    <div className="page-fixed">
      <div className="page-head">
        <h1>信源</h1>
        <SearchField value={filters.q} onSearch={(q) => change({ q })} placeholder="搜索名称或地址" testId="sources-search" />
        <Verdict counts={counts} />
        <SourceTools mayEdit={mayEdit} onNew={() => set('edit', 'new')} onImport={() => setImporting(true)} />
      </div>
      <div className="filter-bar" role="search" aria-label="筛选">
        <StateTabs counts={counts} value={filters.state} onChange={(state) => change({ state })} />
        <Select
          allowClear
          popupMatchSelectWidth={false}
          placeholder="渠道"
          aria-label="渠道"
          className="filter"
          value={filters.channel || undefined}
          onChange={(channel?: string) => change({ channel: channel ?? '' })}
          options={CHANNELS}
        />
        <Select
          allowClear
          popupMatchSelectWidth={false}
          placeholder="类型"
          aria-label="类型"
          className="filter"
          value={filters.kind || undefined}
          onChange={(kind?: string) => change({ kind: kind ?? '' })}
          options={KINDS}
        />
      </div>
      <div className={`list-sheet${list.stale ? ' list-stale' : ''}`}>
        {list.items === undefined ? (
          list.error === null ? (
            <Loading lines={8} />
          ) : (
            <Failure error={list.error} what="信源" onRetry={list.retry} />
          )
        ) : (
          <Rows
            list={{ ...list, items: list.items }}
            onOpen={(id) => set('open', id)}
            narrowed={narrowing(filters) > 0 || filters.q !== ''}
            onClear={clear}
          />
        )}
      </div>
      {openId !== null && <SourceDrawer id={openId} onClose={() => set('open', null)} onEdit={() => set('edit', openId)} />}
      <Suspense>
        {editId !== null && mayEdit && <SourceForm id={editId === 'new' ? null : editId} onClose={() => set('edit', null)} />}
        {importing && <ImportDialog onClose={() => setImporting(false)} />}
      </Suspense>
    </div>
  );
}

type Counts = SourcePage['counts'] | undefined;

function Verdict({ counts }: { counts: Counts }) {
  if (counts === undefined || counts.all === 0) return null;
  const troubled = counts.failing + counts.silent;
  return (
    <span className={troubled > 0 ? 'state state-wrong' : 'quiet'} data-testid="sources-verdict">
      {troubled === 0
        ? `${counts.all - counts.paused} 个信源均正常${counts.paused > 0 ? `，另有 ${counts.paused} 个暂停` : ''}`
        : `${counts.all} 个信源中 ${troubled} 个异常，期间的舆情可能未被看见`}
    </span>
  );
}

function StateTabs({ counts, value, onChange }: { counts: Counts; value: string; onChange: (state: string) => void }) {
  const choices = [
    { value: '', word: '全部', count: counts?.all ?? 0 },
    { value: 'failing,silent', word: '异常', count: (counts?.failing ?? 0) + (counts?.silent ?? 0) },
    { value: 'silent', word: '静默', count: counts?.silent ?? 0 },
    { value: 'failing', word: '抓取失败', count: counts?.failing ?? 0 },
    { value: 'paused', word: '已暂停', count: counts?.paused ?? 0 },
  ];
  return <Tabs label="状态" choices={choices} value={value} onChange={onChange} />;
}

interface RowsProps {
  list: { items: SourceLine[]; more: () => void; loadingMore: boolean; hasMore: boolean };
  onOpen: (id: string) => void;
  narrowed: boolean;
  onClear: () => void;
}

function Rows({ list, onOpen, narrowed, onClear }: RowsProps) {
  const acts = useSourceActs();
  const narrow = useNarrow();
  const cursor = useRowCursor(list.items, keyOf, { onOpen: ({ sourceId }) => onOpen(sourceId) });
  if (list.items.length === 0)
    return narrowed ? (
      <Empty title="没有符合条件的信源">
        换个词或放宽条件，或{' '}
        <button type="button" className="plain-button" onClick={onClear}>
          清除全部条件
        </button>
      </Empty>
    ) : (
      <Empty title="还没有接入信源">由带班领导或系统管理员点“新增信源”登记，或从 OPML、CSV 导入；这里会显示各信源的健康情况。</Empty>
    );
  return (
    <>
      <SourceHead />
      <LongList
        label="信源列表"
        items={list.items}
        rowHeight={narrow ? ROW.narrow : ROW.wide}
        keyOf={keyOf}
        inSight={cursor.index}
        onEnd={list.more}
        row={(source) => <SourceRow source={source} acts={acts} isOn={cursor.isOn(source)} onOpen={onOpen} />}
        foot={<p className="list-foot quiet small">{list.loadingMore ? '正在读取更多…' : list.hasMore ? '' : '已到末尾'}</p>}
      />
    </>
  );
}
