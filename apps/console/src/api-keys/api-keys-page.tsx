import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { ApiSystemView, KeyMade } from '@huiying/contracts/http';
import { useSession } from '../session/session.js';
import { AdminTabs } from '../shell/admin-tabs.js';
import { usePageTitle } from '../shell/tab-title.js';
import { download, toCsv } from '../states/csv.js';
import { EmptyList } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { SearchField } from '../states/search-field.js';
import { useFilters } from '../states/use-filters.js';
import { fullTime } from '../time/beijing.js';
import { serverClock } from '../time/server-clock.js';
import { apiKeysQuery, SCOPE_WORDS } from './api-keys-api.js';
import { KeyOnce } from './key-once.js';
import { KeyTable } from './key-table.js';
import { keyWords, matching } from './key-words.js';
import { ChangeSystemDialog, NewKeyDialog, NewSystemDialog } from './system-dialog.js';
import './api-keys.css';

/** 接口密钥: who may come in, and until when? */
export default function ApiKeysPage() {
  usePageTitle('接口密钥');
  const { data, error, refetch } = useQuery(apiKeysQuery);
  const { filters, change, clear } = useFilters(['q'] as const);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<KeyMade | null>(null);
  const isKeeper = useSession().person.role === 'administrator';
  const systems = data && matching(data, filters.q);
  return (
    <div className="page-fixed" data-testid="api-keys-page">
      <div className="page-head">
        <AdminTabs />
        {isKeeper && (
          <>
            <SearchField value={filters.q} onSearch={(q) => change({ q })} placeholder="搜索系统、密钥开头、生成人" testId="key-search" />
            <span className="push small quiet">密钥只留摘要，生成时显示一次</span>
            <Button onClick={() => systems && download('接口密钥.csv', csvOf(systems))} disabled={!systems?.length}>
              导出
            </Button>
            <Button type="primary" onClick={() => setAdding(true)} data-testid="add-system">
              登记系统
            </Button>
          </>
        )}
      </div>
      <div className="list-sheet">
        {systems === undefined &&
          (error === null ? <Loading lines={4} /> : <Failure error={error} what="接口密钥" onRetry={() => void refetch()} />)}
        {systems?.length === 0 && (
          <EmptyList what="系统" title="还没有系统接入" narrowed={filters.q !== ''} onClear={clear}>
            点“登记系统”，给热线等系统生成第一个密钥。
          </EmptyList>
        )}
        {systems?.map((one) => (
          <System key={one.name} system={one} onMade={setMade} />
        ))}
      </div>
      {adding && <NewSystemDialog onMade={setMade} onClose={() => setAdding(false)} />}
      {made !== null && <KeyOnce made={made} onClose={() => setMade(null)} />}
    </div>
  );
}

const TERMS_FROM = { console: '', config: 'config/hotline.yaml 设置', default: '未设权限，只能推送工单' };

function System({ system, onMade }: { system: ApiSystemView; onMade: (made: KeyMade) => void }) {
  const [open, setOpen] = useState<'key' | 'terms' | null>(null);
  const { name, title, scopes, requestsPerMinute, mustSign, termsFrom } = system;
  return (
    <section className="key-system" data-testid="api-system" aria-label={title ?? name}>
      <div className="key-system-head">
        <b>{title ?? name}</b>
        {title !== null && <code className="small quiet">{name}</code>}
        <span className="small">{scopes.map((scope) => SCOPE_WORDS[scope]).join('、')}</span>
        <span className="small quiet">
          每分钟 {requestsPerMinute.toLocaleString('zh-CN')} 次{mustSign && ' · 必须签名'}
          {TERMS_FROM[termsFrom] !== '' && ` · ${TERMS_FROM[termsFrom]}`}
        </span>
        <span className="push no-print">
          {termsFrom !== 'config' && (
            <button type="button" className="plain-button" onClick={() => setOpen('terms')} data-testid="change-system">
              修改权限
            </button>
          )}
          <button type="button" className="plain-button" onClick={() => setOpen('key')} data-testid="add-key">
            增加密钥
          </button>
        </span>
      </div>
      <KeyTable system={system} />
      {open === 'key' && <NewKeyDialog system={system} onMade={onMade} onClose={() => setOpen(null)} />}
      {open === 'terms' && <ChangeSystemDialog system={system} onClose={() => setOpen(null)} />}
    </section>
  );
}

function csvOf(systems: readonly ApiSystemView[]): string {
  const time = (at: string | null) => (at === null ? '' : fullTime(at));
  const rows = systems.flatMap(({ name, title, scopes, keys }) =>
    keys.map((key) => [
      ...[title ?? '', name, scopes.map((scope) => SCOPE_WORDS[scope]).join('、'), key.prefix, keyWords(key), key.lastDay ?? ''],
      ...[time(key.lastUsedAt), key.from === 'environment' ? '环境变量' : (key.madeBy ?? ''), time(key.madeAt)],
      ...[time(key.endedAt), key.endedBy ?? '', key.endReason ?? ''],
    ]),
  );
  return toCsv(
    [`接口密钥 ${fullTime(new Date(serverClock.now()).toISOString())}`],
    ['名称', '系统名', '权限', '密钥开头', '状态', '最后一天', '最近使用', '生成人', '生成时间', '停用时间', '停用人', '停用理由'],
    rows,
  );
}
