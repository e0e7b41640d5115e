import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useNavigate } from 'react-router';
import type { CaseView } from '@huiying/contracts/http';
import { BY_NAMES, departmentChoices } from '../marks/department-choices.js';
import { casesQuery, departmentsQuery } from '../api/queries.js';
import { CASE_STATE_WORDS, SEVERITIES, SEVERITY_MARKS } from '../marks/labels.js';
import { DaysField } from '../opinions/days-field.js';
import { AnswerTabs } from '../shell/answer-tabs.js';
import { usePageTitle } from '../shell/tab-title.js';
import { useRowCursor } from '../shortcuts/use-row-cursor.js';
import { download, toCsv } from '../states/csv.js';
import { EmptyList } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { SearchField } from '../states/search-field.js';
import { Tabs } from '../states/tabs.js';
import { apiSearch, narrowing } from '../states/url-filters.js';
import { useFilters } from '../states/use-filters.js';
import { usePages } from '../states/use-pages.js';
import { fullTime } from '../time/beijing.js';
import { serverClock } from '../time/server-clock.js';
import { CaseHead, CaseRow } from './case-row.js';
import { conditionWords } from './condition-words.js';

const NAMES = ['q', 'state', 'severity', 'department', 'from', 'to', 'by', 'sort'] as const;
const BY = [
  { value: 'opened', label: '立单于' },
  { value: 'closed', label: '办结于' },
  { value: 'open', label: '期间在办' },
];
const OPEN = 'opened,assigned,handling,responded';
const DEFAULTS = { state: OPEN, sort: 'due' };
const STATES = [
  { value: '', word: '全部' },
  { value: OPEN, word: '在办' },
  { value: 'opened', word: '待交办' },
  { value: 'assigned', word: '待签收' },
  { value: 'handling', word: '处置中' },
  { value: 'responded', word: '已回应' },
  { value: 'closed', word: '已办结' },
  { value: 'archived', word: '已归档' },
  { value: 'merged', word: '已并案' },
];
const keyOf = (item: CaseView) => item.id;

/** 舆情单: every case by time left. */
export default function CasesPage() {
  usePageTitle('舆情单');
  const { filters, change, clear } = useFilters(NAMES, DEFAULTS);
  const { data: departments = [] } = useQuery(departmentsQuery);
  const list = usePages(casesQuery(apiSearch(filters)));
  return (
    <div className="page-fixed">
      <div className="page-head">
        <AnswerTabs />
        <Tabs label="状态" choices={STATES} value={filters.state} onChange={(state) => change({ state })} />
      </div>
      <div className="filter-bar" role="search" aria-label="筛选">
        <SearchField value={filters.q} onSearch={(q) => change({ q })} placeholder="搜索单号、标题" testId="cases-search" />
        <Select
          allowClear
          placeholder="级别"
          aria-label="级别"
          style={{ width: 112 }}
          value={filters.severity || undefined}
          onChange={(severity?: string) => change({ severity: severity ?? '' })}
          options={SEVERITIES.map((value) => ({ value, label: `${SEVERITY_MARKS[value].numeral}级 ${SEVERITY_MARKS[value].word}` }))}
        />
        <Select
          allowClear
          showSearch={BY_NAMES}
          placeholder="牵头单位"
          aria-label="牵头单位"
          style={{ width: 160 }}
          popupMatchSelectWidth={false}
          value={filters.department || undefined}
          onChange={(department?: string) => change({ department: department ?? '' })}
          options={departmentChoices(departments)}
        />
        <Select
          aria-label="时段按"
          style={{ width: 104 }}
          value={filters.by || 'opened'}
          onChange={(by: string) => change({ by: by === 'opened' ? '' : by })}
          options={BY}
        />
        <DaysField from={filters.from} to={filters.to} onChange={change} words={['起始日', '截止日']} />
        <span className="push opinions-tools">
          <Tabs
            label="排序"
            choices={[
              { value: 'due', word: '按剩余时间' },
              { value: 'newest', word: '最新' },
            ]}
            value={filters.sort}
            onChange={(sort) => change({ sort })}
          />
          <button
            type="button"
            className="plain-button"
            disabled={list.items === undefined}
            onClick={() => list.items && exportCases(list.items, conditionWords(filters, departments))}
          >
            导出 CSV
          </button>
        </span>
      </div>
      <div className="list-sheet">
        {list.items === undefined ? (
          list.error === null ? (
            <Loading lines={10} />
          ) : (
            <Failure error={list.error} what="舆情单" onRetry={list.retry} />
          )
        ) : (
          <CaseRows list={{ ...list, items: list.items }} narrowed={narrowing(filters) > 1 || filters.q !== ''} onClear={clear} />
        )}
      </div>
    </div>
  );
}

function CaseRows({
  list,
  narrowed,
  onClear,
}: {
  list: { items: CaseView[]; hasMore: boolean; more: () => void };
  narrowed: boolean;
  onClear: () => void;
}) {
  const navigate = useNavigate();
  const cursor = useRowCursor(list.items, keyOf, { onOpen: ({ id }) => void navigate(`/cases/${id}`) });
  if (list.items.length === 0)
    return (
      <EmptyList what="舆情单" title="没有在办的舆情单" narrowed={narrowed} onClear={onClear}>
        预警经研判定级后，舆情单会出现在这里。
      </EmptyList>
    );
  return (
    <>
      <CaseHead />
      <div className="panel-rows">
        {list.items.map((item) => (
          <CaseRow key={item.id} item={item} isOn={cursor.isOn(item)} />
        ))}
        {list.hasMore && (
          <button type="button" className="panel-more plain-more" onClick={list.more}>
            更多
          </button>
        )}
      </div>
    </>
  );
}

function exportCases(items: readonly CaseView[], conditions: string): void {
  const now = fullTime(serverClock.now());
  const head = [`舆情单 导出时间 ${now}（北京时间）`, `条件：${conditions}`];
  const rows = items.map((item) => [
    item.caseNo,
    item.title,
    SEVERITY_MARKS[item.severity].numeral,
    CASE_STATE_WORDS[item.state],
    item.leadDepartment?.name ?? '',
    fullTime(item.openedAt),
    item.openedBy,
    item.nextDeadline?.ruleName ?? '',
    item.nextDeadline === null ? '' : fullTime(item.nextDeadline.dueAt),
    item.overdueCount,
    item.opinionCount,
  ]);
  download(
    `舆情单-${now.slice(0, 10)}.csv`,
    toCsv(head, ['单号', '标题', '级别', '状态', '牵头单位', '建单时间', '建单人', '最近时限', '到期时间', '超时数', '舆情数'], rows),
  );
}
