import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { KnowledgeView } from '@huiying/contracts/http';
import { knowledgeQuery } from '../api/queries.js';
import { useSession } from '../session/session.js';
import { AnswerTabs } from '../shell/answer-tabs.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { SearchField } from '../states/search-field.js';
import { Tabs } from '../states/tabs.js';
import { apiSearch } from '../states/url-filters.js';
import { useFilters } from '../states/use-filters.js';
import { usePages } from '../states/use-pages.js';
import { Ago } from '../time/moment.js';
import { KnowledgeDialog } from './knowledge-dialog.js';

const NAMES = ['q', 'state', 'outlasting'] as const;
const STATES = [
  { value: 'active', word: '有效' },
  { value: 'draft', word: '待补充' },
  { value: 'expired', word: '已失效' },
  { value: 'withdrawn', word: '已下线' },
  { value: 'active,draft,expired,withdrawn', word: '全部' },
];

/** 知识库: what do we answer to this? */
export default function KnowledgePage() {
  usePageTitle('知识库');
  const { filters, change, clear } = useFilters(NAMES, { state: 'active' });
  const search = apiSearch(filters);
  const list = usePages(knowledgeQuery(search));
  const [writing, setWriting] = useState(false);
  const navigate = useNavigate();
  const { role } = useSession().person;
  const mayWrite = role === 'duty-officer' || role === 'supervisor';
  return (
    <div className="page-fixed" data-testid="knowledge-page">
      <div className="page-head">
        <AnswerTabs />
        <Tabs label="状态" choices={STATES} value={filters.state} onChange={(state) => change({ state })} />
        <a className="plain-button push" href={`/api/knowledge/export.csv?${search}`} download>
          导出 CSV
        </a>
        {mayWrite && (
          <Button type="primary" onClick={() => setWriting(true)} data-testid="new-knowledge">
            新建条目
          </Button>
        )}
      </div>
      <div className="filter-bar" role="search" aria-label="筛选">
        <SearchField value={filters.q} onSearch={(q) => change({ q })} placeholder="搜索标题、问答、关键词" testId="knowledge-search" />
        <Checkbox
          checked={filters.outlasting === 'true'}
          onChange={({ target }) => change({ outlasting: target.checked ? 'true' : '' })}
          data-testid="knowledge-outlasting"
        >
          政策已失效待处理
        </Checkbox>
        <span className="small quiet">口径发布、解读登记后自动成为条目；随政策失效，热线系统同步取用</span>
      </div>
      <div className="list-sheet">
        {list.items === undefined ? (
          list.error === null ? (
            <Loading lines={8} />
          ) : (
            <Failure error={list.error} what="知识库" onRetry={list.retry} />
          )
        ) : list.items.length === 0 ? (
          <Empty title="没有符合的条目">
            {filters.q === '' && filters.outlasting === '' ? (
              '发布一份口径，或点“新建条目”。'
            ) : (
              <button type="button" className="plain-button" onClick={clear}>
                清除条件
              </button>
            )}
          </Empty>
        ) : (
          <div className="panel-rows">
            {list.items.map((entry) => (
              <Row key={entry.id} entry={entry} />
            ))}
          </div>
        )}
        {list.hasMore && (
          <button type="button" className="plain-button" onClick={list.more}>
            更多
          </button>
        )}
      </div>
      {writing && <KnowledgeDialog onClose={() => setWriting(false)} onSaved={(id) => void navigate(`/knowledge/${id}`)} />}
    </div>
  );
}

function Row({ entry }: { entry: KnowledgeView }) {
  return (
    <div className="task-line" data-testid="knowledge-row" data-state={entry.state}>
      <p className="task-line-head">
        <Link to={`/knowledge/${entry.id}`}>
          <b>{entry.title}</b>
        </Link>
        {entry.state !== 'active' && (
          <span className={entry.state === 'expired' ? 'overdue-word small' : 'quiet small'}>{entry.stateWord}</span>
        )}
        <span className="small quiet push">
          {entry.source.word}
          {entry.departmentName !== null && ` · ${entry.departmentName}`} · 第 {entry.version} 版 · <Ago at={entry.changedAt} />
          {entry.cited > 0 && ` · 引用 ${entry.cited} 次`}
        </span>
      </p>
      <p className="small">{entry.answer === '' ? '（待补充答复）' : entry.answer.slice(0, 120)}</p>
      {(entry.legalBasis !== null || entry.expiresOn !== null) && (
        <p className="small quiet">
          {entry.legalBasis !== null && `依据 ${entry.legalBasis} `}
          {entry.expiresOn !== null && `有效至 ${entry.expiresOn}`}
        </p>
      )}
    </div>
  );
}
