import {
  afterMove,
  cancelDeadline,
  deadlineId,
  isOpen,
  localTimeText,
  nextMove,
  onDutyAt,
  peopleOn,
  recipientsFor,
  restampDeadlines,
  stampDeadlines,
  type Deadline,
  type DutyTurn,
  type EscalationPolicy,
  type EscalationState,
  type Evidence,
  type SeverityLevel,
  type TellablePeople,
} from '@huiying/domain';
import { KNOWN_CALENDAR, ruleOf } from '../support/known-calendar.js';

const at = (text: string) => new Date(`2026-${text.replace(' ', 'T')}:00+08:00`);

/** `O 王 02 08:00 02 20:00` = 值班员 from the 2nd of March, 08:00; `L` = 带班领导; `!` behind the letter = 调班, stands before the roster. */
function rosterOf(text: string): DutyTurn[] {
  return text.split(';').flatMap((part) => {
    const turn = /^\s*([OL])(!?) (\S) (\d\d \d\d:\d\d) (\d\d \d\d:\d\d)\s*$/.exec(part);
    if (turn === null) return [];
    const [, kind, over, personId, from, to] = turn;
    return [
      {
        personId: personId!,
        duty: kind === 'O' ? 'officer' : 'leader',
        from: at(`03-${from}`),
        to: at(`03-${to}`),
        isOverride: over === '!',
      },
    ];
  });
}

const LADDER = { deputy: ['副'], head: ['正'] };
const peopleAt = (turns: readonly DutyTurn[], now: Date, without = ''): TellablePeople => ({
  onDuty: onDutyAt(turns, now),
  dutyOfficers: ['王', '李', '赵'].filter((one) => !without.includes(one)),
  departmentLeads: new Map([['water', ['何']]]),
  supervisors: ['周', '吴'].filter((one) => !without.includes(one)),
});

const POLICY: EscalationPolicy = {
  id: 'p',
  name: '逐级上报',
  steps: [
    { afterMinutes: 10, tell: ['officer'] },
    { afterMinutes: 30, tell: ['leader'] },
    { afterMinutes: 60, tell: ['deputy'] },
    { afterMinutes: 90, tell: ['head'] },
  ],
  repeat: { everyMinutes: 60, times: 2 },
  idle: { afterMinutes: 120, times: 2 },
};

/** Plays what climbs: `raise`, `ack`, `touch`, `end`, `down`, `up`, `look`; tells when who was told, `!` = late, `r` = again, `i` = lies idle. */
function climb(roster: string, story: string): string {
  const turns = rosterOf(roster);
  let state: EscalationState | null = null;
  let isUp = true;
  const told: string[] = [];
  const tick = (until: Date): void => {
    for (;;) {
      const move = state && isUp ? nextMove(POLICY, state, until) : null;
      if (!move?.isDue) return;
      const now = new Date(Math.max(move.at.getTime(), lastSeen));
      const who = [...new Set(move.tell.flatMap((rung) => peopleOn(rung, LADDER, peopleAt(turns, now))))].join('');
      const late = now.getTime() - move.at.getTime() > 60_000 ? '!' : '';
      told.push(`${{ step: '', repeat: 'r', idle: 'i' }[move.kind]}${who}${late} ${localTimeText(now).slice(8)}`);
      state = afterMove(state!, move, now);
    }
  };
  let lastSeen = 0;
  for (const part of story.split(';')) {
    const [, when, act] = /^\s*(\d\d \d\d:\d\d) (\w+)/.exec(part)!;
    const now = at(`03-${when}`);
    tick(now);
    lastSeen = now.getTime();
    if (act === 'raise')
      state = { bornAt: now, fired: 0, acknowledgedAt: null, touchedAt: null, idleFired: 0, lastIdleAt: null, endedAt: null };
    else if (act === 'ack') state = { ...state!, acknowledgedAt: now };
    else if (act === 'touch') state = { ...state!, touchedAt: now };
    else if (act === 'end') state = { ...state!, endedAt: now };
    else if (act === 'down' || act === 'up') isUp = act === 'up';
    tick(now);
  }
  return told.join(', ');
}

const DAY = 'O 王 02 08:00 02 20:00; O 李 02 20:00 03 08:00; O 赵 03 08:00 03 20:00; L 周 02 08:00 03 08:00; L 吴 03 08:00 04 08:00';

