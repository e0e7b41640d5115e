import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { apiKnowledgeQuery, knowledgeSyncRequest, type ApiKnowledge } from '@huiying/contracts/http';
import { BadInput, localDateOf, NotFound } from '@huiying/domain';
import { ForSystems, valid } from '@huiying/platform';
import { Knowledge } from '@huiying/persistence';
import type { z } from 'zod';
import { CityBook } from '../city/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { toApiKnowledge } from './knowledge-view.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The knowledge base for other systems: searched, or kept in step by knowledge-sync. */
@Controller('api/hotline/v1')
export class KnowledgeApiController {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  @Get('knowledge')
  @ForSystems('knowledge:read')
  async list(
    @Query(valid(apiKnowledgeQuery)) { q, cursor, limit }: z.output<typeof apiKnowledgeQuery>,
  ): Promise<{ items: ApiKnowledge[]; next: string | null }> {
    const today = localDateOf(this.store.now());
    const filter = { state: ['active'], today, ...(q === undefined ? {} : { q }) };
    const { items, next } = await new Knowledge(this.store.database).page(filter, cursor ?? null, limit);
    return { items: items.map((row) => this.shown(row, today)), next };
  }

  @Get('knowledge/:id')
  @ForSystems('knowledge:read')
  async entry(@Param('id') id: string): Promise<ApiKnowledge> {
    const row = UUID.test(id) ? await new Knowledge(this.store.database).find(id) : null;
    if (row === null || row.state === 'draft') throw new NotFound('knowledge entry', id);
    return this.shown(row, localDateOf(this.store.now()));
  }

  @Post('knowledge-sync')
  @HttpCode(200)
  @ForSystems('knowledge:read')
  sync(@Body(valid(knowledgeSyncRequest)) { cursor, limit }: z.output<typeof knowledgeSyncRequest>) {
    if (cursor !== null && !/^\d{1,18}$/.test(cursor))
      throw new BadInput([
        { field: 'cursor', rule: 'must be the cursor of an earlier answer', got: cursor, message: 'cursor 应为上次应答给出的' },
      ]);
    return this.store.change(async (tx, now) => {
      const rows = await new Knowledge(tx).changedAfter(cursor ?? '0', limit + 1);
      const shown = rows.slice(0, limit);
      const today = localDateOf(now);
      return { items: shown.map((row) => this.shown(row, today)), cursor: shown.at(-1)?.changeNo ?? cursor, more: rows.length > limit };
    });
  }

  private shown(row: Parameters<typeof toApiKnowledge>[0], today: string): ApiKnowledge {
    return toApiKnowledge(row, today, (one) => this.city.departmentName(one));
  }
}
