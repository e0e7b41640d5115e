import { Inject, Injectable } from '@nestjs/common';
import type { OrderCounts, OrderDetail, OrderFiguresView, OrderView, Page } from '@huiying/contracts/http';
import { indicatorsOf, scoreOf, type IndicatorWeights, Clock, localTimeText, NotFound, ORDER_STATE_WORDS } from '@huiying/domain';
import {
  Alerts,
  Database,
  Deadlines,
  Timeline,
  JudgedOpinions,
  orderFigures,
  WorkOrders,
  type OrderFilter,
  type OrderSort,
  type WorkOrderRow,
} from '@huiying/persistence';
import { scopeOf, type Actor } from '../accounts/index.js';
import { CityBook } from '../city/index.js';
import { toDeadlineView } from '../deadlines/index.js';
import { toTimelineEntry } from '../timeline/index.js';
import { csvFile } from '../query/index.js';
import { orderActions } from './order-roles.js';
import { iso, toOrderTimeline, toOrderView } from './order-view.js';

const PAGE = 50;
const EXPORTED_AT_MOST = 10_000;
const SHOWN_OF_STORY = 20;

/** Work orders as people read them. A department lead gets the department's own, whatever is asked. */
@Injectable()
export class OrderReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  async list(filter: OrderFilter, sort: OrderSort, cursor: string | null, actor: Actor): Promise<Page<OrderView>> {
    const page = await new WorkOrders(this.database).page(filter, scopeOf(actor), sort, cursor, PAGE);
    const now = this.clock.now();
    return { ...page, items: page.items.map((order) => toOrderView(order, now)) };
  }

  async counts({ state: _, ...filter }: OrderFilter, actor: Actor): Promise<OrderCounts> {
    const orders = new WorkOrders(this.database);
    const scope = scopeOf(actor);
    const sum = (byState: Record<string, number>) => Object.values(byState).reduce((all, n) => all + n, 0);
    const [byState, overdue, asked] = await Promise.all([
      orders.countByState(filter, scope),
      orders.countByState({ ...filter, overdueAt: this.clock.now() }, scope),
      orders.countByState({ ...filter, asked: true }, scope),
    ]);
    return { byState, overdue: sum(overdue), asked: sum(asked) };
  }

  async csv(filter: OrderFilter, sort: OrderSort, asked: readonly [string, string][], actor: Actor): Promise<string> {
    const { items } = await new WorkOrders(this.database).page(filter, scopeOf(actor), sort, null, EXPORTED_AT_MOST);
    const time = (at: Date | null) => (at === null ? '' : localTimeText(at));
    return csvFile({ name: '12345工单', at: this.clock.now(), by: actor.name, asked }, items, [
      ['工单号', (o) => o.orderNo],
      ['状态', (o) => ORDER_STATE_WORDS[o.state]],
      ['标题', (o) => o.title],
      ['诉求类型', (o) => o.appealType ?? ''],
      ['紧急程度', (o) => o.urgency ?? ''],
      ['区域', (o) => o.region ?? ''],
      ['事项', (o) => o.category ?? ''],
      ['主办单位', (o) => o.leadUnit ?? ''],
      ['协办单位', (o) => o.coUnits.join('、')],
      ['受理时间', (o) => time(o.receivedAt)],
      ['派单时间', (o) => time(o.dispatchedAt)],
      ['签收时间', (o) => time(o.signedAt)],
      ['办结期限', (o) => time(o.dueAt)],
      ['答复时间', (o) => time(o.repliedAt)],
      ['办结时间', (o) => time(o.closedAt)],
      ['催办次数', (o) => String(o.urges)],
      ['督办', (o) => o.supervision ?? ''],
      ['延期次数', (o) => String(o.extensions)],
      ['退单次数', (o) => String(o.returns)],
      ['重办次数', (o) => String(o.reworks)],
      ['解决情况', (o) => o.visit?.resolved ?? ''],
      ['满意度', (o) => o.visit?.satisfaction ?? ''],
      ['答复内容', (o) => o.reply ?? ''],
    ]);
  }

  /** 三率 and the other indicators of the orders received in a stretch of time. */
  async figures(from: Date, to: Date, weights: IndicatorWeights, actor: Actor): Promise<OrderFiguresView> {
    const rows = await orderFigures(this.database, from, to, this.clock.now(), scopeOf(actor));
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      weights,
      units: rows.map((row) => {
        const indicators = indicatorsOf(row);
        return { unit: row.unit, received: row.received, score: scoreOf(indicators, weights), indicators };
      }),
    };
  }

  /** @throws NotFound also for an order of another department */
  async detail(key: string, actor: Actor): Promise<OrderDetail> {
    const orders = new WorkOrders(this.database);
    const order = await orders.find(key, scopeOf(actor));
    if (order === null) throw new NotFound('work order', key);
    const { orderNo, opinionId } = order;
    const [events, joinedNos, storyId, clockLines, clocks] = await Promise.all([
      orders.events(orderNo),
      orders.joinedTo(orderNo),
      orders.storyOf(opinionId),
      new Timeline(this.database).ofSubject(opinionId),
      new Deadlines(this.database).ofSubjects([opinionId]),
    ]);
    const joined = joinedNos.length === 0 ? [] : (await orders.page({ orderNos: joinedNos }, null, 'newest', null, 500)).items;
    return {
      ...toOrderView(order, this.clock.now()),
      ...detailOf(order),
      joined: joined.map(shortOf),
      story: storyId === null ? null : await this.storyOf(storyId, order, actor),
      timeline: [...toOrderTimeline(events), ...clockLines.map(toTimelineEntry)].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
      deadlines: clocks
        .filter(({ deadline }) => deadline.cancelledAt === null)
        .map((row) => toDeadlineView(row, this.city, this.clock.now())),
      actions: orderActions(order, actor),
    };
  }

  /** What else is said of the same matter: other callers, posts, news (同源合并). */
  private async storyOf(storyId: string, { orderNo }: WorkOrderRow, actor: Actor): Promise<OrderDetail['story']> {
    const scope = scopeOf(actor);
    const [same, opinions, [alert]] = await Promise.all([
      new WorkOrders(this.database).page({ storyId }, scope, 'newest', null, SHOWN_OF_STORY),
      new JudgedOpinions(this.database).ofStory(storyId, SHOWN_OF_STORY),
      new Alerts(this.database).ofStories([storyId]),
    ]);
    return {
      storyId,
      opinionCount: opinions.length,
      hotlineCount: same.total ?? same.items.length,
      orders: same.items.filter((one) => one.orderNo !== orderNo).map(shortOf),
      opinions:
        scope !== null
          ? []
          : opinions.filter((one) => one.channel !== 'hotline').map(({ id, title, sourceName }) => ({ id, title, sourceName })),
      alertId: scope === null ? (alert?.id ?? null) : null,
      caseId: scope === null ? (alert?.caseId ?? null) : null,
    };
  }
}

