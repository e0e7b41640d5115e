import { Body, Get, HttpCode, Inject, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import {
  ORDER_STEP_REQUESTS,
  orderStates,
  type OrderCounts,
  type OrderDetail,
  type OrderFiguresView,
  type OrderStepName,
  type OrderView,
  type Page,
} from '@huiying/contracts/http';
import { Clock, DAY_MS, DEFAULT_WEIGHTS, Forbidden, NotFound } from '@huiying/domain';
import { valid } from '@huiying/platform';
import { Database, WorkOrders } from '@huiying/persistence';
import { z } from 'zod';
import { Allow, CurrentActor, EVERYBODY, Guarded, scopeOf, type Actor } from '../accounts/index.js';
import { csvAnswer, cursorParam, instantParam, listOf, searchWordsParam } from '../query/index.js';
import { OrderDesk } from './order-desk.js';
import { OrderReader } from './order-reader.js';
import { whyNotYours } from './order-roles.js';

const flag = z.stringbool().optional();
const orderQuery = z.object({
  q: searchWordsParam,
  state: listOf(orderStates),
  department: z.string().max(60).optional(),
  type: listOf(z.enum(['咨询', '求助', '投诉', '举报', '意见建议'])),
  urgency: listOf(z.enum(['一般', '紧急', '特急'])),
  region: z.string().max(100).optional(),
  overdue: flag,
  asked: flag,
  supervised: flag,
  from: instantParam('start'),
  to: instantParam('end'),
  sort: z.enum(['due', 'newest']).default('due'),
  cursor: cursorParam,
});
const weight = (standard: number) => z.coerce.number().min(0).max(100).default(standard);
const figuresQuery = z.object({
  from: instantParam('start'),
  to: instantParam('end'),
  response: weight(DEFAULT_WEIGHTS.response),
  resolution: weight(DEFAULT_WEIGHTS.resolution),
  satisfaction: weight(DEFAULT_WEIGHTS.satisfaction),
});
type OrderQuery = z.output<typeof orderQuery>;

/** 12345 work orders on the console. */
@Guarded('api/orders')
export class OrderController {
  constructor(
    @Inject(OrderReader) private readonly orders: OrderReader,
    @Inject(OrderDesk) private readonly desk: OrderDesk,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  @Allow(EVERYBODY)
  list(@Query(valid(orderQuery)) query: OrderQuery, @CurrentActor() actor: Actor): Promise<Page<OrderView>> {
    return this.orders.list(this.filterOf(query), query.sort, query.cursor ?? null, actor);
  }

  @Get('counts')
  @Allow(EVERYBODY)
  counts(@Query(valid(orderQuery)) query: OrderQuery, @CurrentActor() actor: Actor): Promise<OrderCounts> {
    return this.orders.counts(this.filterOf(query), actor);
  }

  /** The last 30 days where no stretch is given. */
  @Get('figures')
  @Allow(EVERYBODY)
  figures(
    @Query(valid(figuresQuery)) { from, to, ...weights }: z.output<typeof figuresQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<OrderFiguresView> {
    const end = to ?? this.clock.now();
    return this.orders.figures(from ?? new Date(end.getTime() - 30 * DAY_MS), end, weights, actor);
  }

  @Get('export.csv')
  @Allow(EVERYBODY)
  async csv(
    @Query(valid(orderQuery)) query: OrderQuery,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) answer: { setHeader(name: string, value: string): void },
  ): Promise<StreamableFile> {
    const { q, state, department, type, urgency, region } = query;
    const said: [string, string][] = [
      ['搜索', q ?? ''],
      ['状态', state?.join('、') ?? ''],
      ['承办单位', department ?? ''],
      ['诉求类型', type?.join('、') ?? ''],
      ['紧急程度', urgency?.join('、') ?? ''],
      ['区域', region ?? ''],
    ];
    return csvAnswer(await this.orders.csv(this.filterOf(query), query.sort, said, actor), '12345工单', answer);
  }

  @Get(':orderNo')
  @Allow(EVERYBODY)
  detail(@Param('orderNo') orderNo: string, @CurrentActor() actor: Actor): Promise<OrderDetail> {
    return this.orders.detail(orderNo, actor);
  }

  /** One step. 403 where it is another's to take; 409 where it is not lawful now, naming who was first. */
  @Post(':orderNo/:action')
  @HttpCode(200)
  @Allow(EVERYBODY)
  async step(
    @Param('orderNo') orderNo: string,
    @Param('action') action: string,
    @Body() request: unknown,
    @CurrentActor() actor: Actor,
  ): Promise<{ seq: number }> {
    if (!Object.hasOwn(ORDER_STEP_REQUESTS, action)) throw new NotFound('step', action);
    const order = await new WorkOrders(this.database).find(orderNo, scopeOf(actor));
    if (order === null) throw new NotFound('work order', orderNo);
    const whyNot = whyNotYours(order, action as OrderStepName, actor);
    if (whyNot !== null) throw new Forbidden(`${actor.role} may not ${action} ${orderNo}`, whyNot);
    const doer = { name: actor.name, personId: actor.id, client: null, origin: actor.origin };
    const { seq } = await this.desk.take({ orderNo, action: action as OrderStepName, request, doer, scope: scopeOf(actor) });
    return { seq };
  }

  private filterOf({ department, type, from, to, overdue, sort: _s, cursor: _c, ...rest }: OrderQuery) {
    return {
      ...rest,
      departmentId: department,
      appealType: type,
      receivedFrom: from,
      receivedTo: to,
      overdueAt: overdue === true ? this.clock.now() : undefined,
    };
  }
}
