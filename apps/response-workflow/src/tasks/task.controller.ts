import { Body, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { AssignRequest, BecauseRequest, Page, ReplyRequest, ReturnRequest, TaskDetail, TaskView } from '@huiying/contracts/http';
import { IdPipe, valid } from '@huiying/platform';
import { z } from 'zod';
import { Allow, CurrentActor, DESK, EVERYBODY, Guarded, type Actor } from '../accounts/index.js';
import { cursorParam, listOf } from '../query/index.js';
import { AssignmentDesk } from './assignment-desk.js';
import { TaskDesk } from './task-desk.js';
import { TaskReader } from './task-reader.js';

const taskQuery = z.object({
  state: listOf(z.enum(['assigned', 'acknowledged', 'returned', 'replied', 'closed'])),
  cursor: cursorParam,
});
/** A supervisor may act in a department's place. */
const DEPARTMENT = ['department-lead', 'supervisor'] as const;

@Guarded('api')
export class TaskController {
  constructor(
    @Inject(TaskReader) private readonly tasks: TaskReader,
    @Inject(TaskDesk) private readonly desk: TaskDesk,
    @Inject(AssignmentDesk) private readonly assignments: AssignmentDesk,
  ) {}

  /** 交办. 409 case-closed, already-has-lead, case-needs-lead, department-already-assigned. */
  @Post('cases/:id/tasks')
  @HttpCode(200)
  @Allow(DESK)
  assign(
    @Param('id', IdPipe) caseId: string,
    @Body() request: AssignRequest,
    @CurrentActor() actor: Actor,
  ): Promise<{ taskIds: string[] }> {
    return this.assignments.assign(caseId, request, actor);
  }

  @Get('tasks')
  @Allow(EVERYBODY)
  list(@Query(valid(taskQuery)) { cursor, ...filter }: z.output<typeof taskQuery>, @CurrentActor() actor: Actor): Promise<Page<TaskView>> {
    return this.tasks.list(filter, cursor ?? null, actor);
  }

  @Get('tasks/:id')
  @Allow(EVERYBODY)
  detail(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<TaskDetail> {
    return this.tasks.detail(id, actor);
  }

  /** 签收. 409 already-acknowledged names who and when. */
  @Post('tasks/:id/acknowledgement')
  @HttpCode(204)
  @Allow(DEPARTMENT)
  acknowledge(@Param('id', IdPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.acknowledge(id, actor);
  }

  /** 退回. 409 task-returned, already-replied, task-closed. */
  @Post('tasks/:id/return')
  @HttpCode(204)
  @Allow(DEPARTMENT)
  return(@Param('id', IdPipe) id: string, @Body() request: ReturnRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.return(id, request, actor);
  }

  /** 重办. 409 task-not-replied, task-returned, case-closed. */
  @Post('tasks/:id/rework')
  @HttpCode(204)
  @Allow(DESK)
  rework(@Param('id', IdPipe) id: string, @Body() request: BecauseRequest, @CurrentActor() actor: Actor): Promise<void> {
    return this.desk.rework(id, request, actor);
  }

  /** 反馈. 409 task-not-acknowledged, task-returned, task-closed. */
  @Post('tasks/:id/reply')
  @HttpCode(200)
  @Allow(DEPARTMENT)
  reply(@Param('id', IdPipe) id: string, @Body() request: ReplyRequest, @CurrentActor() actor: Actor) {
    return this.desk.reply(id, request, actor);
  }
}
