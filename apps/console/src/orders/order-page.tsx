import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import type { OrderDetail } from '@huiying/contracts/http';
import { orderQuery } from '../api/queries.js';
import { Timeline } from '../cases/timeline.js';
import { WhyButton } from '../cases/why-button.js';
import { CallerButton } from '../hotline/caller-button.js';
import { StateTag } from '../marks/state-tag.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Failure } from '../states/failure.js';
import { Folded } from '../states/folded.js';
import { Loading } from '../states/loading.js';
import { fullTime, monthDayTime } from '../time/beijing.js';
import { ClockChip } from '../time/clock-chip.js';
import { byTimeLeft } from '../time/clock-face.js';
import { OrderActs } from './order-acts.js';
import { ORDER_LOOKS } from './order-words.js';
import './orders.css';

/** One work order: what is asked, where it stands, what is next. */
export default function OrderPage() {
  const orderNo = useParams().orderNo!;
  const { data: order, error, refetch } = useQuery(orderQuery(orderNo));
  usePageTitle(order?.title ?? '工单');
  if (order === undefined)
    return error === null ? <Loading lines={10} /> : <Failure error={error} what="这张工单" onRetry={() => void refetch()} />;
  return (
    <div className="sheet sheet-single task-sheet" data-testid="order-page" data-state={order.state}>
      <Head order={order} />
      <Clocks order={order} />
      <OrderActs order={order} />
      <Pending order={order} />
      <Appeal order={order} />
      <Handling order={order} />
      <Same order={order} />
      <section className="panel" aria-labelledby="order-timeline-head">
        <div className="panel-head">
          <h2 id="order-timeline-head">办理过程</h2>
        </div>
        <Timeline entries={order.timeline} />
      </section>
    </div>
  );
}

function Head({ order }: { order: OrderDetail }) {
  return (
    <header className="sheet-head">
      <p className="crumbs small">
        <Link to="/orders">12345 工单</Link> / {order.orderNo}
      </p>
      <div className="sheet-title">
        <h1>{order.title}</h1>
      </div>
      <p className="sheet-facts">
        <StateTag look={ORDER_LOOKS[order.state]} word={order.stateWord} state={order.state} />
        {order.urgency !== null && <span>{order.urgency}</span>}
        <span>{[order.appealType, order.category].filter(Boolean).join(' · ')}</span>
        <span>{order.leadUnit === null ? '未派单' : [order.leadUnit, ...order.coUnits.map((unit) => `${unit}（协办）`)].join('、')}</span>
        <span>{fullTime(order.receivedAt)} 受理</span>
        {order.supervision !== null && <span className="overdue-word">{order.supervision}督办</span>}
      </p>
    </header>
  );
}

/** Each clock opens: why it is due then, by which rule. */
function Clocks({ order }: { order: OrderDetail }) {
  if (order.deadlines.length === 0) return null;
  return (
    <section className="panel" aria-label="时限">
      {[...order.deadlines].sort(byTimeLeft).map((deadline) => (
        <div key={deadline.id} className="case-clock-row" data-testid="order-clock">
          <WhyButton deadlineId={deadline.id}>
            <ClockChip clock={deadline} />
          </WhyButton>
          <span className="opinion-what">
            <b>{deadline.ruleName}</b>
            <span className="small quiet">
              {monthDayTime(deadline.dueAt)} 前 · {deadline.citation}
            </span>
          </span>
        </div>
      ))}
    </section>
  );
}

function Pending({ order: { pendingReturn, pendingExtension } }: { order: OrderDetail }) {
  if (pendingReturn === null && pendingExtension === null) return null;
  return (
    <section className="panel" aria-label="待审核">
      {pendingReturn !== null && (
        <p className="panel-body task-said">
          <Folded text={`退单待审核：${pendingReturn.reason}`} />
          {pendingReturn.suggestedUnit !== null && `，建议改派 ${pendingReturn.suggestedUnit}`}
          <span className="small quiet">
            {' '}
            {pendingReturn.by} {monthDayTime(pendingReturn.at)}
          </span>
        </p>
      )}
      {pendingExtension !== null && (
        <p className="panel-body task-said">
          <Folded text={`延期待审批：延长 ${pendingExtension.amount} 个工作日，${pendingExtension.reason}`} />
          <span className="small quiet">
            {' '}
            {pendingExtension.by} {monthDayTime(pendingExtension.at)}
          </span>
        </p>
      )}
    </section>
  );
}

