import { isReminder, type Deadline, type SeverityLevel } from '@huiying/domain';
import type { DeadlineRow } from '@huiying/persistence';
import { linkOf } from '../deadlines/index.js';
import type { Matter } from './escalation-book.js';

/** A raised alert, as what must be acknowledged. Pure. */
export function alertMatter(
  alert: { id: string; title: string; severity: SeverityLevel; raisedAt: Date },
  causedBy: string | null,
): Matter {
  const { id: alertId, title, severity, raisedAt } = alert;
  const born = { matter: 'alert' as const, severity, ruleId: null, at: raisedAt, round: 0 };
  return { ...born, alertId, deadlineId: null, caseId: null, title, link: `/alerts/${alertId}`, causedBy };
}

/** A clock that runs out soon or has run out; a reminder (持续发布) is none. Pure. */
export function clockMatter(row: DeadlineRow, matter: 'clock-warned' | 'clock-breached', at: Date, causedBy: string | null): Matter[] {
  if (isReminder(row.deadline)) return [];
  const { deadline, caseId, severity, no } = row;
  const { id: ruleId, name } = deadline.rule;
  const born = { matter, severity, ruleId, at, round: matter === 'clock-breached' ? endsBefore(deadline, at) : 0 };
  return [{ ...born, alertId: null, deadlineId: deadline.id, caseId, title: `${name} ${no}`, link: linkOf(row), causedBy }];
}

/** How many ends of this clock had run out before this one (延期 approved after a breach). */
function endsBefore({ steps }: Deadline, at: Date): number {
  return steps.filter(({ kind, firedAt, at: end }) => kind === 'breach' && firedAt !== null && end < at).length;
}
