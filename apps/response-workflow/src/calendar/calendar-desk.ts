import { Inject, Injectable } from '@nestjs/common';
import type {
  CalendarChangeRequest,
  CalendarPreview,
  CalendarTable,
  CalendarView,
  CalendarYearView,
  ChangeOutcome,
  NoticeReadingRequest,
  NoticeReadingView,
} from '@huiying/contracts/http';
import { BadInput, dateOf, dayNumber, localDateOf, readNotice, Refusal, withCalendar, type WorkCalendar } from '@huiying/domain';
import { AuditTrail, Deadlines, LawRevisions, type Queries } from '@huiying/persistence';
import type { SignedBy } from '../accounts/index.js';
import { CityBook, LawKeeper } from '../city/index.js';
import { DeadlineMover } from '../deadlines/index.js';
import { WorkflowStore } from '../timeline/index.js';

const SHOWN_CLOCKS = 100;
const RESTS_ON_DAYS = { days: true };

/** The working-day calendar (工作日历): what holds, what a notice's text says, and what an administrator makes of it. */
@Injectable()
export class CalendarDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
    @Inject(LawKeeper) private readonly law: LawKeeper,
    @Inject(DeadlineMover) private readonly mover: DeadlineMover,
  ) {}

  /** Every year with a notice, and the one after them. */
  async view(): Promise<CalendarView> {
    const basis = await this.law.refresh(this.store.database);
    const entered = new Set((await this.law.enteredYears(this.store.database)).map(({ table }) => table.year));
    const { calendar } = this.city.parts;
    const years = [...calendar.years, calendar.years.at(-1)! + 1];
    const open = await new Deadlines(this.store.database).openByRule();
    return {
      today: localDateOf(this.store.now()),
      years: years.map((year) => {
        const table = calendar.tableOf(year);
        return { year, isPublished: table !== null, isEntered: entered.has(year), source: table?.source ?? null };
      }),
      provisionalClockCount: open.reduce((sum, { provisional }) => sum + provisional, 0),
      basis,
    };
  }

  async year(year: number): Promise<CalendarYearView> {
    const basis = await this.law.refresh(this.store.database);
    const entered = (await this.law.enteredYears(this.store.database)).find(({ table }) => table.year === year);
    const { calendar } = this.city.parts;
    return {
      year,
      table: calendar.tableOf(year),
      entered: entered ? { at: entered.enteredAt.toISOString(), by: entered.enteredBy } : null,
      days: daysOf(year).map((date) => calendar.dayKind(date)),
      basis,
    };
  }

  /** @throws BadInput where neither the text nor the request names a year */
  read({ text, year }: NoticeReadingRequest): NoticeReadingView {
    const reading = year === null ? readNotice(text) : readNotice(text, year);
    if (reading) return reading;
    throw new BadInput([{ field: 'year', rule: 'must be given: the text names no year', message: '通知中没有找到年份，请选择年份' }]);
  }

  /** @throws BadInput where the table contradicts itself or another year's */
  async preview(table: CalendarTable): Promise<CalendarPreview> {
    const basis = await this.law.refresh(this.store.database);
    const before = this.city.parts.calendar;
    const after = await this.calendarWith(this.store.database, table);
    const days = [...daysOf(table.year - 1).slice(-4), ...daysOf(table.year)].flatMap((date) => {
      const [was, is] = [before.dayKind(date), after.dayKind(date)];
      return settled(was.why) === settled(is.why) ? [] : [{ date, before: was.why, after: is.why, isWorkday: is.isWorkday }];
    });
    return { days, ...(await this.mover.preview((one) => withCalendar(one, after), RESTS_ON_DAYS, SHOWN_CLOCKS)), basis };
  }

  /** Enters a table, and moves the open clocks that rest on it, in one commit. @throws BadInput, Refusal calendar-changed */
  async enter({ table, text, basis }: CalendarChangeRequest, actor: SignedBy): Promise<ChangeOutcome> {
    const movedCount = await this.store.change(async (tx, now) => {
      if ((await new LawRevisions(tx).lockBasis()) !== basis) {
        throw new Refusal(
          'calendar-changed',
          'the calendar or the rules changed since the preview',
          '日历或规则刚被他人改动，请重新预览后再确认',
        );
      }
      const after = await this.calendarWith(tx, table);
      await new LawRevisions(tx).addYear({ table, text, enteredAt: now, enteredBy: actor.name });
      const why = `${table.year}年放假安排${this.city.parts.calendar.tableOf(table.year) ? '更正' : '录入'}`;
      const count = await this.mover.apply(tx, (one) => withCalendar(one, after), RESTS_ON_DAYS, { why, actor: actor.name, now });
      await new AuditTrail(tx).add({
        at: now,
        personId: actor.id,
        who: actor.name,
        action: 'calendar.enter',
        subject: `calendar:${table.year}`,
        origin: actor.origin,
        detail: { table, fromText: text !== null, movedCount: count },
      });
      return count;
    });
    await this.law.refresh(this.store.database);
    return { movedCount };
  }

  private async calendarWith(on: Queries, table: CalendarTable): Promise<WorkCalendar> {
    const others = (await this.law.enteredYears(on)).map((one) => one.table).filter(({ year }) => year !== table.year);
    try {
      return this.law.calendarWith([...others, table]);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new BadInput([{ field: 'table', rule: error.message, message: `放假安排有误：${error.message}` }]);
    }
  }
}

function daysOf(year: number): string[] {
  const first = dayNumber(`${year}-01-01`);
  return Array.from({ length: dayNumber(`${year + 1}-01-01`) - first }, (_, index) => dateOf(first + index));
}

/** A day that only becomes settled is not told as changed. */
function settled(why: string): string {
  return why.replace(/（\d+年放假安排未公布.*）$/, '');
}
