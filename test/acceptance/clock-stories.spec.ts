import {
  cancelDeadline,
  extendDeadline,
  fireStep,
  isOpen,
  localTimeText,
  MovableClock,
  nextStep,
  pauseDeadline,
  resumeDeadline,
  stampDeadlines,
  stateOf,
  withCalendar,
  withRule,
  WorkCalendar,
  type Deadline,
  type DeadlineRule,
} from '@huiying/domain';
import { KNOWN_CALENDAR, ruleOf, YEAR_2025, YEAR_2026 } from '../support/known-calendar.js';

const GROUND = '等待第三方';
const extension = { most: 10, times: 2, approver: '派单机构' };
/** The clocks of the stories, each with its warnings. */
const RULES: Record<string, DeadlineRule> = {
  '5h': ruleOf({ id: 'R5', length: 5, extension, pausableFor: [GROUND] }),
  '24h': ruleOf({ id: 'R24', length: 24, extension, pausableFor: [GROUND] }),
  '48h': ruleOf({ id: 'R48', length: 48, pausableFor: [GROUND] }),
  '15m': ruleOf({ id: 'R15', length: 0.25 }),
  '1d': days(1),
  '3d': days(3),
  '5d': days(5),
  '5d5': { ...days(5), warnAt: [] },
};
function days(length: number): DeadlineRule {
  const warnAt = [
    { workingDaysLeft: 1, at: '09:00' },
    { workingDaysLeft: 0, at: '09:00' },
  ];
  return ruleOf({ id: `D${length}`, length, unit: 'workingDays', cutoff: '17:30', warnAt, extension, pausableFor: [GROUND] });
}
const at = (text: string) => new Date(`2026-${text.replace(' ', 'T')}:00+08:00`);
const approval = { reason: '材料齐备尚须时日', approvedBy: '周明远' };

/**
 * Plays a story on a movable clock: acts in time order, `MM-DD HH:mm act`, the engine ticking at every instant at which something is due
 * while it is up. Tells what fired (`w` warning, `b` breach, `!` late) and how the clock stands at the end.
 */
function play(rule: DeadlineRule, story: string): string {
  const clock = new MovableClock(at('01-01 00:00'));
  let [deadline, isUp, calendar]: [Deadline | null, boolean, WorkCalendar] = [null, true, KNOWN_CALENDAR];
  const fired: string[] = [];
  const tick = (until: Date): void => {
    for (let next = deadline && nextStep(deadline, until); isUp && next?.isDue; next = nextStep(deadline!, until)) {
      const now = new Date(Math.max(next.step.at.getTime(), clock.now().getTime()));
      const { step, late } = nextStep(deadline!, now)!;
      fired.push(`${step.kind === 'warn' ? `w${Math.round(step.percent)}` : 'b'}${late ? '!' : ''} ${localTimeText(now).slice(5)}`);
      deadline = fireStep(deadline!, step.percent, now);
    }
  };
  for (const part of story.split(';')) {
    const [, when, act, amount] = /^\s*(\d\d-\d\d \d\d:\d\d) (\w+)(?: (.+))?$/.exec(part)!;
    const now = at(when!);
    tick(now);
    clock.set(now);
    if (act === 'start') {
      const facts = [{ fact: 'detected' as const, at: now, statedBy: '系统' }];
      [deadline] = stampDeadlines({
        trigger: 'case-opened',
        subject: { kind: 'case', id: 'c' },
        severity: 'I',
        facts,
        rules: [rule],
        calendar,
      }) as [Deadline];
    } else if (act === 'prove') deadline = { ...deadline!, metAt: amount ? at(amount) : now, metByEvidenceId: 'e' };
    else if (act === 'pause') deadline = pauseDeadline(deadline!, now, GROUND, approval);
    else if (act === 'resume') deadline = resumeDeadline(deadline!, now, calendar);
    else if (act === 'extend') {
      const [more, asked] = amount!.split(' asked ');
      deadline = extendDeadline(deadline!, Number(more), { ...approval, askedAt: asked ? at(asked) : now, approvedAt: now }, calendar);
    } else if (act === 'cancel') deadline = cancelDeadline(deadline!, now, '办结');
    else if (act === 'tighten') deadline = withRule(deadline!, { ...rule, length: Number(amount), version: '2' }, calendar);
    else if (act === 'holiday') deadline = withCalendar(deadline!, (calendar = holiday(amount!)));
    else if (act === 'down' || act === 'up') isUp = act === 'up';
    tick(now);
  }
  const end = isOpen(deadline!) ? `due ${localTimeText(deadline!.dueAt).slice(5)}` : '';
  return [...fired, stateOf(deadline!, clock.now()), end].filter((one) => one !== '').join(', ');
}

