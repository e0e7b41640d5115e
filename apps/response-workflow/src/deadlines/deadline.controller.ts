import { Get, Inject, Param, ParseUUIDPipe } from '@nestjs/common';
import type { DeadlineWhy } from '@huiying/contracts/http';
import { Allow, CurrentActor, EVERYBODY, Guarded, scopeOf, type Actor } from '../accounts/index.js';
import { WhyDesk } from './why-desk.js';

@Guarded('api/deadlines')
export class DeadlineController {
  constructor(@Inject(WhyDesk) private readonly why: WhyDesk) {}

  /** Why it is due then. 404 also for a clock of another department. */
  @Get(':id/why')
  @Allow(EVERYBODY)
  explain(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<DeadlineWhy> {
    return this.why.explain(id, scopeOf(actor));
  }
}
