import type { CalendarYear } from './calendar.js';
import { addDays, dayNumber, weekdayOf, type LocalDate } from './local-time.js';

/** One day a notice speaks of. */
export interface NoticeDay {
  date: LocalDate;
  isOffDay: boolean;
}

/** What a notice's text says (国务院办公厅关于某年部分节假日安排的通知), for a person to look at before it counts. */
export interface NoticeReading {
  table: CalendarYear;
  /** What in the text does not fit, in Chinese; such a reading wants a second look, e.g. 10月11日应为星期日，通知写作星期六. */
  doubts: string[];
  /** Paragraphs no day was found in, as they came. */
  unread: string[];
}

interface FoundDate {
  date: LocalDate;
  /** 0 = 周日, as the text's own brackets say; null where they say nothing. */
  statedWeekday: number | null;
}

const WEEKDAY = '日一二三四五六';
/** 1月1日 · 2018年12月30日 · 18日; the brackets behind it may name its weekday. */
const DATE = /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(]([^（）()]*)[）)])?/y;
const THROUGH = /\s*(?:至|到|—+|–|－|-|~|～)\s*/y;
const AND = /\s*(?:、|和|及|以及|与)\s*/y;
const PARAGRAPH = /(?<=^|[\n。])\s*[一二三四五六七八九十]+、\s*([^：:\n。]{2,20})[：:]/g;
const NUMBER = /国办发(?:明电|电)?[〔[﹝（(](\d{4})[〕\]﹞）)]\s*(\d+)\s*号/;

/**
 * The days one paragraph of a notice names: 放假 and 补休 are off, 上班 is worked, and a rest day that is moved (调至) is
 * worked unless the same paragraph gives it off. A day without month or year takes those before it; December without a year
 * beside a stated year before is of that year.
 * @param year the notice's year
 * @throws RangeError for a day that does not exist, e.g. 2月30日
 */
export function readNoticeParagraph(text: string, year: number): { days: NoticeDay[]; doubts: string[] } {
  const off: LocalDate[] = [];
  const worked: LocalDate[] = [];
  const moved: LocalDate[] = [];
  const doubts: string[] = [];
  const reader = new DateReader(text, year);
  for (const { dates, before, after } of reader.groups()) {
    doubts.push(...dates.flatMap(weekdayDoubts));
    const days = dates.map(({ date }) => date);
    if (/^[^，。；,;]*调至/.test(after)) moved.push(...days);
    else if (/^[^，。；,;]*上班/.test(after)) worked.push(...days);
    else if (/^\s*(?:放假|补休|休息|休假)/.test(after) || /延长[^，。；,;]*$/.test(before)) off.push(...days);
  }
  const isOff = new Set(off);
  const work = new Set([...worked, ...moved].filter((date) => !isOff.has(date)));
  const days = [...[...isOff].map((date) => ({ date, isOffDay: true })), ...[...work].map((date) => ({ date, isOffDay: false }))];
  return { days, doubts };
}

/**
 * A whole notice, or some of its numbered paragraphs: the year's table as the text gives it.
 * @param year from the title where not given
 * @returns null where neither the text nor the caller names a year
 */
export function readNotice(text: string, year: number | null = titleYear(text)): NoticeReading | null {
  if (year === null) return null;
  const number = NUMBER.exec(text);
  const table: CalendarYear = {
    year,
    source: number
      ? number[0]
          .replace(/[[﹝（(]/, '〔')
          .replace(/[\]﹞）)]/, '〕')
          .replace(/\s/g, '')
      : null,
    sourceNote: '由管理员按通知原文录入',
    holidays: [],
    workdays: [],
  };
  const doubts: string[] = [];
  const unread: string[] = [];
  for (const { name, body } of paragraphs(text)) {
    const read = readSafely(body, year, doubts);
    if (read.length === 0) unread.push(body.trim());
    const of = (isOffDay: boolean) =>
      read
        .filter((day) => day.isOffDay === isOffDay)
        .map(({ date }) => date)
        .sort();
    if (of(true).length > 0) table.holidays.push({ name, days: of(true) });
    if (of(false).length > 0) table.workdays.push({ name, days: of(false) });
  }
  return { table, doubts: [...doubts, ...tableDoubts(table)], unread: unread.filter((line) => line !== '') };
}

/** 关于2026年部分节假日安排的通知 → 2026 */
function titleYear(text: string): number | null {
  const title =
    /关于\s*(\d{4})\s*年[^。]{0,20}(?:节假日|放假)/.exec(text) ?? /(\d{4})\s*年[^。\n]{0,20}(?:节假日|放假)[^。\n]{0,10}安排/.exec(text);
  return title ? Number(title[1]) : null;
}

