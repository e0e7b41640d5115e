import { Inject, Injectable } from '@nestjs/common';
import type { BoardView } from '@huiying/contracts/http';
import { Clock, instantAt, localDateOf } from '@huiying/domain';
import { Alerts, CaseFiles, Changes, Database, Deadlines, JudgedOpinions, ResponseTasks, SourceReports } from '@huiying/persistence';
import { toAlertView } from '../alerting/index.js';
import { CaseReader } from '../cases/index.js';
import { CityBook } from '../city/index.js';
import { toDeadlineView } from '../deadlines/index.js';
import { DutyDesk } from '../duty/index.js';
import { toSourceView } from '../sources/index.js';

const ALERTS_SHOWN = 20;
const DEADLINES_SHOWN = 30;
/** Below those of answering the public: all others are in the list of orders. */
const ORDER_DEADLINES_SHOWN = 10;
const CASES_SHOWN = 20;
/** Those in trouble come first; of ten thousand the rest are on their own page. */
const SOURCES_SHOWN = 40;

/** Everything the duty board shows in its first screenful. */
@Injectable()
export class BoardReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(DutyDesk) private readonly duty: DutyDesk,
    @Inject(CaseReader) private readonly caseReader: CaseReader,
  ) {}

  async read(): Promise<BoardView> {
    const { database } = this;
    // Taken first: what is read after it is at least as new, so a stream opened from here repeats at worst.
    while ((await database.transaction((tx) => new Changes(tx).place())) > 0);
    const position = await new Changes(database).head();
    const now = this.clock.now();
    const today = instantAt(localDateOf(now), '00:00');
    const [
      alerts,
      openAlertCount,
      clocks,
      orderClocks,
      overdue,
      cases,
      openCaseCount,
      unacknowledgedTaskCount,
      onDuty,
      sources,
      sourceCounts,
      opinions,
      raised,
    ] = await Promise.all([
      new Alerts(database).page({ state: ['open', 'seen'], sort: 'newest' }, null, ALERTS_SHOWN),
      new Alerts(database).countUndecided(),
      new Deadlines(database).open(DEADLINES_SHOWN, 'response'),
      new Deadlines(database).open(ORDER_DEADLINES_SHOWN, 'order'),
      new Deadlines(database).countOverdue(now),
      new CaseFiles(database).page({ state: ['opened', 'assigned', 'handling', 'responded'], sort: 'due' }, null, null, CASES_SHOWN),
      new CaseFiles(database).countOpen(),
      new ResponseTasks(database).countUnacknowledged(),
      this.duty.onDuty(),
      new SourceReports(database).page({}, null, SOURCES_SHOWN),
      new SourceReports(database).counts(),
      new JudgedOpinions(database).countSince(today),
      new Alerts(database).countRaisedSince(today),
    ]);
    return {
      serverTime: now.toISOString(),
      position,
      alerts: alerts.items.map(toAlertView),
      openAlertCount,
      deadlines: clocks.map((clock) => toDeadlineView(clock, this.city, now)),
      overdueCount: overdue.response,
      orderDeadlines: orderClocks.map((clock) => toDeadlineView(clock, this.city, now)),
      orderOverdueCount: overdue.order,
      cases: await this.caseReader.toViews(cases.items, null),
      openCaseCount,
      unacknowledgedTaskCount,
      onDuty,
      sources: sources.items.map(toSourceView),
      sourceCounts,
      today: { ...opinions, alerts: raised },
    };
  }
}