it.each([
  ['climbs rung by rung where nobody answers', DAY, '02 10:00 raise; 02 11:40 look', '王 02 10:10, 周 02 10:30, 副 02 11:00, 正 02 11:30'],
  ['stops where somebody answers', DAY, '02 10:00 raise; 02 10:20 ack; 02 11:40 look', '王 02 10:10'],
  ['is answered before anybody else hears of it', DAY, '02 10:00 raise; 02 10:05 ack; 02 11:40 look', ''],
  ['is answered in the very minute of a rung', DAY, '02 10:00 raise; 02 10:30 ack; 02 11:40 look', '王 02 10:10, 周 02 10:30'],
  ['begins with one officer and finds the next on duty', DAY, '02 19:55 raise; 02 20:40 look', '李 02 20:05, 周 02 20:25'],
  ['goes to the leader of the hour, not of its birth', DAY, '03 07:40 raise; 03 08:15 look', '李 03 07:50, 吴 03 08:10'],
  ['finds the one who begins where two turns meet', DAY, '02 19:50 raise; 02 20:01 look', '李 02 20:00'],
  [
    'goes to every officer in a gap of the roster',
    'O 王 02 08:00 02 12:00; O 李 02 14:00 02 20:00; L 周 02 08:00 03 08:00',
    '02 12:30 raise; 02 13:10 look',
    '王李赵 02 12:40, 周 02 13:00',
  ],
  ['goes to every leader where none is planned', 'O 王 02 08:00 02 20:00', '02 10:00 raise; 02 10:40 look', '王 02 10:10, 周吴 02 10:30'],
  [
    'goes to both where two turns overlap',
    'O 王 02 08:00 02 20:00; O 李 02 18:00 03 08:00; L 周 02 08:00 03 08:00',
    '02 18:30 raise; 02 18:45 look',
    '王李 02 18:40',
  ],
  [
    'goes to one person once who has two turns at once',
    'O 王 02 08:00 02 20:00; O 王 02 09:00 02 18:00',
    '02 10:00 raise; 02 10:15 look',
    '王 02 10:10',
  ],
  [
    'goes to who stands in by 调班, and not to whom the roster names',
    `${DAY}; O! 赵 02 08:00 02 20:00`,
    '02 10:00 raise; 02 10:15 look',
    '赵 02 10:10',
  ],
  ['goes back to the roster when the 调班 ends', `${DAY}; O! 赵 02 08:00 02 10:05`, '02 10:00 raise; 02 10:15 look', '王 02 10:10'],
  [
    'is told again until somebody answers',
    DAY,
    '02 10:00 raise; 02 12:40 look; 02 14:40 look',
    '王 02 10:10, 周 02 10:30, 副 02 11:00, 正 02 11:30, r王正 02 12:30, r王正 02 13:30',
  ],
  [
    'is answered between two repeats',
    DAY,
    '02 10:00 raise; 02 12:40 ack; 02 13:00 touch; 02 13:40 end; 02 18:00 look',
    '王 02 10:10, 周 02 10:30, 副 02 11:00, 正 02 11:30, r王正 02 12:30',
  ],
  ['is answered and lies idle', DAY, '02 10:00 raise; 02 10:05 ack; 02 15:00 look', 'i王 02 12:05, i王周 02 14:05'],
  ['is answered, worked on, and lies idle later', DAY, '02 10:00 raise; 02 10:05 ack; 02 11:30 touch; 02 14:00 look', 'i王 02 13:30'],
  ['lies idle into the night and finds who has it then', DAY, '02 19:00 raise; 02 19:05 ack; 02 22:00 look', 'i李 02 21:05'],
  ['is settled before it lies idle', DAY, '02 10:00 raise; 02 10:05 ack; 02 11:00 end; 02 15:00 look', ''],
  [
    'comes late, in order and each once, after an outage',
    DAY,
    '02 10:00 raise; 02 10:01 down; 02 11:05 up; 02 11:06 look',
    '王! 02 11:05, 周! 02 11:05, 副! 02 11:05',
  ],
  [
    'makes one of the repeats an outage swallowed',
    DAY,
    '02 10:00 raise; 02 11:35 down; 02 13:40 up; 02 13:45 look',
    '王 02 10:10, 周 02 10:30, 副 02 11:00, 正 02 11:30, r王正! 02 13:40',
  ],
  [
    'answered during an outage is told to nobody when it ends',
    DAY,
    '02 10:00 raise; 02 10:01 down; 02 10:30 ack; 02 11:00 up; 02 11:05 look',
    '',
  ],
])('what climbs: %s', (_what, roster, story, told) => expect(climb(roster, story)).toBe(told));

it.each([
  ['a warning, by day', '02 10:00', '', 'deadline-warned', 'IV', '何王'],
  ['a warning, by night', '02 23:00', '', 'deadline-warned', 'IV', '何李'],
  ['a breach of a grave case', '02 10:00', '', 'deadline-breached', 'I', '何王周吴'],
  ['a breach of a small case goes past the leader on duty to those who supervise', '02 10:00', '', 'deadline-breached', 'IV', '何王周吴'],
  ['a warning beyond the end of the roster', '05 10:00', '', 'deadline-warned', 'IV', '何王李赵'],
  ['a warning when no officer has an account and nobody is on duty', '05 10:00', '王李赵', 'deadline-warned', 'IV', '何'],
] as const)('who is told: %s', (_what, when, without, kind, severity, told) => {
  const people = peopleAt(rosterOf(DAY), at(`03-${when}`), without);
  const recipients = recipientsFor({ kind, departmentIds: ['water'] }, severity, people);
  expect(recipients.map(({ personId }) => personId).join('')).toBe(told);
});

