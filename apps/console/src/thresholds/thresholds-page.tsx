import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { ThresholdView } from '@huiying/contracts/http';
import { thresholdsQuery } from '../api/queries.js';
import { useSession } from '../session/session.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { SearchField } from '../states/search-field.js';
import { Ago } from '../time/moment.js';
import { Firings } from './firings.js';
import { ThresholdEditor } from './threshold-editor.js';
import '../schemes/schemes.css';

const PLACES = { spot: '同一小区、村、路、学校', town: '同一街道、乡镇', district: '同一区县', city: '全市' } as const;

/** 预警规则: what numbers, in one place and one stretch of time, bring a matter before the desk? */
export default function ThresholdsPage() {
  usePageTitle('预警规则');
  const { data: rules, error, refetch } = useQuery(thresholdsQuery);
  const [search, setSearch] = useSearchParams();
  const mayWrite = useSession().person.role !== 'administrator';
  const [fresh, setFresh] = useState(0);
  if (rules === undefined)
    return error === null ? <Loading lines={8} /> : <Failure error={error} what="预警规则" onRetry={() => void refetch()} />;
  const open = search.get('rule');
  const q = search.get('q') ?? '';
  const shown = rules.filter(({ name, words }) => `${name} ${words}`.includes(q));
  const chosen = rules.find(({ id }) => id === open) ?? null;
  const show = (id: string | null) => {
    setSearch(id === null ? {} : { rule: id });
    setFresh((n) => n + 1);
  };
  return (
    <div className="sheet" data-testid="thresholds-page">
      <p className="crumbs small">
        <Link to="/alerts">预警</Link>
      </p>
      <div className="page-head scheme-head">
        <h1>预警规则</h1>
        <SearchField
          value={q}
          onSearch={(text) => setSearch(text === '' ? {} : { q: text })}
          placeholder="搜索规则"
          testId="thresholds-search"
        />
        <span className="quiet small">同一地点、一段时间内，热线、帖文、新闻各达到多少就预警；先在历史上试运行，再保存启用</span>
        {mayWrite && (
          <Button type="primary" onClick={() => show('new')} data-testid="new-threshold">
            新建规则
          </Button>
        )}
      </div>
      <div className="scheme-columns">
        <section className="panel" aria-label="规则列表">
          {shown.length === 0 ? (
            <Empty title={rules.length === 0 ? '还没有规则' : '没有符合的规则'}>例如“同一小区 24 小时内 3 件热线、1 条帖文”。</Empty>
          ) : (
            <ul className="panel-rows">
              {shown.map((rule) => (
                <RuleRow key={rule.id} rule={rule} chosen={rule.id === open} onOpen={() => show(rule.id)} />
              ))}
            </ul>
          )}
        </section>
        <section className="panel" aria-label="规则内容">
          {chosen !== null || open === 'new' ? (
            <ThresholdEditor key={`${open}-${chosen?.revision ?? 0}-${fresh}`} rule={chosen} mayWrite={mayWrite} onSaved={show} />
          ) : (
            <Empty title="选一条规则查看或修改">达到规则的事件在预警里写明是哪条规则、哪几条信息。</Empty>
          )}
        </section>
      </div>
      <Firings ruleId={chosen?.id ?? null} />
    </div>
  );
}

function RuleRow({ rule, chosen, onOpen }: { rule: ThresholdView; chosen: boolean; onOpen: () => void }) {
  return (
    <li className="scheme-row" data-testid="threshold-row" aria-current={chosen}>
      <button type="button" className="door" onClick={onOpen}>
        <b>{rule.name}</b>
      </button>
      <span className="small">
        {PLACES[rule.body.place]}
        {rule.body.sameTopic ? '、同一主题' : ''}：{rule.words}
      </span>
      <span className="small quiet">
        {rule.enabled ? `近 30 天达到 ${rule.fired} 次` : '已停用'}
        {rule.lastFiredAt !== null && (
          <>
            ，最近 <Ago at={rule.lastFiredAt} />
          </>
        )}
      </span>
      <span className="small quiet">
        第 {rule.revision} 版 · {rule.changedBy} <Ago at={rule.changedAt} />
      </span>
    </li>
  );
}
