import { Inject, Injectable } from '@nestjs/common';
import { WorkCalendar, type CalendarYear, type DeadlineRule } from '@huiying/domain';
import { LawRevisions, type EnteredRules, type EnteredYear, type Queries } from '@huiying/persistence';
import { layRules } from '@huiying/settings';
import { CityBook, type CityBookParts } from './city-book.js';

type Law = Pick<CityBookParts, 'rules' | 'calendar'>;

/**
 * Holds the calendar and the rules against what was entered on the console, here or in another process: a clock is never
 * stamped by a state that a commit has replaced. What was entered lies over the configuration's files.
 */
@Injectable()
export class LawKeeper {
  /** What the files lay down. */
  private readonly base: Law;
  private known = '0.0';

  constructor(@Inject(CityBook) private readonly city: CityBook) {
    const { rules, calendar } = city.parts;
    this.base = { rules, calendar };
  }

  /** As last refreshed. */
  get current(): Law {
    return this.city.parts;
  }

  /** Brings this process up to the newest revision; says which that is. */
  async refresh(on: Queries): Promise<string> {
    const revisions = new LawRevisions(on);
    const basis = await revisions.basis();
    if (basis !== this.known) {
      const [years, entered] = [await revisions.years(), await revisions.rules()];
      this.city.enact({ calendar: this.calendarWith(years.map(({ table }) => table)), rules: this.rulesWith(entered) });
      this.known = basis;
    }
    return basis;
  }

  /** The files' calendar with these years in place of theirs. @throws RangeError when the tables contradict each other */
  calendarWith(entered: readonly CalendarYear[]): WorkCalendar {
    const years = new Map(this.base.calendar.years.map((year) => [year, this.base.calendar.tableOf(year)!]));
    for (const table of entered) years.set(table.year, table);
    return new WorkCalendar([...years.values()]);
  }

  /** The rules in the files, under anything entered on the console. */
  get fileRules(): readonly DeadlineRule[] {
    return this.base.rules;
  }

  /** Which years were entered, and by whom. */
  enteredYears(on: Queries): Promise<EnteredYear[]> {
    return new LawRevisions(on).years();
  }

  private rulesWith(entered: EnteredRules | null): readonly DeadlineRule[] {
    return entered === null ? this.base.rules : layRules(this.base.rules, entered.yaml);
  }
}
