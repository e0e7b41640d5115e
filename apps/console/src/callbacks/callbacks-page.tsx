import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CallbackTargetView, DeadCallbackView } from '@huiying/contracts/http';
import { callbackTargetsQuery, deadCallbacksQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { AnswerTabs } from '../shell/answer-tabs.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { FormDialog } from '../states/form-dialog.js';
import { Loading } from '../states/loading.js';
import { SearchField } from '../states/search-field.js';
import { apiSearch } from '../states/url-filters.js';
import { useFilters } from '../states/use-filters.js';
import { usePages } from '../states/use-pages.js';
import { monthDayTime } from '../time/beijing.js';
import { Ago } from '../time/moment.js';
import { SkippedCallbacks } from './skipped-callbacks.js';

/** 回调: does the hotline's system hear what we do? */
export default function CallbacksPage() {
  usePageTitle('热线回调');
  const { data: targets, error, refetch } = useQuery(callbackTargetsQuery);
  return (
    <div className="page-fixed" data-testid="callbacks-page">
      <div className="page-head">
        <AnswerTabs />
        <span className="push small quiet">同一工单按序送达；未接收的重试数日，仍不成的列为死信</span>
      </div>
      <div className="list-sheet">
        {targets === undefined &&
          (error === null ? <Loading lines={4} /> : <Failure error={error} what="回调" onRetry={() => void refetch()} />)}
        {targets?.length === 0 && (
          <Empty title="没有登记接收方">在 config/hotline.yaml 的 callbacks 登记热线平台的接收地址，重启后生效。</Empty>
        )}
        <div className="panel-rows">
          {targets?.map((target) => (
            <Target key={target.id} target={target} />
          ))}
        </div>
        {targets !== undefined && targets.length > 0 && <DeadLetters />}
        <SkippedCallbacks />
      </div>
    </div>
  );
}

function Target({ target }: { target: CallbackTargetView }) {
  const resend = useStep({
    run: () => steps.resendCallbacks(target.id, null),
    done: ({ resent }) => `已重发 ${resent} 张工单的死信`,
    touches: ['callbacks'],
  });
  return (
    <div className="task-line" data-testid="callback-target">
      <p className="task-line-head">
        <b>{target.name}</b>
        <span className="small quiet">
          {target.host} · {target.adapter} · 重试 {target.giveUpDays} 天
        </span>
        {!target.hasSecret && <span className="overdue-word small">未配置密钥，暂不发送（HUIYING_CALLBACK_SECRETS）</span>}
      </p>
      <p>
        待送 {target.waiting} 张
        {target.oldestWaitingAt !== null && (
          <span className="small quiet">
            （最早 <Ago at={target.oldestWaitingAt} />）
          </span>
        )}{' '}
        · 重试中 {target.failing} 张 · <span className={target.dead > 0 ? 'overdue-word' : ''}>死信 {target.dead} 张</span>
      </p>
      {target.dead > 0 && (
        <div className="sheet-acts no-print">
          <button type="button" className="plain-button" onClick={() => resend.mutate(undefined)} disabled={resend.isPending}>
            全部重发
          </button>
        </div>
      )}
    </div>
  );
}

function DeadLetters() {
  const { filters, change } = useFilters(['q'] as const);
  const list = usePages(deadCallbacksQuery(apiSearch(filters)));
  return (
    <section aria-labelledby="dead-head">
      <div className="panel-head">
        <h2 id="dead-head">死信</h2>
        <SearchField value={filters.q} onSearch={(q) => change({ q })} placeholder="搜索工单号、原因" testId="dead-search" />
      </div>
      {list.items === undefined &&
        (list.error === null ? <Loading lines={3} /> : <Failure error={list.error} what="死信" onRetry={list.retry} />)}
      {list.items?.length === 0 && <Empty title="没有死信">{filters.q === '' ? '所有变化都已送达，或仍在重试。' : null}</Empty>}
      <div className="panel-rows">
        {list.items?.map((letter) => (
          <DeadLetter key={`${letter.target}:${letter.orderNo}`} letter={letter} />
        ))}
      </div>
      {list.hasMore && (
        <button type="button" className="panel-more plain-more" onClick={list.more}>
          更多
        </button>
      )}
    </section>
  );
}

function DeadLetter({ letter }: { letter: DeadCallbackView }) {
  const [skipping, setSkipping] = useState(false);
  const resend = useStep({ run: () => steps.resendCallbacks(letter.target, letter.orderNo), done: '已重发', touches: ['callbacks'] });
  return (
    <div className="task-line" data-testid="dead-letter">
      <p className="task-line-head">
        <Link to={`/orders/${encodeURIComponent(letter.orderNo)}`}>{letter.orderNo}</Link>
        <span className="small quiet">
          第 {letter.seq} 件 · {letter.target} · {monthDayTime(letter.createdAt)} 发生 · 试过 {letter.attempts} 次
        </span>
        <span className="overdue-word small push">{letter.error}</span>
      </p>
      <p>{letter.text}</p>
      {letter.behind > 0 && <p className="small quiet">其后还有 {letter.behind} 件按序等待</p>}
      <div className="sheet-acts no-print">
        <button type="button" className="plain-button" onClick={() => resend.mutate(undefined)} disabled={resend.isPending}>
          重发
        </button>
        <button type="button" className="plain-button" onClick={() => setSkipping(true)}>
          略过这一件
        </button>
      </div>
      {skipping && (
        <FormDialog
          title="略过这一件"
          okText="略过"
          subject={`${letter.orderNo} 第 ${letter.seq} 件：${letter.text}`}
          testId="skip"
          danger
          fields={[{ name: 'reason', label: '理由', kind: 'area', missing: '请写明理由，如对方已人工登记' }]}
          run={(values) => steps.skipCallback(letter.target, letter.orderNo, values)}
          done="已略过"
          touches={['callbacks']}
          effect="对方不会收到这一件；其后的按序送达。略过记入审计日志，可在“已略过”里补发。"
          onClose={() => setSkipping(false)}
        />
      )}
    </div>
  );
}
