import { Body, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { createPersonRequest, type AccountView, type CreatePersonRequest, type DepartmentView } from '@huiying/contracts/http';
import { IdPipe, valid } from '@huiying/platform';
import { EVERYBODY, type Actor } from './actor.js';
import { Allow, CurrentActor, Guarded } from './guarded.js';
import { PeopleDesk } from './people-desk.js';

@Guarded('api')
export class PeopleController {
  constructor(@Inject(PeopleDesk) private readonly people: PeopleDesk) {}

  @Get('people')
  @Allow(['administrator'])
  list(): Promise<AccountView[]> {
    return this.people.list();
  }

  /** 409 username-taken. */
  @Post('people')
  @Allow(['administrator'])
  create(@Body(valid(createPersonRequest)) request: CreatePersonRequest, @CurrentActor() actor: Actor): Promise<AccountView> {
    return this.people.create(request, actor);
  }

  /** Ends an account and its sessions. 409 own-account. */
  @Post('people/:id/disable')
  @HttpCode(204)
  @Allow(['administrator'])
  disable(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.people.disable(id, actor);
  }

  @Get('departments')
  @Allow(EVERYBODY)
  departments(): Promise<DepartmentView[]> {
    return this.people.departments();
  }
}
