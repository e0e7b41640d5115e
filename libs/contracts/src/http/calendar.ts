import { z } from 'zod';
import { DAY_RULE, isOfOurYears, YEARS_RULE } from './fields.js';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, DAY_RULE)
  .refine(isOfOurYears, YEARS_RULE);
const words = (max: number) => z.string().trim().min(1).max(max);
const named = z.array(z.object({ name: words(40), days: z.array(day).min(1).max(60) }).strict()).max(40);

/** What one year's notice lays down, as an administrator confirms it. */
export const calendarTable = z
  .object({
    year: z.int().min(2007).max(2100),
    /** 文号 of the notice; null where it is not at hand. */
    source: words(60).nullable(),
    sourceNote: words(200),
    holidays: named.min(1, 'must name at least one holiday'),
    workdays: named,
  })
  .strict();
export type CalendarTable = z.infer<typeof calendarTable>;

/** GET /api/calendar */
export interface CalendarView {
  /** The day it is in China. */
  today: string;
  years: { year: number; isPublished: boolean; isEntered: boolean; source: string | null }[];
  /** Open clocks whose due instant rests on a year without a notice. */
  provisionalClockCount: number;
  /** Which state of the calendar this is; a change names the one it was looked at with. */
  basis: string;
}

export type DayKind = 'weekday' | 'weekend' | 'holiday' | 'make-up-workday';

/** GET /api/calendar/:year: the table and every day of it. */
export interface CalendarYearView {
  year: number;
  /** null where no notice is known: the days go by the weekday. */
  table: CalendarTable | null;
  /** Who entered it on the console; null where it comes with the configuration. */
  entered: { at: string; by: string } | null;
  days: { date: string; kind: DayKind; isWorkday: boolean; why: string; provisional: boolean }[];
  basis: string;
}

/** POST /api/calendar/reading (administrator): reads a notice's text; changes nothing. 400 where no year can be found. */
export const noticeReadingRequest = z.object({ text: words(20_000), year: z.int().min(2007).max(2100).nullable().default(null) }).strict();
export type NoticeReadingRequest = z.infer<typeof noticeReadingRequest>;

export interface NoticeReadingView {
  table: CalendarTable;
  /** What in the text does not fit, in Chinese. */
  doubts: string[];
  /** Paragraphs in which no day was found. */
  unread: string[];
}

/** An open clock that a change of the calendar or the rules moves. */
export interface MovedClock {
  deadlineId: string;
  ruleId: string;
  ruleName: string;
  /** Of its case, order or document; `link` leads to it on the console. */
  no: string;
  title: string;
  link: string;
  before: { dueAt: string; provisional: boolean; rule: string };
  after: { dueAt: string; provisional: boolean; rule: string };
}

/** POST /api/calendar/preview (administrator): what would come of a table; changes nothing. */
export const calendarPreviewRequest = z.object({ table: calendarTable }).strict();
export type CalendarPreviewRequest = z.infer<typeof calendarPreviewRequest>;
export interface CalendarPreview {
  /** Days that become worked or free, or get another reason. */
  days: { date: string; before: string; after: string; isWorkday: boolean }[];
  /** The first hundred clocks; `clockCount` has all. */
  clocks: MovedClock[];
  clockCount: number;
  basis: string;
}

/** POST /api/calendar (administrator): enters a table; open clocks move with it. 409 calendar-changed when `basis` is no longer the newest. */
export const calendarChangeRequest = z
  .object({ table: calendarTable, text: z.string().max(20_000).nullable().default(null), basis: z.string() })
  .strict();
export type CalendarChangeRequest = z.infer<typeof calendarChangeRequest>;
export interface ChangeOutcome {
  movedCount: number;
}
