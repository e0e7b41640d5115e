import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import type { StatementView } from '@huiying/contracts/http';
import { filtersQuery, statementsQuery } from '../api/queries.js';
import { StatementStateTag } from '../marks/state-tag.js';
import { AnswerTabs } from '../shell/answer-tabs.js';
import { usePageTitle } from '../shell/tab-title.js';
import { useRowCursor } from '../shortcuts/use-row-cursor.js';
import { EmptyList } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { SearchField } from '../states/search-field.js';
import { Tabs } from '../states/tabs.js';
import { apiSearch } from '../states/url-filters.js';
import { useFilters } from '../states/use-filters.js';
import { usePages } from '../states/use-pages.js';
import { fullTime, monthDayTime } from '../time/beijing.js';
import './statements.css';

const StatementDrawer = lazy(() => import('./statement-drawer.js'));
const NAMES = ['q', 'topic', 'shown'] as const;
const SHOWN: Record<string, string> = {
  library: 'published=true',
  mine: 'state=draft,review,cleared,approved',
  review: 'state=review',
  cleared: 'state=cleared',
  approved: 'state=approved',
};
const CHOICES = [
  { value: 'library', word: '已发布' },
  { value: 'mine', word: '在办' },
  { value: 'review', word: '待审查' },
  { value: 'cleared', word: '待审批' },
  { value: 'approved', word: '待发布' },
];
const keyOf = (item: StatementView) => item.id;

/** 口径库: what have we said on this before? */
export default function StatementsPage() {
  usePageTitle('口径库');
  const { filters, change, clear } = useFilters(NAMES, { shown: 'library' });
  const { data: choices } = useQuery(filtersQuery);
  const [parameters] = useSearchParams();
  const search = [SHOWN[filters.shown] ?? SHOWN.library, apiSearch({ q: filters.q, topic: filters.topic })]
    .filter((part) => part !== '')
    .join('&');
  const list = usePages(statementsQuery(search));
  return (
    <div className="page-fixed" data-testid="statements-page">
      <div className="page-head">
        <AnswerTabs />
        <Tabs label="范围" choices={CHOICES} value={filters.shown} onChange={(shown) => change({ shown })} />
        <a className="plain-button push" href={`/api/statements.csv?${search}`} download>
          导出 CSV
        </a>
      </div>
      <div className="filter-bar" role="search" aria-label="筛选">
        <SearchField value={filters.q} onSearch={(q) => change({ q })} placeholder="搜索标题、正文、单号" testId="statements-search" />
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="主题"
          aria-label="主题"
          style={{ width: 160 }}
          value={filters.topic || undefined}
          onChange={(topic?: string) => change({ topic: topic ?? '' })}
          options={choices?.topics.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </div>
      <div className="list-sheet">
        {list.items === undefined ? (
          list.error === null ? (
            <Loading lines={8} />
          ) : (
            <Failure error={list.error} what="口径库" onRetry={list.retry} />
          )
        ) : (
          <Rows
            items={list.items}
            hasMore={list.hasMore}
            more={list.more}
            narrowed={filters.q !== '' || filters.topic !== ''}
            onClear={clear}
          />
        )}
      </div>
      <Suspense>{parameters.has('statement') && <StatementDrawer />}</Suspense>
    </div>
  );
}

function Rows({
  items,
  hasMore,
  more,
  narrowed,
  onClear,
}: {
  items: StatementView[];
  hasMore: boolean;
  more: () => void;
  narrowed: boolean;
  onClear: () => void;
}) {
  const [, setParameters] = useSearchParams();
  const open = ({ id }: { id: string }) => setParameters((before) => (before.set('statement', id), before));
  const cursor = useRowCursor(items, keyOf, { onOpen: open });
  if (items.length === 0)
    return (
      <EmptyList what="口径" title="这里还没有口径" narrowed={narrowed} onClear={onClear}>
        在舆情单中起草口径，发布后按主题收在这里，供以后引用和核对。
      </EmptyList>
    );
  return (
    <div className="panel-rows">
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          className={`row-button${cursor.isOn(item) ? ' row-on' : ''}`}
          onClick={() => open(item)}
          data-testid="statement-row"
          data-state={item.state}
        >
          <span className="task-line-head">
            <b>{item.title}</b>
            <StatementStateTag state={item.state} />
            {item.topic !== null && <span className="small quiet">{item.topic.name}</span>}
            <span className="small quiet push">
              {item.publishedAt === null ? `${monthDayTime(item.updatedAt)} 更新` : `${fullTime(item.publishedAt)} 发布`}
            </span>
          </span>
          <span className="two-lines">{item.text}</span>
          <span className="small quiet">
            {item.caseNo} {item.caseTitle} · 第 {item.version} 版 · {item.departmentName ?? '值班台'}
          </span>
        </button>
      ))}
      {hasMore && (
        <button type="button" className="panel-more plain-more" onClick={more}>
          更多
        </button>
      )}
    </div>
  );
}