/** The known calendar with one more day off. */
function holiday(day: string): WorkCalendar {
  const more = { name: '临时放假', days: [`2026-${day}`] };
  return new WorkCalendar([YEAR_2025, { ...YEAR_2026, holidays: [...YEAR_2026.holidays, more] }]);
}

type Story = [what: string, rule: string, story: string, told: string];

/** Ideas of escalation: each level once, in order, whatever happens to the engine or the people. */
const ESCALATION: Story[] = [
  [
    'runs out unattended',
    '5h',
    '03-02 10:00 start; 03-02 16:00 look',
    'w50 03-02 12:30, w80 03-02 14:00, b 03-02 15:00, overdue, due 03-02 15:00',
  ],
  ['is looked at just before its first warning', '5h', '03-02 10:00 start; 03-02 12:29 look', 'running, due 03-02 15:00'],
  [
    'is looked at in the instant of its first warning',
    '5h',
    '03-02 10:00 start; 03-02 12:30 look',
    'w50 03-02 12:30, running, due 03-02 15:00',
  ],
  [
    'is looked at in the instant it runs out',
    '5h',
    '03-02 10:00 start; 03-02 15:00 look',
    'w50 03-02 12:30, w80 03-02 14:00, b 03-02 15:00, overdue, due 03-02 15:00',
  ],
  ['is answered before any warning', '5h', '03-02 10:00 start; 03-02 11:00 prove; 03-03 10:00 look', 'met'],
  ['is answered between two warnings', '5h', '03-02 10:00 start; 03-02 13:00 prove; 03-03 10:00 look', 'w50 03-02 12:30, met'],
  [
    'is answered in the very instant it is due',
    '5h',
    '03-02 10:00 start; 03-02 14:30 prove 03-02 15:00; 03-03 10:00 look',
    'w50 03-02 12:30, w80 03-02 14:00, met',
  ],
  [
    'is answered a minute late',
    '5h',
    '03-02 10:00 start; 03-02 15:01 prove; 03-03 10:00 look',
    'w50 03-02 12:30, w80 03-02 14:00, b 03-02 15:00, met-late',
  ],
  [
    'was answered in time and told of late',
    '5h',
    '03-02 10:00 start; 03-02 17:00 prove 03-02 14:50; 03-03 10:00 look',
    'w50 03-02 12:30, w80 03-02 14:00, b 03-02 15:00, met',
  ],
  [
    'was answered late while nobody watched',
    '5h',
    '03-02 10:00 start; 03-02 11:00 down; 03-02 16:00 prove; 03-02 17:00 up',
    'b! 03-02 17:00, met-late',
  ],
  ['was answered in time while nobody watched', '5h', '03-02 10:00 start; 03-02 11:00 down; 03-02 14:00 prove; 03-02 17:00 up', 'met'],
  [
    'falls silent for all its length',
    '5h',
    '03-02 10:00 start; 03-02 10:01 down; 03-02 18:00 up',
    'w50! 03-02 18:00, w80! 03-02 18:00, b! 03-02 18:00, overdue, due 03-02 15:00',
  ],
  [
    'falls silent over one warning',
    '5h',
    '03-02 10:00 start; 03-02 12:00 down; 03-02 13:00 up; 03-02 15:30 look',
    'w50! 03-02 13:00, w80 03-02 14:00, b 03-02 15:00, overdue, due 03-02 15:00',
  ],
  [
    'falls silent for less than a minute',
    '5h',
    '03-02 10:00 start; 03-02 12:29 down; 03-02 12:31 up; 03-02 12:40 look',
    'w50 03-02 12:31, running, due 03-02 15:00',
  ],
  [
    'falls silent twice',
    '5h',
    '03-02 10:00 start; 03-02 12:00 down; 03-02 13:00 up; 03-02 13:30 down; 03-02 15:10 up',
    'w50! 03-02 13:00, w80! 03-02 15:10, b! 03-02 15:10, overdue, due 03-02 15:00',
  ],
  [
    'falls silent and comes back between',
    '5h',
    '03-02 10:00 start; 03-02 12:40 down; 03-02 13:50 up; 03-02 15:00 look',
    'w50 03-02 12:30, w80 03-02 14:00, b 03-02 15:00, overdue, due 03-02 15:00',
  ],
  ['is called off before it ran out', '5h', '03-02 10:00 start; 03-02 13:00 cancel; 03-02 18:00 look', 'w50 03-02 12:30, cancelled'],
  ['is called off while nobody watched', '5h', '03-02 10:00 start; 03-02 10:10 down; 03-02 14:30 cancel; 03-02 18:00 up', 'cancelled'],
  [
    'is called off after it ran out',
    '5h',
    '03-02 10:00 start; 03-02 16:00 cancel; 03-02 18:00 look',
    'w50 03-02 12:30, w80 03-02 14:00, b 03-02 15:00, cancelled',
  ],
  [
    'is of minutes',
    '15m',
    '03-02 10:00 start; 03-02 10:20 look',
    'w50 03-02 10:07, w80 03-02 10:12, b 03-02 10:15, overdue, due 03-02 10:15',
  ],
  [
    'begins at midnight of a new year',
    '5h',
    '01-01 00:00 start; 01-01 05:00 look',
    'w50 01-01 02:30, w80 01-01 04:00, b 01-01 05:00, overdue, due 01-01 05:00',
  ],
  [
    'runs through the night',
    '24h',
    '03-02 22:00 start; 03-03 22:00 look',
    'w50 03-03 10:00, w80 03-03 17:12, b 03-03 22:00, overdue, due 03-03 22:00',
  ],
  [
    'runs through a weekend',
    '48h',
    '03-06 18:00 start; 03-08 18:00 look',
    'w50 03-07 18:00, w80 03-08 08:24, b 03-08 18:00, overdue, due 03-08 18:00',
  ],
  [
    'runs through 春节',
    '48h',
    '02-14 20:30 start; 02-16 20:30 look',
    'w50 02-15 20:30, w80 02-16 10:54, b 02-16 20:30, overdue, due 02-16 20:30',
  ],
  [
    'runs through 国庆',
    '24h',
    '10-01 09:05 start; 10-02 09:05 look',
    'w50 10-01 21:05, w80 10-02 04:17, b 10-02 09:05, overdue, due 10-02 09:05',
  ],
];

