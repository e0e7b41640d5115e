import { Inject, Injectable } from '@nestjs/common';
import type { DeadlineWhy } from '@huiying/contracts/http';
import { Clock, NotFound } from '@huiying/domain';
import { Database, Deadlines, EvidenceFiles, type RowScope } from '@huiying/persistence';
import { CityBook, LawKeeper } from '../city/index.js';
import { toDeadlineWhy } from './deadline-view.js';

@Injectable()
export class WhyDesk {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(LawKeeper) private readonly law: LawKeeper,
  ) {}

  /** @throws NotFound */
  async explain(id: string, scope: RowScope): Promise<DeadlineWhy> {
    const row = await new Deadlines(this.database).find(id, scope);
    if (!row) throw new NotFound('deadline', id);
    await this.law.refresh(this.database);
    const files = new EvidenceFiles(this.database);
    const evidence = await (row.caseId === null ? files.ofSubject(row.deadline.subject.id) : files.ofCase(row.caseId));
    return toDeadlineWhy(row, evidence, this.city, this.clock.now());
  }
}
