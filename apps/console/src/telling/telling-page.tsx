import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { DutyTabs } from '../duty/duty-tabs.js';
import { usePageTitle } from '../shell/tab-title.js';
import { EmptyList } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { SearchField } from '../states/search-field.js';
import { Tabs } from '../states/tabs.js';
import { apiSearch } from '../states/url-filters.js';
import { useFilters } from '../states/use-filters.js';
import { usePages } from '../states/use-pages.js';
import { myTellingQuery, toldQuery } from './telling-api.js';
import { ToldRow } from './told-row.js';
import '../duty/duty.css';

const STATES = [
  { value: '', word: '全部' },
  { value: 'unacknowledged', word: '紧急未确认' },
  { value: 'failed', word: '失败或重试' },
  { value: 'waiting', word: '待发或免打扰' },
  { value: 'unread', word: '未读' },
  { value: 'acknowledged', word: '已确认' },
];

/** 通知台账: who was told what, over what, and did they hear it? */
export default function TellingPage() {
  usePageTitle('通知台账');
  const { filters, change, clear } = useFilters(['state', 'channel', 'q', 'from', 'to'] as const);
  const { data: mine } = useQuery(myTellingQuery);
  const search = apiSearch(filters);
  const list = usePages(toldQuery(search));
  const channels = [{ channel: 'console', channelName: '控制台' }, ...(mine?.channels ?? [])];
  return (
    <div className="page-fixed" data-testid="telling-page">
      <div className="page-head">
        <DutyTabs />
        <Tabs label="状态" choices={STATES} value={filters.state} onChange={(state) => change({ state })} />
        <a className="plain-button push" href={`/api/telling.csv?${search}`} download>
          导出 CSV
        </a>
      </div>
      <div className="filter-bar" role="search" aria-label="筛选">
        <SearchField value={filters.q} onSearch={(q) => change({ q })} placeholder="搜索标题、内容、收件人" testId="telling-search" />
        <Select
          allowClear
          placeholder="渠道"
          aria-label="渠道"
          style={{ width: 140 }}
          value={filters.channel || undefined}
          onChange={(channel?: string) => change({ channel: channel ?? '' })}
          options={channels.map(({ channel, channelName }) => ({ value: channel, label: channelName }))}
        />
        {list.total !== null && <span className="small quiet">{list.total} 条</span>}
      </div>
      <div className="list-sheet">
        {list.items === undefined &&
          (list.error === null ? <Loading lines={8} /> : <Failure error={list.error} what="通知台账" onRetry={list.retry} />)}
        {list.items?.length === 0 && <EmptyList what="通知" title="还没有通知" narrowed={search !== ''} onClear={clear} />}
        {list.items?.map((told) => (
          <ToldRow key={told.id} told={told} />
        ))}
        {list.hasMore && (
          <button type="button" className="panel-more plain-more" onClick={list.more}>
            更多
          </button>
        )}
      </div>
    </div>
  );
}