function shortOf({ orderNo, title, state }: WorkOrderRow) {
  return { orderNo, title, stateWord: ORDER_STATE_WORDS[state] };
}

function detailOf(order: WorkOrderRow) {
  const { appeal, askedReturn, askedExtension, visit } = order;
  return {
    version: order.version,
    opinionId: order.opinionId,
    content: order.content,
    occurredAt: iso(order.occurredAt),
    address: order.address,
    channelRef: order.channelRef,
    risk: order.risk,
    isRepeat: order.isRepeat,
    isConfidential: appeal.isConfidential,
    keywords: appeal.keywords,
    attachments: appeal.attachments,
    caller: appeal.caller,
    coUnits: order.coUnits,
    instruction: order.instruction,
    signedAt: iso(order.signedAt),
    signedBy: order.signedBy,
    contactedAt: iso(order.contactedAt),
    signDueAt: iso(order.signDueAt),
    dueAt: iso(order.dueAt),
    returnUntil: iso(order.returnUntil),
    extensions: order.extensions,
    returns: order.returns,
    pendingReturn: askedReturn && { ...askedReturn, at: askedReturn.at.toISOString() },
    pendingExtension: askedExtension && { ...askedExtension, at: askedExtension.at.toISOString() },
    reply: order.reply,
    repliedAt: iso(order.repliedAt),
    repliedBy: order.repliedBy,
    legalBasis: order.legalBasis,
    auditOpinion: order.auditOpinion,
    closedAt: iso(order.closedAt),
    visit: visit && { ...visit, at: visit.at.toISOString() },
  };
}
