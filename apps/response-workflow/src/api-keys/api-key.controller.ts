import { Body, Get, Header, HttpCode, Inject, Param, Post } from '@nestjs/common';
import {
  changeSystemRequest,
  endKeyRequest,
  lastDayRequest,
  newKeyRequest,
  newSystemRequest,
  type ApiSystemView,
  type KeyMade,
} from '@huiying/contracts/http';
import { IdPipe, valid } from '@huiying/platform';
import type { z } from 'zod';
import { Allow, CurrentActor, Guarded, type Actor } from '../accounts/index.js';
import { ApiKeyDesk } from './api-key-desk.js';

const ADMINISTRATORS = ['administrator'] as const;

/** Keys of other systems (接口密钥), for administrators alone. A key and its secret stand in the answer that makes it, and nowhere again. */
@Guarded('api/api-keys')
export class ApiKeyController {
  constructor(@Inject(ApiKeyDesk) private readonly desk: ApiKeyDesk) {}

  @Get()
  @Allow(ADMINISTRATORS)
  list(): Promise<ApiSystemView[]> {
    return this.desk.list();
  }

  @Post('systems')
  @Header('cache-control', 'no-store')
  @Allow(ADMINISTRATORS)
  addSystem(@Body(valid(newSystemRequest)) request: z.output<typeof newSystemRequest>, @CurrentActor() actor: Actor): Promise<KeyMade> {
    return this.desk.addSystem(request, actor);
  }

  @Post('systems/:name')
  @HttpCode(204)
  @Allow(ADMINISTRATORS)
  changeSystem(
    @Param('name') name: string,
    @Body(valid(changeSystemRequest)) request: z.output<typeof changeSystemRequest>,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.desk.changeSystem(name, request, actor);
  }

  @Post('systems/:name/keys')
  @Header('cache-control', 'no-store')
  @Allow(ADMINISTRATORS)
  addKey(
    @Param('name') name: string,
    @Body(valid(newKeyRequest)) request: z.output<typeof newKeyRequest>,
    @CurrentActor() actor: Actor,
  ): Promise<KeyMade> {
    return this.desk.addKey(name, request, actor);
  }

  @Post(':id/last-day')
  @HttpCode(204)
  @Allow(ADMINISTRATORS)
  setLastDay(
    @Param('id', IdPipe) id: string,
    @Body(valid(lastDayRequest)) request: z.output<typeof lastDayRequest>,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.desk.setLastDay(id, request, actor);
  }

  @Post(':id/end')
  @HttpCode(204)
  @Allow(ADMINISTRATORS)
  end(
    @Param('id', IdPipe) id: string,
    @Body(valid(endKeyRequest)) request: z.output<typeof endKeyRequest>,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    return this.desk.end(id, request, actor);
  }
}