/** `一、元旦：1月1日…` each with its name; a text without numbering is one paragraph of its own name. */
function paragraphs(text: string): { name: string; body: string }[] {
  const heads = [...text.matchAll(PARAGRAPH)];
  if (heads.length === 0) {
    const bare = /^\s*([^：:\d\n]{2,12})[：:]/.exec(text);
    return [{ name: bare ? bare[1]!.trim() : '放假', body: bare ? text.slice(bare[0].length) : text }];
  }
  return heads.map((head, index) => {
    const from = head.index + head[0].length;
    const body = text.slice(from, heads[index + 1]?.index ?? text.length);
    return { name: head[1]!.trim(), body: body.split(/\n\s*\n|\n(?=\s*(?:节假日|各地|国务院))/)[0]! };
  });
}

function readSafely(body: string, year: number, doubts: string[]): NoticeDay[] {
  try {
    const read = readNoticeParagraph(body, year);
    doubts.push(...read.doubts);
    return read.days;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    doubts.push(`“${body.trim().slice(0, 40)}”中有不存在的日期，整段未读`);
    return [];
  }
}

function weekdayDoubts({ date, statedWeekday }: FoundDate): string[] {
  const real = weekdayOf(date);
  if (statedWeekday === null || statedWeekday === real) return [];
  return [`${date}应为星期${WEEKDAY[real]}，通知写作星期${WEEKDAY[statedWeekday]}`];
}

/** What a table should not say: a worked day that is a weekday anyway, a day given twice, a day of another year. */
function tableDoubts(table: CalendarYear): string[] {
  const doubts: string[] = [];
  const seen = new Set<LocalDate>();
  for (const day of [...table.holidays, ...table.workdays].flatMap(({ days }) => days)) {
    if (seen.has(day)) doubts.push(`${day}出现两次`);
    seen.add(day);
    if (!day.startsWith(`${table.year}-`) && !day.startsWith(`${table.year - 1}-12-`)) doubts.push(`${day}不在${table.year}年`);
  }
  for (const day of table.workdays.flatMap(({ days }) => days)) {
    if (![0, 6].includes(weekdayOf(day))) doubts.push(`${day}是工作日，却写作上班`);
  }
  return doubts;
}

/** Finds the groups of dates in a paragraph and the words that follow each. */
class DateReader {
  private year: number;
  private month = 0;

  constructor(
    private readonly text: string,
    private readonly noticeYear: number,
  ) {
    this.year = noticeYear;
  }

  /** Dates joined by 至, — or 、, with the words between them and the group before and after. */
  groups(): { dates: FoundDate[]; before: string; after: string }[] {
    const groups: { dates: FoundDate[]; from: number; to: number }[] = [];
    for (let at = 0; at < this.text.length; at++) {
      const end = this.group(at, groups);
      if (end > at) at = end - 1;
    }
    return groups.map(({ dates, from, to }, index) => ({
      dates,
      before: this.text.slice(groups[index - 1]?.to ?? 0, from),
      after: this.text.slice(to, groups[index + 1]?.from ?? this.text.length),
    }));
  }

  private group(at: number, groups: { dates: FoundDate[]; from: number; to: number }[]): number {
    const first = this.date(at);
    if (!first) return at;
    const dates = [first.found];
    let { to } = first;
    for (;;) {
      const through = match(THROUGH, this.text, to);
      const next = through ?? match(AND, this.text, to);
      const date = next === null ? null : this.date(to + next.length);
      if (!date) break;
      if (through !== null) dates.push(...between(dates.at(-1)!.date, date.found.date));
      dates.push(date.found);
      ({ to } = date);
    }
    groups.push({ dates, from: at, to });
    return to;
  }

  private date(at: number): { found: FoundDate; to: number } | null {
    if (/\d/.test(this.text[at - 1] ?? '')) return null; // inside a number
    DATE.lastIndex = at;
    const found = DATE.exec(this.text);
    if (!found) return null;
    const [whole, year, month, day, brackets] = found;
    this.month = month === undefined ? this.month : Number(month);
    this.year = year === undefined ? this.yearOf(month) : Number(year);
    const date = `${this.year}-${pad(this.month)}-${pad(Number(day))}`;
    dayNumber(date);
    const weekday = /(?:星期|周)([日天一二三四五六])/.exec(brackets ?? '');
    const statedWeekday = weekday ? WEEKDAY.indexOf(weekday[1] === '天' ? '日' : weekday[1]!) : null;
    return { found: { date, statedWeekday }, to: at + whole.length };
  }

  /** A day without month keeps its year; a month without year is of the notice's year, but December may be of the year before. */
  private yearOf(month: string | undefined): number {
    if (month === undefined) return this.year;
    const before = this.noticeYear - 1;
    return Number(month) === 12 && this.text.includes(`${before}年12月`) ? before : this.noticeYear;
  }
}

function between(first: LocalDate, last: LocalDate): FoundDate[] {
  const days: FoundDate[] = [];
  const length = dayNumber(last) - dayNumber(first);
  if (length < 0 || length > 31) throw new RangeError(`must be a stretch of days, got ${first} to ${last}`);
  for (let day = addDays(first, 1); day < last; day = addDays(day, 1)) days.push({ date: day, statedWeekday: null });
  return days;
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function pad(n: number): string {
  return String(n).padStart(2, '0');
}
