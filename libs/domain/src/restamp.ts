import { cancelDeadline, deadlineId, stampDeadlines, type Deadline, type StampRequest } from './deadline.js';
import { isOpen } from './deadline-state.js';
import { applyEvidence, type Evidence } from './evidence.js';

/**
 * What a changed severity does to a case's clocks. The start facts stay those of the case, so the overall clock is not reset.
 * `kept` are the same objects; a met or already cancelled clock never moves. Evidence already published stops new clocks at once.
 */
export function restampDeadlines(
  existing: readonly Deadline[],
  request: StampRequest,
  at: Date,
  evidence: readonly Evidence[] = [],
): { kept: Deadline[]; added: Deadline[]; cancelled: Deadline[] } {
  const owed = stampDeadlines(request);
  const triggered = new Set(request.rules.filter((rule) => rule.trigger === request.trigger).map((rule) => rule.id));
  const falls = (deadline: Deadline) =>
    isOpen(deadline) && triggered.has(deadline.rule.id) && !owed.some((one) => one.rule.id === deadline.rule.id);
  const cancelled = existing.filter(falls).map((deadline) => cancelDeadline(deadline, at, `调整为${request.severity}级，不再适用`));
  const kept = existing.filter((deadline) => !falls(deadline));
  const added = owed
    .filter((one) => !kept.some((old) => old.rule.id === one.rule.id && old.cancelledAt === null))
    .map((one) => {
      const round = existing.filter((old) => old.rule.id === one.rule.id).length;
      return round === 0 ? one : { ...one, id: deadlineId(one.subject, one.rule.id, round) };
    })
    .map((one) => evidence.reduce((deadline, proof) => applyEvidence([deadline], proof)[0] ?? deadline, one));
  return { kept, added, cancelled };
}
