import { Inject, Injectable } from '@nestjs/common';
import type { DeadlineWhy } from '@huiying/contracts/http';
import { Clock, NotFound } from '@huiying/domain';
import { Database, Deadlines, EvidenceFiles, ExtensionRequests } from '@huiying/persistence';
import { scopeOf, type Actor } from '../accounts/index.js';
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

  /** @param actor who asks; null at a command, where all is shown and nothing can be done. @throws NotFound */
  async explain(id: string, actor: Actor | null): Promise<DeadlineWhy> {
    const row = await new Deadlines(this.database).find(id, actor && scopeOf(actor));
    if (!row) throw new NotFound('deadline', id);
    await this.law.refresh(this.database);
    const files = new EvidenceFiles(this.database);
    const evidence = await (row.caseId === null ? files.ofSubject(row.deadline.subject.id) : files.ofCase(row.caseId));
    const requests = await new ExtensionRequests(this.database).ofDeadline(id);
    return toDeadlineWhy({ row, evidence, requests, actor }, this.city, this.clock.now());
  }
}
