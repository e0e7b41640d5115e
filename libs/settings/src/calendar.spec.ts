import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dateOf, dayNumber, localDateOf, readNoticeParagraph, weekdayOf } from '@huiying/domain';
import { describeWith, measuredData } from '../../../test/support/measured-data.js';
import { KNOWN_CALENDAR } from '../../../test/support/known-calendar.js';
import { readCalendar } from './calendar.js';

const ROOT = resolve(__dirname, '../../..');
const calendar = readCalendar(join(ROOT, 'config'));
const FIRST = dayNumber('2007-01-01');
const LAST = dayNumber('2026-12-31');

/** One character per day from 2007 to 2026: 1 worked, 0 off. */
function allDays(isWorkday: (date: string) => boolean): string {
  let days = '';
  for (let day = FIRST; day <= LAST; day++) days += isWorkday(dateOf(day)) ? '1' : '0';
  return days;
}

/** The same answered by a process of its own in another time zone. */
function allDaysIn(zone: string): { offset: number; days: string } {
  const program = `
    const { readCalendar } = require('./libs/settings/src/calendar.ts');
    const { dateOf } = require('@huiying/domain');
    const calendar = readCalendar('config');
    let days = '';
    for (let day = ${FIRST}; day <= ${LAST}; day++) days += calendar.isWorkday(dateOf(day)) ? '1' : '0';
    process.stdout.write(JSON.stringify({ offset: new Date(0).getTimezoneOffset(), days }));`;
  const args = ['-r', './test/support/typescript.cjs', '-e', program];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, env: { ...process.env, TZ: zone }, encoding: 'utf8' }));
}

describe('config/calendar', () => {
  it('holds each year from 2007 to 2026', () => expect(calendar.years).toEqual(Array.from({ length: 20 }, (_, i) => 2007 + i)));

  it('agrees with what the press printed of 2025 and 2026', () => {
    for (let day = dayNumber('2025-01-01'); day <= LAST; day++) {
      expect(calendar.dayKind(dateOf(day)).isWorkday).toBe(KNOWN_CALENDAR.dayKind(dateOf(day)).isWorkday);
    }
  });

  it('names its source, or says that it is unknown', () => {
    expect(calendar.tableOf(2026)?.source).toBe('国办发明电〔2025〕7号');
    expect(calendar.tableOf(2014)).toMatchObject({ source: null, sourceNote: expect.stringContaining('文号未核') });
    expect(calendar.tableOf(2027)).toBeNull();
  });

  it('answers for 2027 only provisionally', () => {
    expect(calendar.dayKind('2027-02-10')).toMatchObject({ provisional: true });
    expect(calendar.dayKind('2026-10-10')).toMatchObject({ provisional: false });
  });
});

const notices = measuredData('calendar', '2026.json');
describeWith(notices, 'every day 2007–2026 against the State Council notices')('every day of 2007–2026', () => {
  const off = new Map<string, boolean>();
  // describe's body runs even where the describe is skipped.
  const years = notices ? readdirSync(resolve(notices, '..')) : [];
  for (const name of years.filter((file) => /^\d{4}\.json$/.test(file))) {
    const notice: { days: { date: string; isOffDay: boolean }[] } = JSON.parse(readFileSync(resolve(notices!, '..', name), 'utf8'));
    for (const day of notice.days) off.set(day.date, day.isOffDay);
  }
  const published = allDays((date) => !(off.get(date) ?? [0, 6].includes(weekdayOf(date))));

  it('is 7,305 days long', () => expect(published).toHaveLength(7305));

  it.each([
    ['UTC', 0],
    ['Asia/Shanghai', -480],
    ['America/New_York', 300],
  ])('is as the notices say under TZ=%s', (zone, offset) => {
    const answer = allDaysIn(zone);
    expect(answer.offset).toBe(offset);
    const wrong = [...answer.days].flatMap((day, index) => (day === published[index] ? [] : [dateOf(FIRST + index)]));
    expect(wrong).toEqual([]);
  });
});

const paragraphs = measuredData('calendar', 'description_parsing_cases.json');
describeWith(paragraphs, 'paragraphs of notices')('paragraphs of real notices', () => {
  it('are read as they are meant, at least 47 of 49', () => {
    const cases: { year: number; description: string; expected: { date: string; isOffDay: boolean }[] }[] = JSON.parse(
      readFileSync(paragraphs!, 'utf8'),
    );
    const text = (days: { date: string; isOffDay: boolean }[]) => days.map((day) => `${day.date}${day.isOffDay ? '-' : '+'}`).sort();
    const wrong = cases.filter(
      ({ year, description, expected }) => String(text(readNoticeParagraph(description, year).days)) !== String(text(expected)),
    );
    expect(cases).toHaveLength(49);
    expect(wrong.length).toBeLessThanOrEqual(2);
    console.log(`${49 - wrong.length} of 49 paragraphs of notices read right`);
  });
});

const replies = measuredData('messages', 'replies.jsonl');
describeWith(replies, 'working days between real questions and replies')('working days between question and reply', () => {
  it('agree in every row', () => {
    const rows: { id: string; time: string; reply_time: string; response_work_days: number }[] = readFileSync(replies!, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const wrong = rows.filter((row) => {
      const between = calendar.workingDaysBetween(localDateOf(new Date(row.time)), localDateOf(new Date(row.reply_time)));
      return between.days !== row.response_work_days || between.provisional;
    });
    expect(rows).toHaveLength(1382);
    expect(wrong.map((row) => row.id)).toEqual([]);
  });
});

describe('a bad calendar file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'huiying-calendar-'));
    mkdirSync(join(folder, 'calendar'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const good = 'year: 2026\nsource: null\nsourceNote: 无\nholidays:\n  - name: 元旦\n    days: [2026-01-01]\nworkdays: []\n';

  it.each([
    [
      'a day that is none',
      good.replace('2026-01-01', '2026-02-30'),
      'line 6: holidays.0.days.0: must be a day as YYYY-MM-DD, got "2026-02-30"',
    ],
    ['another year than its name', good.replace('year: 2026', 'year: 2025'), 'line 1: year: must be 2026'],
    ['a day of another year', good.replace('2026-01-01', '2025-01-01'), 'calendar year 2026 cannot speak of 2025-01-01'],
    ['an unknown key', `${good}note: x\n`, 'Unrecognized key: "note"'],
    ['no holidays', good.replace(/holidays:[^]*workdays/, 'holidays: []\nworkdays'), 'holidays'],
  ])('is refused: %s', (_what, text, fault) => {
    writeFileSync(join(folder, 'calendar', '2026.yaml'), text);
    expect(() => readCalendar(folder)).toThrow(fault);
  });

  it('is refused when there is none at all', () => expect(() => readCalendar(folder)).toThrow('holds no YYYY.yaml'));
});
