import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { reconcileRequest, type ReconciliationAnswer, type ReconciliationView } from '@huiying/contracts/http';
import { CurrentClient, ForSystems, valid } from '@huiying/platform';
import type { ApiClient } from '@huiying/settings';
import type { z } from 'zod';
import { Allow, CurrentActor, DESK, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { ReconcileDesk } from './reconcile-desk.js';

/** 对账 for other systems. */
@Controller('api/hotline/v1/reconciliations')
export class ReconcileApiController {
  constructor(@Inject(ReconcileDesk) private readonly desk: ReconcileDesk) {}

  @Get(':day')
  @ForSystems('orders:read')
  async ourSide(@Param('day') day: string) {
    const orders = await this.desk.ourSide(day);
    const byState: Record<string, number> = {};
    for (const { state } of orders) byState[state] = (byState[state] ?? 0) + 1;
    return { day, count: orders.length, byState, orders };
  }

  @Post(':day')
  @HttpCode(200)
  @ForSystems('orders:write')
  compare(
    @Param('day') day: string,
    @Body(valid(reconcileRequest)) { orders }: z.output<typeof reconcileRequest>,
    @CurrentClient() client: ApiClient,
  ): Promise<ReconciliationAnswer> {
    return this.desk.compare(client.name, day, orders);
  }
}

/** 对账 on the console. */
@Guarded('api/reconciliations')
export class ReconcileController {
  constructor(@Inject(ReconcileDesk) private readonly desk: ReconcileDesk) {}

  @Get()
  @Allow(VIEWERS)
  list(): Promise<ReconciliationView[]> {
    return this.desk.list();
  }

  @Post(':client/:day/repair')
  @HttpCode(200)
  @Allow(DESK)
  repair(
    @Param() { client, day }: { client: string; day: string },
    @CurrentActor() actor: Actor,
  ): Promise<{ toldAgain: number; left: number }> {
    return this.desk.repair(client, day, actor);
  }
}