const RULES = [
  ruleOf({ id: 'R5', name: '首次', length: 5, severities: ['I', 'II'] }),
  ruleOf({ id: 'R24', name: '发布会', length: 24, severities: ['I', 'II'], milestone: 'press-conference', metBy: ['press-conference'] }),
  ruleOf({ id: 'R48', name: '回应', length: 48, severities: ['III', 'IV'], startsFrom: ['detected'] }),
];

/** Plays a case: `open II`, `level IV`, `prove`, `close`, `reopen`; tells each clock as it ends up. */
function live(story: string): string {
  let clocks: Deadline[] = [];
  let severity: SeverityLevel = 'IV';
  let started = new Date(0);
  const proofs: Evidence[] = [];
  const request = () => ({
    ...{ trigger: 'case-opened' as const, subject: { kind: 'case' as const, id: 'c' }, severity, rules: RULES, calendar: KNOWN_CALENDAR },
    facts: [{ fact: 'detected' as const, at: started, statedBy: '系统' }],
  });
  const restamp = (now: Date, known = proofs) => {
    const { kept, added, cancelled } = restampDeadlines(clocks, request(), now, known);
    clocks = [...kept, ...cancelled, ...added];
  };
  for (const part of story.split(';')) {
    const [, when, act, amount] = /^\s*(\d\d \d\d:\d\d) (\w+)(?: (\w+))?/.exec(part)!;
    const now = at(`03-${when}`);
    if (act === 'open') {
      [severity, started] = [amount as SeverityLevel, now];
      clocks = stampDeadlines(request());
    } else if (act === 'level') {
      severity = amount as SeverityLevel;
      restamp(now);
    } else if (act === 'prove') {
      proofs.push({ id: `e${proofs.length}`, kind: 'statement', publishedAt: now, url: null, sha256: null });
      clocks = clocks.map((one) => (isOpen(one) && one.rule.id !== 'R24' ? { ...one, metAt: now, metByEvidenceId: 'e' } : one));
    } else if (act === 'close') clocks = clocks.map((one) => cancelDeadline(one, now, '已办结'));
    else if (act === 'reopen') restamp(now, []);
  }
  const fate = (one: Deadline) => (one.cancelledAt ? '止' : one.metAt ? '成' : localTimeText(one.dueAt).slice(8));
  const round = (one: Deadline) => ([0, 1, 2].find((n) => deadlineId(one.subject, one.rule.id, n) === one.id) ?? 0) + 1;
  return clocks
    .map((one) => `${one.rule.name}${round(one) > 1 ? round(one) : ''} ${fate(one)}`)
    .sort()
    .join(', ');
}

it.each([
  ['opens small', '02 10:00 open IV', '回应 04 10:00'],
  ['opens grave', '02 10:00 open II', '发布会 03 10:00, 首次 02 15:00'],
  [
    'becomes graver: the new clocks run from its first sight, not from the change',
    '02 10:00 open IV; 02 12:00 level II',
    '发布会 03 10:00, 回应 止, 首次 02 15:00',
  ],
  [
    'becomes graver so late that the short clock has run out already',
    '02 10:00 open IV; 02 20:00 level I',
    '发布会 03 10:00, 回应 止, 首次 02 15:00',
  ],
  ['becomes less grave', '02 10:00 open II; 02 11:00 level III', '发布会 止, 回应 04 10:00, 首次 止'],
  [
    'becomes less grave and grave again: the level that came back is owed anew, from the first sight',
    '02 10:00 open II; 02 11:00 level III; 02 12:00 level II',
    '发布会 止, 发布会2 03 10:00, 回应 止, 首次 止, 首次2 02 15:00',
  ],
  ['stays in its class of levels, and nothing moves', '02 10:00 open III; 02 11:00 level IV', '回应 04 10:00'],
  ['was answered before it became graver', '02 10:00 open IV; 02 11:00 prove; 02 12:00 level II', '发布会 03 10:00, 回应 成, 首次 成'],
  ['is closed with a clock still open', '02 10:00 open II; 02 11:00 prove; 02 12:00 close', '发布会 止, 首次 成'],
  [
    'is opened again: what was answered stays answered, what was called off is owed anew',
    '02 10:00 open II; 02 11:00 prove; 02 12:00 close; 02 13:00 reopen',
    '发布会 止, 发布会2 03 10:00, 首次 成',
  ],
  [
    'is opened again unanswered: the clock runs as if it had never stood',
    '02 10:00 open IV; 02 12:00 close; 03 09:00 reopen',
    '回应 止, 回应2 04 10:00',
  ],
])('a case: %s', (_what, story, clocks) => expect(live(story)).toBe(clocks));