function Appeal({ order }: { order: OrderDetail }) {
  const caller = [order.caller.name, order.caller.phone].filter(Boolean).join(' ');
  const facts = [
    ['诉求人', order.isConfidential ? '要求保密' : caller || '未留'],
    ['地址', order.address],
    ['发生时间', order.occurredAt === null ? null : fullTime(order.occurredAt)],
    ['来源', [order.source, order.channelRef].filter(Boolean).join(' ') || null],
    ['风险', order.risk],
    ['重复诉求', order.isRepeat ? '是' : null],
    ['关键词', order.keywords.join('、') || null],
  ].filter((pair): pair is [string, string] => pair[1] !== null);
  return (
    <section className="panel" aria-labelledby="order-appeal-head">
      <div className="panel-head">
        <h2 id="order-appeal-head">诉求</h2>
        <CallerButton orderNo={order.orderNo} />
      </div>
      <p className="panel-body reading">{order.content}</p>
      <Facts facts={facts} />
      {order.attachments.length > 0 && (
        <p className="panel-body small">
          {order.attachments.map(({ name, url }) => (
            <a key={url} href={url} target="_blank" rel="noreferrer noopener" className="order-file">
              {name}
            </a>
          ))}
        </p>
      )}
    </section>
  );
}

function Handling({ order }: { order: OrderDetail }) {
  const visit = order.visit;
  const facts = [
    ['办理要求', order.instruction],
    ['签收', order.signedAt === null ? null : `${order.signedBy ?? ''} ${fullTime(order.signedAt)}`],
    ['首次联系', order.contactedAt === null ? null : fullTime(order.contactedAt)],
    ['答复', order.repliedAt === null ? null : `${order.repliedBy ?? order.leadUnit ?? ''} ${fullTime(order.repliedAt)}`],
    ['依据', order.legalBasis],
    ['审核意见', order.auditOpinion],
    ['延期', order.extensions > 0 ? `${order.extensions} 次` : null],
    ['退单', order.returns > 0 ? `${order.returns} 次` : null],
    [
      '回访',
      visit === null
        ? null
        : [visit.result, visit.resolved, visit.satisfaction, visit.comment, visit.exempt ? '剔除评价' : null].filter(Boolean).join(' · '),
    ],
  ].filter((pair): pair is [string, string] => pair[1] !== null);
  if (facts.length === 0 && order.reply === null) return null;
  return (
    <section className="panel" aria-labelledby="order-handling-head">
      <div className="panel-head">
        <h2 id="order-handling-head">办理</h2>
      </div>
      {order.reply !== null && <p className="panel-body reading">{order.reply}</p>}
      <Facts facts={facts} />
    </section>
  );
}

function Facts({ facts }: { facts: readonly [string, string][] }) {
  return (
    <dl className="order-facts">
      {facts.map(([word, value]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** 并单 and 同源: the same matter elsewhere. */
function Same({ order: { joined, story, parentNo } }: { order: OrderDetail }) {
  const lines = (list: { orderNo: string; title: string; stateWord: string }[]) =>
    list.map((one) => (
      <li key={one.orderNo}>
        <Link to={`/orders/${encodeURIComponent(one.orderNo)}`}>{one.orderNo}</Link> {one.title}{' '}
        <span className="small quiet">{one.stateWord}</span>
      </li>
    ));
  const hasStory =
    story !== null && (story.orders.length > 0 || story.opinions.length > 0 || story.caseId !== null || story.alertId !== null);
  if (joined.length === 0 && parentNo === null && !hasStory) return null;
  return (
    <section className="panel" aria-labelledby="order-same-head">
      <div className="panel-head">
        <h2 id="order-same-head">同一事项</h2>
        {story?.caseId && <Link to={`/cases/${story.caseId}`}>舆情单</Link>}
        {story?.alertId && !story.caseId && <Link to={`/alerts/${story.alertId}`}>预警</Link>}
      </div>
      <div className="panel-body">
        {parentNo !== null && (
          <p>
            主单 <Link to={`/orders/${encodeURIComponent(parentNo)}`}>{parentNo}</Link>
          </p>
        )}
        {joined.length > 0 && (
          <>
            <p className="small quiet">并入的工单 {joined.length} 张</p>
            <ul>{lines(joined)}</ul>
          </>
        )}
        {hasStory && story.orders.length > 0 && (
          <>
            <p className="small quiet">同源工单 {story.orders.length} 张</p>
            <ul>{lines(story.orders)}</ul>
          </>
        )}
        {hasStory && story.opinions.length > 0 && (
          <>
            <p className="small quiet">同源舆情 {story.opinions.length} 条</p>
            <ul>
              {story.opinions.map(({ id, title, sourceName }) => (
                <li key={id}>
                  <Link to={`/opinions/${id}`}>{title}</Link> <span className="small quiet">{sourceName}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}
