import { addDays, WorkCalendar, type CalendarYear, type DeadlineRule, type LocalDate } from '@huiying/domain';

/** The days from `first` to `last`, both included. */
export function days(first: LocalDate, last: LocalDate = first): LocalDate[] {
  const all: LocalDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) all.push(day);
  return all;
}

const sourceNote = '国务院办公厅通知，按当时报道录入';

/** 2025 and 2026 as the press printed them (domain facts §5): a second hand beside config/calendar. */
export const YEAR_2025: CalendarYear = {
  year: 2025,
  source: null,
  sourceNote,
  holidays: [
    { name: '元旦', days: days('2025-01-01') },
    { name: '春节', days: days('2025-01-28', '2025-02-04') },
    { name: '清明节', days: days('2025-04-04', '2025-04-06') },
    { name: '劳动节', days: days('2025-05-01', '2025-05-05') },
    { name: '端午节', days: days('2025-05-31', '2025-06-02') },
    { name: '国庆节', days: days('2025-10-01', '2025-10-08') },
  ],
  workdays: [
    { name: '春节', days: ['2025-01-26', '2025-02-08'] },
    { name: '劳动节', days: ['2025-04-27'] },
    { name: '国庆节', days: ['2025-09-28', '2025-10-11'] },
  ],
};

export const YEAR_2026: CalendarYear = {
  year: 2026,
  source: '国办发明电〔2025〕7号',
  sourceNote,
  holidays: [
    { name: '元旦', days: days('2026-01-01', '2026-01-03') },
    { name: '春节', days: days('2026-02-15', '2026-02-23') },
    { name: '清明节', days: days('2026-04-04', '2026-04-06') },
    { name: '劳动节', days: days('2026-05-01', '2026-05-05') },
    { name: '端午节', days: days('2026-06-19', '2026-06-21') },
    { name: '中秋节', days: days('2026-09-25', '2026-09-27') },
    { name: '国庆节', days: days('2026-10-01', '2026-10-07') },
  ],
  workdays: [
    { name: '元旦', days: ['2026-01-04'] },
    { name: '春节', days: ['2026-02-14', '2026-02-28'] },
    { name: '劳动节', days: ['2026-05-09'] },
    { name: '国庆节', days: ['2026-09-20', '2026-10-10'] },
  ],
};

export const KNOWN_CALENDAR = new WorkCalendar([YEAR_2025, YEAR_2026]);

/** A rule for tests: five hours for I and II from the earlier of occurrence and detection, unless told otherwise. */
export function ruleOf(different: Partial<DeadlineRule> = {}): DeadlineRule {
  return {
    id: 'OP-01',
    version: '1',
    name: '首次权威信息',
    trigger: 'case-opened',
    severities: ['I', 'II'],
    matters: [],
    adopted: true,
    startsFrom: ['occurred', 'detected'],
    length: 5,
    unit: 'hours',
    cutoff: '24:00',
    owner: 'department',
    ownerText: '涉事责任部门',
    milestone: 'first-response',
    metBy: ['statement', 'press-conference'],
    pausableFor: [],
    extension: null,
    document: '国办发〔2016〕80号',
    clause: null,
    certainty: '转载核对',
    jurisdiction: 'national',
    effectiveFrom: '2016-11-10',
    effectiveUntil: null,
    warnAt: [{ percent: 50 }, { percent: 80 }],
    text: '最迟应在5小时内发布权威信息。',
    ...different,
  };
}
