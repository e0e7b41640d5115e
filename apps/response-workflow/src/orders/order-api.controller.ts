import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import {
  apiOrderQuery,
  ORDER_STEP_REQUESTS,
  orderStates,
  type ApiOrder,
  type ApiStepAnswer,
  type OrderStepName,
} from '@huiying/contracts/http';
import { Clock, NotFound } from '@huiying/domain';
import { CurrentClient, ForSystems, valid } from '@huiying/platform';
import { Database, WorkOrders } from '@huiying/persistence';
import type { ApiClient } from '@huiying/settings';
import { z } from 'zod';
import { listOf } from '../query/index.js';
import { OrderApiDesk, toApiOrder } from './order-api-desk.js';

const query = apiOrderQuery.extend({ state: listOf(orderStates) });
type ListQuery = z.output<typeof query>;

/** 12345 work orders for other systems. Every operation is in the handbook (/api/hotline/docs) with examples that are run as tests. */
@Controller('api/hotline/v1/orders')
export class OrderApiController {
  constructor(
    @Inject(OrderApiDesk) private readonly desk: OrderApiDesk,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  @ForSystems('orders:read')
  async list(@Query(valid(query)) { changedSince, state, cursor, limit }: ListQuery): Promise<{ items: ApiOrder[]; next: string | null }> {
    const since = changedSince === undefined ? null : new Date(changedSince);
    const page = await new WorkOrders(this.database).changedPage({ since, state }, cursor ?? null, limit);
    const now = this.clock.now();
    return { ...page, items: page.items.map((order) => toApiOrder(order, now)) };
  }

  @Get(':orderNo')
  @ForSystems('orders:read')
  order(@Param('orderNo') orderNo: string): Promise<ApiOrder> {
    return this.desk.order(orderNo);
  }

  @Get(':orderNo/events')
  @ForSystems('orders:read')
  async events(@Param('orderNo') orderNo: string) {
    await this.desk.order(orderNo);
    const events = await new WorkOrders(this.database).events(orderNo);
    return {
      items: events.map(({ seq, at, action, actor, client, stateBefore, state, text }) => ({
        seq,
        at: at.toISOString(),
        action,
        by: actor,
        client,
        previousState: stateBefore,
        state,
        text,
      })),
    };
  }

  /** One step, once for each idempotency key. 409 names what is not lawful now and who was first. */
  @Post(':orderNo/:action')
  @HttpCode(200)
  @ForSystems('orders:write')
  async step(
    @Param() { orderNo, action }: { orderNo: string; action: string },
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @CurrentClient() client: ApiClient,
    @Res({ passthrough: true }) response: { setHeader(name: string, value: string): void },
  ): Promise<ApiStepAnswer> {
    if (!Object.hasOwn(ORDER_STEP_REQUESTS, action)) throw new NotFound('action', action);
    const { answer, isAgain } = await this.desk.take({ orderNo, action: action as OrderStepName, body, client: client.name, key });
    if (isAgain) response.setHeader('idempotent-replay', 'true');
    return answer;
  }
}
