import type { AlertView } from './alerts.js';
import type { CaseView } from './cases.js';
import type { DeadlineView } from './deadlines.js';
import type { SourceState, SourceView } from './sources.js';

/** GET /api/board: everything the duty board (值班台) shows in its first screenful. */
export interface BoardView {
  serverTime: string;
  /** Position in the change stream this view is true at; open /api/stream?after=N from here. */
  position: string;
  alerts: AlertView[];
  openAlertCount: number;
  /** Running and overdue clocks of answering the public, soonest first. */
  deadlines: DeadlineView[];
  overdueCount: number;
  /** The same of the hotline's orders. */
  orderDeadlines: DeadlineView[];
  orderOverdueCount: number;
  cases: CaseView[];
  openCaseCount: number;
  unacknowledgedTaskCount: number;
  onDuty: OnDuty;
  /** The first forty, those in trouble first. */
  sources: SourceView[];
  /** Of all sources. */
  sourceCounts: Record<SourceState, number>;
  today: { opinions: number; flagged: number; alerts: number; hotline: number };
}

/** GET /api/duty: every role may ask, it stands on every page. */
export interface OnDuty {
  now: DutyPerson[];
  next: DutyPerson[];
  /** When the present shift ends. */
  changesAt: string | null;
}
export interface DutyPerson {
  id: string;
  name: string;
  phone: string | null;
  /** 值班员 or 带班领导 */
  duty: 'officer' | 'leader';
  from: string;
  to: string;
}
