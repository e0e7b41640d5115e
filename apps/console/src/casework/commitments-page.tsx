import { useQuery } from '@tanstack/react-query';
import { commitmentsQuery } from '../api/queries.js';
import { AnswerTabs } from '../shell/answer-tabs.js';
import { usePageTitle } from '../shell/tab-title.js';
import { EmptyList } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { SearchField } from '../states/search-field.js';
import { Tabs } from '../states/tabs.js';
import { apiSearch } from '../states/url-filters.js';
import { useFilters } from '../states/use-filters.js';
import { CommitmentRow } from './commitment-row.js';

const CHOICES = [
  { value: 'open', word: '兑现中' },
  { value: 'overdue', word: '逾期' },
  { value: 'kept', word: '已兑现' },
  { value: 'all', word: '全部' },
];
const SHOWN: Record<string, string> = { open: 'state=open', overdue: 'overdue=true', kept: 'state=kept', all: '' };

/** 承诺台账: what have we promised, and did we keep it? */
export default function CommitmentsPage() {
  usePageTitle('承诺台账');
  const { filters, change, clear } = useFilters(['q', 'shown'] as const, { shown: 'open' });
  const search = [SHOWN[filters.shown] ?? '', apiSearch({ q: filters.q })].filter((part) => part !== '').join('&');
  const { data: items, error, refetch } = useQuery(commitmentsQuery(search));
  return (
    <div className="page-fixed" data-testid="commitments-page">
      <div className="page-head">
        <AnswerTabs />
        <Tabs label="状态" choices={CHOICES} value={filters.shown} onChange={(shown) => change({ shown })} />
        <a className="plain-button push" href={`/api/commitments.csv?${search}`} download>
          导出 CSV
        </a>
      </div>
      <div className="filter-bar" role="search" aria-label="筛选">
        <SearchField value={filters.q} onSearch={(q) => change({ q })} placeholder="搜索承诺、标题、单号" testId="commitments-search" />
      </div>
      <div className="list-sheet">
        {items === undefined &&
          (error === null ? <Loading lines={6} /> : <Failure error={error} what="承诺台账" onRetry={() => void refetch()} />)}
        {items?.length === 0 && (
          <EmptyList what="承诺" title="这里没有承诺" narrowed={filters.q !== ''} onClear={clear}>
            在舆情单中登记向公众作出的承诺，期限内凭公开的证据兑现。
          </EmptyList>
        )}
        <div className="panel-rows">
          {items?.map((item) => (
            <CommitmentRow key={item.id} item={item} />
          ))}
        </div>
      </div>
    </div>
  );
}
