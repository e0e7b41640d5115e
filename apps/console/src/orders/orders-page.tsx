import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useNavigate } from 'react-router';
import type { DepartmentView, OrderCounts, OrderView } from '@huiying/contracts/http';
import { BY_NAMES, departmentChoices } from '../marks/department-choices.js';
import { departmentsQuery, orderCountsQuery, ordersQuery } from '../api/queries.js';
import { DaysField } from '../opinions/days-field.js';
import { useSession } from '../session/session.js';
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
import { useNarrow } from '../states/use-narrow.js';
import { usePages } from '../states/use-pages.js';
import { OrderRow } from './order-row.js';
import './orders.css';

const NAMES = ['q', 'shown', 'department', 'type', 'urgency', 'from', 'to', 'sort'] as const;
const SHOWN: Record<string, string> = {
  open: 'state=received,accepted,dispatched,signed,handling,returning,replied',
  new: 'state=received,accepted',
  unsigned: 'state=dispatched',
  handling: 'state=signed,handling',
  asked: 'asked=true',
  overdue: 'overdue=true',
  review: 'state=replied',
  visit: 'state=closed',
  done: 'state=archived,joined,refused',
  all: '',
};

/** Each choice with how many it holds. */
function choicesOf(counts: OrderCounts | undefined, isDepartment: boolean) {
  const sum = (shown: string) =>
    (SHOWN[shown] ?? '')
      .replace('state=', '')
      .split(',')
      .reduce((all, state) => all + (counts?.byState[state as keyof OrderCounts['byState']] ?? 0), 0);
  const desk = [
    { value: 'new', word: '待派单', count: sum('new') },
    { value: 'asked', word: '退单延期待审', count: counts?.asked ?? 0 },
    { value: 'review', word: '待审核', count: sum('review') },
    { value: 'visit', word: '待回访', count: sum('visit') },
  ];
  return [
    { value: 'open', word: '在办', count: sum('open') },
    { value: 'unsigned', word: '待签收', count: sum('unsigned') },
    { value: 'handling', word: '办理中', count: sum('handling') },
    { value: 'overdue', word: '已逾期', count: counts?.overdue ?? 0 },
    ...(isDepartment ? [] : desk),
    { value: 'done', word: '已归档' },
    { value: 'all', word: '全部' },
  ];
}

/** 工单: which orders are owed, by whom, by when? */
export default function OrdersPage() {
  usePageTitle('12345 工单');
  const { person } = useSession();
  const isDepartment = person.role === 'department-lead';
  const { filters, change, clear } = useFilters(NAMES, { shown: 'open', sort: 'due' });
  const { shown, ...rest } = filters;
  const narrowing = apiSearch({ ...rest, sort: '' });
  const search = [SHOWN[shown] ?? '', apiSearch(rest)].filter((part) => part !== '').join('&');
  const { data: counts } = useQuery(orderCountsQuery(narrowing));
  const { data: departments = [] } = useQuery(departmentsQuery);
  const list = usePages(ordersQuery(search));
  const narrow = useNarrow();
  return (
    <div className="page-fixed" data-testid="orders-page">
      <div className="page-head">
        {isDepartment ? <h1>12345 工单</h1> : <AnswerTabs />}
        <Tabs label="范围" choices={choicesOf(counts, isDepartment)} value={shown} onChange={(next) => change({ shown: next })} />
      </div>
      <div className="filter-bar" role="search" aria-label="筛选">
        <SearchField value={filters.q} onSearch={(q) => change({ q })} placeholder="搜索工单号、标题、内容" testId="orders-search" />
        {!narrow && <Narrowing filters={filters} change={change} isDepartment={isDepartment} departments={departments} />}
        <a className="plain-button push" href={`/api/orders/export.csv?${search}`} download>
          导出 CSV
        </a>
      </div>
      <div className="list-sheet">
        {list.items === undefined ? (
          list.error === null ? (
            <Loading lines={8} />
          ) : (
            <Failure error={list.error} what="工单" onRetry={list.retry} />
          )
        ) : (
          <Rows items={list.items} total={list.total} hasMore={list.hasMore} more={list.more} narrowed={narrowing !== ''} onClear={clear} />
        )}
      </div>
    </div>
  );
}

const words = (list: readonly string[]) => list.map((word) => ({ value: word, label: word }));

interface NarrowingProps {
  filters: Record<(typeof NAMES)[number], string>;
  change: (next: Partial<Record<(typeof NAMES)[number], string>>) => void;
  isDepartment: boolean;
  departments: readonly DepartmentView[];
}

/** On a phone the search alone is offered: the lists there are short. */
function Narrowing({ filters, change, isDepartment, departments }: NarrowingProps) {
  return (
    <>
      {!isDepartment && (
        <Choice
          label="承办单位"
          value={filters.department}
          onChange={(department) => change({ department })}
          options={departmentChoices(departments)}
        />
      )}
      <Choice
        label="诉求类型"
        value={filters.type}
        onChange={(type) => change({ type })}
        options={words(['咨询', '求助', '投诉', '举报', '意见建议'])}
      />
      <Choice
        label="紧急程度"
        value={filters.urgency}
        onChange={(urgency) => change({ urgency })}
        options={words(['一般', '紧急', '特急'])}
      />
      <DaysField from={filters.from} to={filters.to} onChange={change} />
      <Tabs
        label="排序"
        choices={[
          { value: 'due', word: '按到期' },
          { value: 'newest', word: '按受理' },
        ]}
        value={filters.sort}
        onChange={(sort) => change({ sort })}
      />
    </>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <Select
      allowClear
      showSearch={BY_NAMES}
      placeholder={label}
      aria-label={label}
      style={{ width: 132 }}
      value={value || undefined}
      onChange={(next?: string) => onChange(next ?? '')}
      options={options}
    />
  );
}

interface RowsProps {
  items: OrderView[];
  total: number | null;
  hasMore: boolean;
  more: () => void;
  narrowed: boolean;
  onClear: () => void;
}

function Rows({ items, total, hasMore, more, narrowed, onClear }: RowsProps) {
  const navigate = useNavigate();
  const open = ({ orderNo }: OrderView) => void navigate(`/orders/${encodeURIComponent(orderNo)}`);
  const cursor = useRowCursor(items, ({ orderNo }) => orderNo, { onOpen: open });
  if (items.length === 0)
    return (
      <EmptyList what="工单" title="这里没有工单" narrowed={narrowed} onClear={onClear}>
        热线推送或导入的工单会出现在这里，按到期先后排列。
      </EmptyList>
    );
  return (
    <div className="panel-rows">
      {items.map((order) => (
        <OrderRow key={order.orderNo} order={order} isOn={cursor.isOn(order)} onOpen={() => open(order)} />
      ))}
      {hasMore ? (
        <button type="button" className="panel-more plain-more" onClick={more}>
          更多（共 {total ?? '10,000 以上'} 张）
        </button>
      ) : (
        <p className="small quiet panel-more">共 {total ?? items.length} 张</p>
      )}
    </div>
  );
}
