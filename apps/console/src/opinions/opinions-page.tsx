import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { OpinionView } from '@huiying/contracts/http';
import { opinionsQuery } from '../api/queries.js';
import { opinionArrivals, useOpinionArrivals } from '../live/opinion-arrivals.js';
import { usePageTitle } from '../shell/tab-title.js';
import { useRowCursor } from '../shortcuts/use-row-cursor.js';
import { Empty } from '../states/empty.js';
import { JudgingTabs } from '../learning/judging-tabs.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { LongList } from '../states/long-list.js';
import { SearchField } from '../states/search-field.js';
import { Tabs } from '../states/tabs.js';
import { apiSearch, narrowing } from '../states/url-filters.js';
import { useFilters } from '../states/use-filters.js';
import { usePages } from '../states/use-pages.js';
import { useNarrow } from '../states/use-narrow.js';
import { apiFilters, OPINION_FILTERS, sortOf } from './filter-names.js';
import { FilterBar } from './filter-bar.js';
import { OpinionDrawer } from './opinion-drawer.js';
import { OpinionHead, OpinionRow } from './opinion-row.js';
import { SavedViews } from './saved-views.js';

/** Row heights in pixels: two lines on a desk, four on a phone. */
const ROW = { wide: 60, narrow: 112 };
const keyOf = (opinion: OpinionView) => opinion.id;

/** 舆情: everything collected, to be searched, narrowed and opened. */
export default function OpinionsPage() {
  usePageTitle('舆情');
  const { filters, change, clear } = useFilters(OPINION_FILTERS);
  const sort = sortOf(filters);
  const search = apiSearch(apiFilters({ ...filters, sort }));
  const list = usePages(opinionsQuery(search));
  const [parameters, setParameters] = useSearchParams();
  const openId = parameters.get('open');
  // Opening is a step to go back from; moving on inside the drawer and closing it are not.
  const setOpenId = (id: string) => setParameters((before) => (before.set('open', id), before), { replace: openId !== null });
  const close = () => setParameters((before) => (before.delete('open'), before), { replace: true });
  const [filtersShown, setFiltersShown] = useState(false);
  const narrow = useNarrow();
  const set = narrowing(filters);
  return (
    <div className="page-fixed">
      <div className="page-head">
        <JudgingTabs />
        <SearchField value={filters.q} onSearch={(q) => change({ q })} placeholder="搜索标题与正文" testId="opinions-search" />
        <span className="quiet small" data-testid="opinions-total">
          {list.items === undefined ? '' : list.total === null ? '超过 10,000 条' : `${list.total.toLocaleString('zh-CN')} 条`}
        </span>
        {narrow && (
          <button type="button" className="plain-button" aria-expanded={filtersShown} onClick={() => setFiltersShown(!filtersShown)}>
            筛选{set > 0 && ` ${set}`}
          </button>
        )}
        <span className="push opinions-tools">
          <Link to="/schemes" className="plain-button" data-testid="to-schemes">
            关键词方案
          </Link>
          <SavedViews />
          <Tabs
            label="排序"
            choices={[
              { value: 'newest', word: '最新' },
              { value: 'relevance', word: '相关' },
            ]}
            value={sort}
            onChange={(value) => change({ sort: value })}
          />
          <a className="plain-button export" href={`/api/opinions.csv?${search}`} download data-testid="opinions-csv">
            导出 CSV
          </a>
        </span>
      </div>
      {(!narrow || filtersShown) && <FilterBar filters={filters} onChange={change} onClear={clear} />}
      <div className={`list-sheet${list.stale ? ' list-stale' : ''}`}>
        <Arrivals />
        {list.items === undefined ? (
          list.error === null ? (
            <Loading lines={12} />
          ) : (
            <Failure error={list.error} what="舆情" onRetry={list.retry} />
          )
        ) : (
          <Rows
            list={{ ...list, items: list.items }}
            query={filters.q}
            rowHeight={narrow ? ROW.narrow : ROW.wide}
            onOpen={setOpenId}
            onClear={clear}
            narrowed={set > 0 || filters.q !== ''}
          />
        )}
      </div>
      {openId !== null && <OpinionDrawer id={openId} onClose={close} onMove={setOpenId} />}
    </div>
  );
}

/** New opinions wait for the reader to ask. */
function Arrivals() {
  const arrived = useOpinionArrivals();
  const client = useQueryClient();
  if (arrived === 0) return null;
  const reload = () => {
    opinionArrivals.clear();
    void client.invalidateQueries({ queryKey: ['opinions', 'list'] });
  };
  return (
    <button type="button" className="fresh-bar" onClick={reload} data-testid="fresh-opinions">
      有 {arrived} 条新舆情
    </button>
  );
}

interface RowsProps {
  list: { items: OpinionView[]; more: () => void; loadingMore: boolean; hasMore: boolean };
  query: string;
  rowHeight: number;
  onOpen: (id: string) => void;
  onClear: () => void;
  narrowed: boolean;
}

function Rows({ list, query, rowHeight, onOpen, onClear, narrowed }: RowsProps) {
  const navigate = useNavigate();
  const cursor = useRowCursor(list.items, keyOf, {
    onOpen: ({ id }) => onOpen(id),
    onAcknowledge: ({ alertId }) => alertId !== null && void navigate(`/alerts/${alertId}`),
  });
  if (list.items.length === 0)
    return narrowed ? (
      <Empty title="没有符合条件的舆情">
        换个词或放宽条件，或{' '}
        <button type="button" className="plain-button" onClick={onClear}>
          清除全部条件
        </button>
      </Empty>
    ) : (
      <Empty title="还没有采集到舆情">信源接入后，新内容通常在几分钟内出现。请在“信源”页查看各信源是否正常。</Empty>
    );
  return (
    <>
      <OpinionHead />
      <LongList
        label="舆情列表"
        items={list.items}
        rowHeight={rowHeight}
        keyOf={keyOf}
        inSight={cursor.index}
        onEnd={list.more}
        row={(opinion) => <OpinionRow opinion={opinion} query={query} isOn={cursor.isOn(opinion)} onOpen={onOpen} />}
        foot={<p className="list-foot quiet small">{list.loadingMore ? '正在读取更多…' : list.hasMore ? '' : '已到末尾'}</p>}
      />
    </>
  );
}
