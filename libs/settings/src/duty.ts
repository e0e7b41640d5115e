import { z } from 'zod';
import { readConfigFile } from './config-file.js';

const DAY = 86_400_000;
/** China has one zone without summer time, so +08:00 may be added as a number. */
const EAST_EIGHT = 8 * 3_600_000;

const wallClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');
const day = z.iso.date();
const username = z.string().min(1);

/** A leader, and for each shift the officers who take it in turn, day by day. */
const week = z.object({ leader: username, officers: z.record(z.string(), z.array(username).min(1)) }).strict();

/** config/duty.yaml. People are usernames; whether each has an account is checked where accounts are known. */
export const dutyFile = z
  .object({
    shifts: z.array(z.object({ id: z.string().min(1), name: z.string().min(1), from: wallClock, to: wallClock }).strict()).min(1),
    startsOn: day,
    rotation: z.array(week).min(1),
    /** Who is on duty on the days of 法定节假日, day by day in turn; left out: as on any other day. */
    holidays: z.array(week).default([]),
    changes: z.array(z.object({ date: day, shift: z.string(), officer: username }).strict()).default([]),
  })
  .strict()
  .superRefine((file, fault) => {
    const refuse = (path: (string | number)[], message: string) => fault.addIssue({ code: 'custom', path, message });
    file.shifts.forEach((shift, i) => {
      const next = file.shifts[(i + 1) % file.shifts.length]!;
      if (shift.to !== next.from) refuse(['shifts', i, 'to'], `must be ${next.from}, when the next shift starts: duty has no gap`);
    });
    const minutes = file.shifts.reduce((sum, shift) => sum + shiftMinutes(shift), 0);
    if (minutes !== 1440) refuse(['shifts'], `must add up to 24 hours, got ${minutes / 60}`);
    if (new Date(`${file.startsOn}T00:00:00Z`).getUTCDay() !== 1) refuse(['startsOn'], 'must be a Monday');
    const ids = file.shifts.map((s) => s.id);
    for (const field of ['rotation', 'holidays'] as const)
      file[field].forEach((one, i) => {
        for (const id of ids) if (!one.officers[id]) refuse([field, i, 'officers'], `names nobody for the shift ${id}`);
        for (const id of Object.keys(one.officers)) if (!ids.includes(id)) refuse([field, i, 'officers', id], 'is not a shift');
      });
    file.changes.forEach((change, i) => {
      if (!ids.includes(change.shift)) refuse(['changes', i, 'shift'], 'is not a shift');
    });
  });

export type DutyRoster = Readonly<z.infer<typeof dutyFile>>;

/** One turn of duty: an officer (值班员) watches, a leader (带班领导) decides. People are usernames. */
export interface DutyShift {
  shiftId: string;
  name: string;
  from: Date;
  to: Date;
  officer: string;
  leader: string;
}

/** The roster of config/duty.yaml. @throws BadConfig with all faults at once */
export function readDutyRoster(folder: string): DutyRoster {
  return readConfigFile(folder, 'duty.yaml', dutyFile);
}

/** Whether a day (YYYY-MM-DD) is one of 法定节假日. */
export type HolidayTest = (date: string) => boolean;

/** Every shift that overlaps from ≤ t < to, in order. The rotation also runs backwards from its first week. */
export function shiftsBetween(roster: DutyRoster, from: Date, to: Date, isHoliday: HolidayTest = () => false): DutyShift[] {
  const firstDay = Math.floor((from.getTime() + EAST_EIGHT) / DAY) - 2;
  const lastDay = Math.floor((to.getTime() + EAST_EIGHT) / DAY);
  const shifts: DutyShift[] = [];
  for (let dayNo = firstDay; dayNo <= lastDay; dayNo++) shifts.push(...shiftsOf(roster, dayNo, isHoliday));
  return shifts.filter((s) => s.to > from && s.from < to);
}

/** The shift at an instant; one that starts at this very instant is meant. */
export function shiftAt(roster: DutyRoster, at: Date): DutyShift {
  const shift = shiftsBetween(roster, at, new Date(at.getTime() + 1))[0];
  if (!shift) throw new Error('a checked roster has no gap');
  return shift;
}

/** The shifts of one duty day: the first shift of the day up to the first of the next. `dayNo` counts days since 1970-01-01. */
function shiftsOf(roster: DutyRoster, dayNo: number, isHoliday: HolidayTest): DutyShift[] {
  const startDay = Date.parse(`${roster.startsOn}T00:00:00Z`) / DAY;
  const week = Math.floor((dayNo - startDay) / 7);
  const dayOfWeek = dayNo - startDay - week * 7;
  const usual = roster.rotation[((week % roster.rotation.length) + roster.rotation.length) % roster.rotation.length]!;
  const holiday = roster.holidays.length > 0 && isHoliday(new Date(dayNo * DAY).toISOString().slice(0, 10));
  const turn = holiday ? roster.holidays[dayNo % roster.holidays.length]! : usual;
  let starts = dayNo * DAY - EAST_EIGHT + minutesOf(roster.shifts[0]!.from) * 60_000;
  return roster.shifts.map((shift) => {
    const ends = starts + shiftMinutes(shift) * 60_000;
    const startDate = new Date(starts + EAST_EIGHT).toISOString().slice(0, 10);
    const people = turn.officers[shift.id]!;
    const changed = roster.changes.find((c) => c.date === startDate && c.shift === shift.id);
    const made: DutyShift = {
      shiftId: shift.id,
      name: shift.name,
      from: new Date(starts),
      to: new Date(ends),
      officer: changed?.officer ?? people[dayOfWeek % people.length]!,
      leader: turn.leader,
    };
    starts = ends;
    return made;
  });
}

function minutesOf(wall: string): number {
  return Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3));
}

/** A shift whose end is not after its start ends on the next day; from = to is a whole day. */
function shiftMinutes(shift: { from: string; to: string }): number {
  const span = minutesOf(shift.to) - minutesOf(shift.from);
  return span > 0 ? span : span + 1440;
}
