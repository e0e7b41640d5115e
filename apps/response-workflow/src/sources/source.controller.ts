import { Get, Inject } from '@nestjs/common';
import type { SourceView } from '@huiying/contracts/http';
import { Database, SourceReports } from '@huiying/persistence';
import { Allow, Guarded, VIEWERS } from '../accounts/index.js';

@Guarded('api/sources')
export class SourceController {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Failing and silent sources first. */
  @Get()
  @Allow(VIEWERS)
  list(): Promise<SourceView[]> {
    return new SourceReports(this.database).all();
  }
}
