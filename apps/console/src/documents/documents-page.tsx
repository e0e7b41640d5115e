import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import type { DocumentView } from '@huiying/contracts/http';
import { BY_NAMES, departmentChoices } from '../marks/department-choices.js';
import { departmentsQuery, documentsQuery } from '../api/queries.js';
import { WhyButton } from '../cases/why-button.js';
import { OrganName } from '../marks/organ-name.js';
import { StateTag } from '../marks/state-tag.js';
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
import { usePages } from '../states/use-pages.js';
import { ClockChip } from '../time/clock-chip.js';
import { fullTime } from '../time/beijing.js';
import { DOCUMENT_LOOKS, DOCUMENT_STATE_WORDS } from './document-words.js';
import './documents.css';

const RegisterDialog = lazy(() => import('./register-dialog.js'));
const ImportDocuments = lazy(() => import('./import-documents.js'));
const SHOWN: Record<string, string> = {
  owed: 'state=published',
  overdue: 'overdue=true',
  way: 'state=drafting,submitted,signed',
  done: 'state=interpreted',
  all: '',
};
const CHOICES = [
  { value: 'owed', word: '待解读' },
  { value: 'overdue', word: '逾期' },
  { value: 'way', word: '公开前' },
  { value: 'done', word: '已解读' },
  { value: 'all', word: '全部' },
];
const keyOf = (item: DocumentView) => item.id;

/** 政策解读: which documents owe an interpretation, and until when? */
export default function DocumentsPage() {
  usePageTitle('政策解读');
  const { role } = useSession().person;
  const { filters, change, clear } = useFilters(['q', 'shown', 'department'] as const, { shown: 'owed' });
  const { data: departments } = useQuery(departmentsQuery);
  const [open, setOpen] = useState<'register' | 'import' | null>(null);
  const search = [SHOWN[filters.shown] ?? '', apiSearch({ q: filters.q, department: filters.department })]
    .filter((part) => part !== '')
    .join('&');
  const list = usePages(documentsQuery(search));
  const narrowed = filters.q !== '' || filters.department !== '';
  return (
    <div className="page-fixed" data-testid="documents-page">
      <div className="page-head">
        <AnswerTabs />
        <Tabs label="范围" choices={CHOICES} value={filters.shown} onChange={(shown) => change({ shown })} />
        <span className="push head-acts">
          {role !== 'administrator' && (
            <>
              <Button size="small" onClick={() => setOpen('register')} data-testid="document-register">
                登记文件
              </Button>
              <Button size="small" onClick={() => setOpen('import')} data-testid="document-import">
                导入
              </Button>
            </>
          )}
          <a className="plain-button" href={`/api/documents.csv?${search}`} download>
            导出 CSV
          </a>
        </span>
      </div>
      <div className="filter-bar" role="search" aria-label="筛选">
        <SearchField value={filters.q} onSearch={(q) => change({ q })} placeholder="搜索标题、文号" testId="documents-search" />
        {role !== 'department-lead' && (
          <Select
            allowClear
            showSearch={BY_NAMES}
            placeholder="起草部门"
            aria-label="起草部门"
            style={{ width: 200 }}
            value={filters.department || undefined}
            onChange={(department?: string) => change({ department: department ?? '' })}
            options={departmentChoices(departments ?? [])}
          />
        )}
        {list.total !== null && <span className="small quiet">共 {list.total} 份</span>}
      </div>
      <div className="list-sheet">
        {list.items === undefined ? (
          list.error === null ? (
            <Loading lines={8} />
          ) : (
            <Failure error={list.error} what="政策文件" onRetry={list.retry} />
          )
        ) : (
          <Rows items={list.items} hasMore={list.hasMore} more={list.more} narrowed={narrowed} onClear={clear} />
        )}
      </div>
      <Suspense>
        {open === 'register' && <RegisterDialog onClose={() => setOpen(null)} />}
        {open === 'import' && <ImportDocuments onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}

interface RowsProps {
  items: DocumentView[];
  hasMore: boolean;
  more: () => void;
  narrowed: boolean;
  onClear: () => void;
}

function Rows({ items, hasMore, more, narrowed, onClear }: RowsProps) {
  const navigate = useNavigate();
  const open = ({ id }: { id: string }) => void navigate(`/documents/${id}`);
  const cursor = useRowCursor(items, keyOf, { onOpen: open });
  if (items.length === 0)
    return (
      <EmptyList what="文件" title="这里没有文件" narrowed={narrowed} onClear={onClear}>
        登记或导入政策文件；信源标为“政策文件库”的栏目，新文件自动登记并起算解读时限。
      </EmptyList>
    );
  return (
    <div className="panel-rows">
      {items.map((item) => (
        <div
          key={item.id}
          className={`document-row${cursor.isOn(item) ? ' row-on' : ''}`}
          data-testid="document-row"
          data-state={item.state}
        >
          <button type="button" className="row-button" onClick={() => open(item)}>
            <span className="task-line-head">
              <b>{item.title}</b>
              <StateTag look={DOCUMENT_LOOKS[item.state]} word={DOCUMENT_STATE_WORDS[item.state]} state={item.state} />
            </span>
            <span className="small quiet">
              {item.documentNo ?? '无文号'} ·{' '}
              {item.departmentName === null ? (
                <span className={item.state === 'published' ? 'overdue-word' : ''}>待认领起草部门</span>
              ) : (
                <OrganName name={item.departmentName} />
              )}{' '}
              · {item.kind}
              {item.publishedAt !== null && ` · ${fullTime(item.publishedAt)} 公开`} · {item.source}
            </span>
            <span className="small quiet">{standing(item)}</span>
          </button>
          {item.deadline !== null && (
            <WhyButton deadlineId={item.deadline.id}>
              <ClockChip clock={item.deadline} />
            </WhyButton>
          )}
        </div>
      ))}
      {hasMore && (
        <button type="button" className="panel-more plain-more" onClick={more}>
          更多
        </button>
      )}
    </div>
  );
}

function standing({ state, missingOfPlan, interpretationCount, linkedCount }: DocumentView): string {
  if (interpretationCount > 0) return `解读 ${interpretationCount} 份，其中 ${linkedCount} 份与文件互相链接`;
  if (state === 'exempt') return '';
  if (missingOfPlan.includes('解读方案')) return '未编制解读方案';
  return missingOfPlan.length === 0 ? '解读方案已齐' : `解读方案缺：${missingOfPlan.join('、')}`;
}
