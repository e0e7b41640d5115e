import { useInfiniteQuery } from '@tanstack/react-query';
import { extensionsQuery } from '../api/queries.js';
import { AnswerTabs } from '../shell/answer-tabs.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { Tabs } from '../states/tabs.js';
import { useFilters } from '../states/use-filters.js';
import { ExtensionRow } from './extension-row.js';

const CHOICES = [
  { value: 'waiting', word: '待批准' },
  { value: 'all', word: '全部' },
];

/** 延期审批: what was asked for that nobody has decided? */
export default function ExtensionsPage() {
  usePageTitle('延期审批');
  const { filters, change } = useFilters(['state'] as const, { state: 'waiting' });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    extensionsQuery(`state=${filters.state}`),
  );
  const items = data?.pages.flatMap((page) => page.items);
  return (
    <div className="page-fixed" data-testid="extensions-page">
      <div className="page-head">
        <AnswerTabs />
        <Tabs label="状态" choices={CHOICES} value={filters.state} onChange={(state) => change({ state })} />
      </div>
      <div className="list-sheet">
        {items === undefined &&
          (error === null ? <Loading lines={6} /> : <Failure error={error} what="延期申请" onRetry={() => void refetch()} />)}
        {items?.length === 0 && (
          <Empty title={filters.state === 'waiting' ? '没有待批准的延期申请' : '没有延期申请'}>
            承办单位在时限依据里申请延期：点任何一个时限，查看是否允许延期。
          </Empty>
        )}
        <div className="panel-rows">
          {items?.map((item) => (
            <ExtensionRow key={item.id} item={item} />
          ))}
        </div>
        {hasNextPage && (
          <button type="button" className="plain-button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            更早的申请
          </button>
        )}
      </div>
    </div>
  );
}