/** Ideas of service levels by working time: starts in and out of it, gaps, holidays, days worked in exchange. */
const WORKING_TIME: Story[] = (
  [
    ['a Monday morning', '03-02 08:00', '3d', '03-05 17:30'],
    ['a Monday after work', '03-02 20:00', '3d', '03-05 17:30'],
    ['a Friday', '03-06 10:00', '1d', '03-09 17:30'],
    ['a Friday, three days', '03-06 10:00', '3d', '03-11 17:30'],
    ['a Saturday', '03-07 10:00', '1d', '03-09 17:30'],
    ['a Sunday', '03-08 23:59', '1d', '03-09 17:30'],
    ['the last day before 春节', '02-13 10:00', '3d', '02-25 17:30'],
    ['a Saturday that is worked', '02-14 10:00', '3d', '02-26 17:30'],
    ['the first day of 春节', '02-15 00:00', '3d', '02-26 17:30'],
    ['the last day of 春节', '02-23 23:59', '3d', '02-26 17:30'],
    ['before a Saturday that is worked', '02-27 10:00', '1d', '02-28 17:30'],
    ['a Saturday that is worked, into the week', '02-28 10:00', '1d', '03-02 17:30'],
    ['before 清明', '04-03 16:00', '1d', '04-07 17:30'],
    ['before 劳动节', '04-30 10:00', '5d', '05-11 17:30'],
    ['within 劳动节', '05-03 10:00', '1d', '05-06 17:30'],
    ['a week with a worked Saturday', '05-06 10:00', '3d', '05-09 17:30'],
    ['before 端午', '06-18 10:00', '1d', '06-22 17:30'],
    ['before a worked Sunday', '09-18 10:00', '1d', '09-20 17:30'],
    ['before a worked Sunday, three days', '09-18 10:00', '3d', '09-22 17:30'],
    ['before 中秋', '09-24 10:00', '1d', '09-28 17:30'],
    ['before 国庆', '09-30 10:00', '3d', '10-10 17:30'],
    ['within 国庆', '10-04 10:00', '1d', '10-08 17:30'],
    ['before a worked Saturday after 国庆', '10-09 10:00', '1d', '10-10 17:30'],
    ['a worked Saturday after 国庆', '10-10 10:00', '1d', '10-12 17:30'],
    ['元旦 into a worked Sunday', '01-02 10:00', '1d', '01-04 17:30'],
    ['a worked Sunday', '01-04 10:00', '1d', '01-05 17:30'],
    ['five days of a plain week', '03-09 10:00', '5d', '03-16 17:30'],
    ['five days over two gaps', '04-02 10:00', '5d', '04-10 17:30'],
    ['five days into 国庆', '09-24 10:00', '5d', '10-09 17:30'],
    ['five days over 端午', '06-16 10:00', '5d', '06-24 17:30'],
  ] as const
).map(([what, start, rule, due]) => [`starts on ${what}`, `${rule}`, `${start} start`, `running, due ${due}`]);

