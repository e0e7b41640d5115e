import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { SchemeView } from '@huiying/contracts/http';
import { schemesQuery } from '../api/queries.js';
import { useSession } from '../session/session.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { Ago } from '../time/moment.js';
import { SchemeEditor } from './scheme-editor.js';
import './schemes.css';

/** 关键词方案: what do we watch for beside what the system judges by itself? */
export default function SchemesPage() {
  usePageTitle('关键词方案');
  const { data: schemes, error, refetch } = useQuery(schemesQuery);
  const [search, setSearch] = useSearchParams();
  const mayWrite = useSession().person.role !== 'administrator';
  const [fresh, setFresh] = useState(0);
  if (schemes === undefined)
    return error === null ? <Loading lines={8} /> : <Failure error={error} what="关键词方案" onRetry={() => void refetch()} />;
  const open = search.get('scheme');
  const chosen = schemes.find(({ id }) => id === open) ?? null;
  const show = (id: string | null) => {
    setSearch(id === null ? {} : { scheme: id });
    setFresh((n) => n + 1);
  };
  return (
    <div className="sheet" data-testid="schemes-page">
      <p className="crumbs small">
        <Link to="/opinions">舆情</Link>
      </p>
      <div className="page-head scheme-head">
        <h1>关键词方案</h1>
        <span className="quiet small">自己要盯的词：先在最近 7 天的舆情上试运行，看清命中多少、会多出多少预警，再保存启用</span>
        {mayWrite && (
          <Button type="primary" onClick={() => show('new')} data-testid="new-scheme">
            新建方案
          </Button>
        )}
      </div>
      <div className="scheme-columns">
        <section className="panel" aria-label="方案列表">
          {schemes.length === 0 ? (
            <Empty title="还没有方案">点“新建方案”，写几个词试一试。</Empty>
          ) : (
            <ul className="panel-rows">
              {schemes.map((scheme) => (
                <SchemeRow key={scheme.id} scheme={scheme} chosen={scheme.id === open} onOpen={() => show(scheme.id)} />
              ))}
            </ul>
          )}
        </section>
        <section className="panel" aria-label="方案内容">
          {chosen !== null || open === 'new' ? (
            <SchemeEditor key={`${open}-${chosen?.revision ?? 0}-${fresh}`} scheme={chosen} mayWrite={mayWrite} onSaved={show} />
          ) : (
            <Empty title="选一个方案查看或修改">命中方案的舆情会在“为什么这样研判”里写明命中了哪个方案、哪些词。</Empty>
          )}
        </section>
      </div>
    </div>
  );
}

function SchemeRow({ scheme, chosen, onOpen }: { scheme: SchemeView; chosen: boolean; onOpen: () => void }) {
  return (
    <li className="scheme-row" data-testid="scheme-row" aria-current={chosen}>
      <button type="button" className="door" onClick={onOpen}>
        <b>{scheme.name}</b>
      </button>
      <span className="small quiet">
        {scheme.state === 'active' ? (scheme.effect === 'alert' ? '命中即预警' : '只作标记') : '已停用'} · 近 7 天命中 {scheme.recent} 条
      </span>
      <span className="small quiet">
        第 {scheme.revision} 版 · {scheme.changedBy} <Ago at={scheme.changedAt} />
      </span>
    </li>
  );
}
