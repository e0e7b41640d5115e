import { Body, Get, HttpCode, Inject, Param, ParseIntPipe, Post } from '@nestjs/common';
import {
  calendarChangeRequest,
  calendarPreviewRequest,
  noticeReadingRequest,
  type CalendarChangeRequest,
  type CalendarPreview,
  type CalendarPreviewRequest,
  type CalendarView,
  type CalendarYearView,
  type ChangeOutcome,
  type NoticeReadingRequest,
  type NoticeReadingView,
} from '@huiying/contracts/http';
import { BadInput } from '@huiying/domain';
import { valid } from '@huiying/platform';
import { Allow, CurrentActor, Guarded, VIEWERS, type Actor } from '../accounts/index.js';
import { CalendarDesk } from './calendar-desk.js';

@Guarded('api/calendar')
export class CalendarController {
  constructor(@Inject(CalendarDesk) private readonly calendar: CalendarDesk) {}

  @Get()
  @Allow(VIEWERS)
  view(): Promise<CalendarView> {
    return this.calendar.view();
  }

  @Get(':year')
  @Allow(VIEWERS)
  year(@Param('year', ParseIntPipe) year: number): Promise<CalendarYearView> {
    if (year < 2007 || year > 2100)
      throw new BadInput([{ field: 'year', rule: 'must be from 2007 to 2100', got: year, message: '年份应为2007至2100' }]);
    return this.calendar.year(year);
  }

  /** What a notice's text says. 400 where no year can be found. */
  @Post('reading')
  @HttpCode(200)
  @Allow(['administrator'])
  read(@Body(valid(noticeReadingRequest)) request: NoticeReadingRequest): NoticeReadingView {
    return this.calendar.read(request);
  }

  @Post('preview')
  @HttpCode(200)
  @Allow(['administrator'])
  preview(@Body(valid(calendarPreviewRequest)) { table }: CalendarPreviewRequest): Promise<CalendarPreview> {
    return this.calendar.preview(table);
  }

  /** Enters a year's table. 409 calendar-changed. */
  @Post()
  @Allow(['administrator'])
  enter(@Body(valid(calendarChangeRequest)) request: CalendarChangeRequest, @CurrentActor() actor: Actor): Promise<ChangeOutcome> {
    return this.calendar.enter(request, actor);
  }
}
