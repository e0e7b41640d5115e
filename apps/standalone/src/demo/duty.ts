import type { DutyTurn } from '@huiying/domain';
import { shiftAt, shiftsBetween, type DutyRoster, type DutyShift } from '@huiying/settings';
import { after, before } from './moments.js';
import { personId } from './people.js';

/** The same rotation as config/duty.yaml, so that the demo does not depend on a file somebody edits. */
export const DEMO_ROSTER: DutyRoster = {
  shifts: [
    { id: 'day', name: '白班', from: '08:00', to: '20:00' },
    { id: 'night', name: '夜班', from: '20:00', to: '08:00' },
  ],
  startsOn: '2026-01-05',
  rotation: [
    { leader: 'zhoumingyuan', officers: { day: ['luwenjing', 'hesiyuan'], night: ['tanyulin', 'jiangminzhi'] } },
    { leader: 'yanshuhua', officers: { day: ['fuguanqun', 'songqinglan'], night: ['luwenjing', 'hesiyuan'] } },
    { leader: 'qiuguodong', officers: { day: ['tanyulin', 'jiangminzhi'], night: ['fuguanqun', 'songqinglan'] } },
  ],
  holidays: [],
  changes: [],
};

/** A shift of the demo with the ids of its people. */
export interface DemoShift extends DutyShift {
  officerId: string;
  leaderId: string;
}

/** The demo's shifts from 15 days before `now` to 14 days after, without a gap. */
export function demoShifts(now: Date): DemoShift[] {
  return shiftsBetween(DEMO_ROSTER, before(now, { days: 15 }), after(now, { days: 14 })).map((shift) => ({
    ...shift,
    officerId: personId(shift.officer),
    leaderId: personId(shift.leader),
  }));
}

/** The same shifts as single turns, the form the duty rules of the domain read. */
export function demoTurns(now: Date): DutyTurn[] {
  return demoShifts(now).flatMap(({ from, to, officerId, leaderId }) => [
    { personId: officerId, duty: 'officer' as const, from, to, isOverride: false },
    { personId: leaderId, duty: 'leader' as const, from, to, isOverride: false },
  ]);
}

/** Username of the 值班员 at an instant: who acts on alerts then. */
export function officerAt(at: Date): string {
  return shiftAt(DEMO_ROSTER, at).officer;
}

/** Username of the 带班领导 at an instant. */
export function leaderAt(at: Date): string {
  return shiftAt(DEMO_ROSTER, at).leader;
}