const WARNED: Story[] = [
  [
    'is warned a working day before and on its day',
    '3d',
    '03-02 10:00 start; 03-05 17:30 look',
    'w59 03-04 09:00, w89 03-05 09:00, b 03-05 17:30, overdue, due 03-05 17:30',
  ],
  [
    'is warned across a weekend',
    '3d',
    '03-05 10:00 start; 03-10 17:30 look',
    'w74 03-09 09:00, w93 03-10 09:00, b 03-10 17:30, overdue, due 03-10 17:30',
  ],
  [
    'is warned before 春节 of what ends after it',
    '3d',
    '02-13 10:00 start; 02-25 17:30 look',
    'w89 02-24 09:00, w97 02-25 09:00, b 02-25 17:30, overdue, due 02-25 17:30',
  ],
  [
    'of one day is warned on its day alone',
    '1d',
    '03-02 10:00 start; 03-03 17:30 look',
    'w73 03-03 09:00, b 03-03 17:30, overdue, due 03-03 17:30',
  ],
];

/** Pauses, later ends, changes of the law: what stood does not count, what was granted counts on, nothing fires twice. */
const CHANGED: Story[] = [
  [
    'stands and runs on',
    '5h',
    '03-02 10:00 start; 03-02 11:00 pause; 03-02 12:00 resume; 03-02 17:00 look',
    'w50 03-02 13:30, w80 03-02 15:00, b 03-02 16:00, overdue, due 03-02 16:00',
  ],
  [
    'stands over what would have been its end',
    '5h',
    '03-02 10:00 start; 03-02 11:00 pause; 03-03 11:00 resume; 03-03 12:00 look',
    'running, due 03-03 15:00',
  ],
  ['stands still', '5h', '03-02 10:00 start; 03-02 11:00 pause; 03-09 10:00 look', 'paused, due 03-02 15:00'],
  [
    'stands after its first warning, which does not come again',
    '5h',
    '03-02 10:00 start; 03-02 13:00 pause; 03-02 15:00 resume; 03-02 17:00 look',
    'w50 03-02 12:30, w80 03-02 16:00, b 03-02 17:00, overdue, due 03-02 17:00',
  ],
  [
    'stands twice',
    '24h',
    '03-02 10:00 start; 03-02 12:00 pause; 03-02 14:00 resume; 03-02 16:00 pause; 03-02 17:00 resume; 03-03 13:00 look',
    'w50 03-03 01:00, w80 03-03 08:12, b 03-03 13:00, overdue, due 03-03 13:00',
  ],
  [
    'of days stands within a day, which counts',
    '3d',
    '03-02 10:00 start; 03-03 09:00 pause; 03-03 17:00 resume',
    'running, due 03-05 17:30',
  ],
  ['of days stands to the next day', '3d', '03-02 10:00 start; 03-03 09:00 pause; 03-04 17:00 resume', 'running, due 03-06 17:30'],
  ['of days stands over a weekend', '3d', '03-05 10:00 start; 03-06 09:00 pause; 03-09 09:00 resume', 'running, due 03-11 17:30'],
  ['of days stands over 春节', '3d', '02-13 10:00 start; 02-14 09:00 pause; 02-24 09:00 resume', 'running, due 02-26 17:30'],
  ['is answered while it stands', '5h', '03-02 10:00 start; 03-02 11:00 pause; 03-02 14:00 prove; 03-03 10:00 look', 'met'],
  ['is called off while it stands', '5h', '03-02 10:00 start; 03-02 11:00 pause; 03-02 14:00 cancel; 03-03 10:00 look', 'cancelled'],
  [
    'ends later by two hours',
    '5h',
    '03-02 10:00 start; 03-02 11:00 extend 2; 03-02 17:00 look',
    'w50 03-02 13:30, w80 03-02 15:36, b 03-02 17:00, overdue, due 03-02 17:00',
  ],
  [
    'ends later after both warnings, which do not come again',
    '5h',
    '03-02 10:00 start; 03-02 14:30 extend 5; 03-02 20:00 look',
    'w50 03-02 12:30, w80 03-02 14:00, b 03-02 20:00, overdue, due 03-02 20:00',
  ],
  ['ends later by days', '3d', '03-02 10:00 start; 03-05 10:00 extend 5', 'w59 03-04 09:00, w89 03-05 09:00, running, due 03-12 17:30'],
  ['ends later over a weekend', '5d5', '03-02 10:00 start; 03-03 10:00 extend 1', 'running, due 03-10 17:30'],
  ['ends later over 春节', '5d5', '02-06 10:00 start; 02-09 10:00 extend 3', 'running, due 02-25 17:30'],
  ['ends later twice', '5d5', '03-02 10:00 start; 03-03 10:00 extend 1; 03-04 10:00 extend 2', 'running, due 03-12 17:30'],
  [
    'stands and ends later',
    '5d5',
    '03-02 10:00 start; 03-03 09:00 pause; 03-04 17:00 resume; 03-05 10:00 extend 2',
    'running, due 03-12 17:30',
  ],
  [
    'ends later by a word that came after it ran out: the later end is told too, once',
    '5h',
    '03-02 10:00 start; 03-02 16:00 extend 2 asked 03-02 14:30; 03-02 17:30 look; 03-02 19:00 look',
    'w50 03-02 12:30, w80 03-02 14:00, b 03-02 15:00, b 03-02 17:00, overdue, due 03-02 17:00',
  ],
  [
    'ends later by a word that came after it ran out, and is answered by then',
    '5h',
    '03-02 10:00 start; 03-02 16:00 extend 2 asked 03-02 14:30; 03-02 16:30 prove; 03-02 19:00 look',
    'w50 03-02 12:30, w80 03-02 14:00, b 03-02 15:00, met',
  ],
  [
    'ends later by a word that came after the later end too',
    '5h',
    '03-02 10:00 start; 03-02 18:00 extend 2 asked 03-02 14:30; 03-02 19:00 look',
    'w50 03-02 12:30, w80 03-02 14:00, b 03-02 15:00, b! 03-02 18:00, overdue, due 03-02 17:00',
  ],
  [
    'ends later twice, each time by a word that came too late',
    '5h',
    '03-02 10:00 start; 03-02 16:00 extend 2 asked 03-02 14:30; 03-02 17:30 extend 3 asked 03-02 16:30; 03-02 21:00 look',
    'w50 03-02 12:30, w80 03-02 14:00, b 03-02 15:00, b 03-02 17:00, b 03-02 20:00, overdue, due 03-02 20:00',
  ],
  [
    'ends later by a late word, then its proof is late too',
    '5h',
    '03-02 10:00 start; 03-02 16:00 extend 2 asked 03-02 14:30; 03-02 16:20 down; 03-02 17:40 prove; 03-02 18:00 up',
    'w50 03-02 12:30, w80 03-02 14:00, b 03-02 15:00, b! 03-02 18:00, met-late',
  ],
  [
    'of days ran out on a day that is declared off afterwards, and runs out anew',
    '3d',
    '03-02 10:00 start; 03-05 18:00 holiday 03-05; 03-06 18:00 look',
    'w59 03-04 09:00, w89 03-05 09:00, b 03-05 17:30, w91 03-06 09:00, b 03-06 17:30, overdue, due 03-06 17:30',
  ],
  [
    'ran out and is made shorter, which is told no second time',
    '48h',
    '03-02 10:00 start; 03-04 11:00 tighten 24; 03-05 10:00 look',
    'w50 03-03 10:00, w80 03-04 00:24, b 03-04 10:00, overdue, due 03-03 10:00',
  ],
  [
    'is made shorter and so has run out',
    '48h',
    '03-02 10:00 start; 03-03 12:00 tighten 24; 03-03 12:01 look',
    'w50 03-03 10:00, b! 03-03 12:00, overdue, due 03-03 10:00',
  ],
  [
    'is made shorter in good time',
    '48h',
    '03-02 10:00 start; 03-02 12:00 tighten 24; 03-03 10:00 look',
    'w50 03-02 22:00, w80 03-03 05:12, b 03-03 10:00, overdue, due 03-03 10:00',
  ],
  ['is not moved once it is met', '48h', '03-02 10:00 start; 03-02 11:00 prove; 03-02 12:00 tighten 24; 03-04 10:00 look', 'met'],
  [
    'is not moved once it is called off',
    '48h',
    '03-02 10:00 start; 03-02 11:00 cancel; 03-02 12:00 tighten 24; 03-04 10:00 look',
    'cancelled',
  ],
  ['of days meets a new day off', '3d', '03-02 10:00 start; 03-02 12:00 holiday 03-04', 'running, due 03-06 17:30'],
  ['of days meets a new day off that is its last', '3d', '03-02 10:00 start; 03-02 12:00 holiday 03-05', 'running, due 03-06 17:30'],
  ['of days meets a new day off after its end', '3d', '03-02 10:00 start; 03-02 12:00 holiday 03-06', 'running, due 03-05 17:30'],
  [
    'of hours meets a new day off, which is nothing to it',
    '24h',
    '03-02 10:00 start; 03-02 12:00 holiday 03-03',
    'running, due 03-03 10:00',
  ],
  [
    'of days meets a new day off after its first warning',
    '3d',
    '03-02 10:00 start; 03-04 10:00 holiday 03-05; 03-06 17:30 look',
    'w59 03-04 09:00, w91 03-06 09:00, b 03-06 17:30, overdue, due 03-06 17:30',
  ],
  ['met meets a new day off', '3d', '03-02 10:00 start; 03-03 10:00 prove; 03-03 12:00 holiday 03-04; 03-09 10:00 look', 'met'],
  [
    'stands while the engine is away',
    '5h',
    '03-02 10:00 start; 03-02 10:30 down; 03-02 11:00 pause; 03-02 13:00 resume; 03-02 15:00 up; 03-02 17:00 look',
    'w50! 03-02 15:00, w80 03-02 16:00, b 03-02 17:00, overdue, due 03-02 17:00',
  ],
  [
    'ends later while the engine is away',
    '5h',
    '03-02 10:00 start; 03-02 10:30 down; 03-02 11:00 extend 5; 03-02 15:30 up; 03-02 16:00 look',
    'w50! 03-02 15:30, running, due 03-02 20:00',
  ],
  [
    'does not fire again when the machine’s clock is set back',
    '5h',
    '03-02 10:00 start; 03-02 12:31 look; 03-02 12:00 look; 03-02 12:40 look; 03-02 14:00 look',
    'w50 03-02 12:30, w80 03-02 14:00, running, due 03-02 15:00',
  ],
  [
    'fires all in between, late, when the machine’s clock jumps ahead',
    '5h',
    '03-02 10:00 start; 03-02 10:05 down; 03-04 10:00 up',
    'w50! 03-04 10:00, w80! 03-04 10:00, b! 03-04 10:00, overdue, due 03-02 15:00',
  ],
  [
    'is overdue no more when the machine’s clock is set back to the right hour, and tells nobody twice',
    '5h',
    '03-02 10:00 start; 03-02 15:30 look; 03-02 14:30 look; 03-02 15:10 look',
    'w50 03-02 12:30, w80 03-02 14:00, b 03-02 15:00, overdue, due 03-02 15:00',
  ],
  [
    'ran out, then proof of a later hour',
    '5h',
    '03-02 10:00 start; 03-02 15:30 look; 03-02 18:00 prove 03-02 17:00; 03-03 10:00 look',
    'w50 03-02 12:30, w80 03-02 14:00, b 03-02 15:00, met-late',
  ],
  [
    'is answered, and later proof changes nothing that fired',
    '5h',
    '03-02 10:00 start; 03-02 11:00 prove; 03-02 12:00 prove 03-02 10:40; 03-03 10:00 look',
    'met',
  ],
];

describe.each([
  ['escalation', ESCALATION],
  ['working time', WORKING_TIME],
  ['warnings of days', WARNED],
  ['what changes', CHANGED],
])('a clock: %s', (_group, stories) => {
  it.each(stories)('%s (%s)', (_what, rule, story, told) => expect(play(RULES[rule]!, story)).toBe(told));
});

it('are a hundred stories at least', () => {
  expect(ESCALATION.length + WORKING_TIME.length + WARNED.length + CHANGED.length).toBeGreaterThanOrEqual(100);
});
