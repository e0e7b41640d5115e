import { nextMove, type EscalationMatter, type EscalationPolicy, type EscalationState } from '@huiying/domain';
import type { EscalationFacts, EscalationRow } from '@huiying/persistence';

export const MATTER_WORDS: Record<EscalationMatter, string> = { alert: '预警', 'clock-warned': '临期提醒', 'clock-breached': '逾期提醒' };

/** With nothing more to tell, it is still looked at now and then, until its matter is settled. */
const LOOK_AGAIN_MS = 6 * 3_600_000;

/** When an escalation must be looked at next; null once it has ended. Pure. */
export function lookAt(policy: EscalationPolicy, state: EscalationState, now: Date): Date | null {
  if (state.endedAt !== null) return null;
  return nextMove(policy, state, now)?.at ?? new Date(now.getTime() + LOOK_AGAIN_MS);
}

/** An escalation with what became of its matter: 知悉 on the alert acknowledges it, a decision or the end of the clock ends it. Pure. */
export function standing(row: EscalationRow, facts: EscalationFacts): EscalationRow {
  const { state } = row;
  const seen = state.acknowledgedAt === null && facts.seenAt !== null;
  const settled = state.endedAt === null && facts.settledAt !== null;
  return {
    ...row,
    acknowledgedBy: seen ? facts.seenBy : row.acknowledgedBy,
    endedReason: settled ? (row.alertId === null ? '时限已完成、终止或顺延' : '已研判处置') : row.endedReason,
    state: {
      ...state,
      touchedAt: facts.touchedAt,
      acknowledgedAt: seen ? facts.seenAt : state.acknowledgedAt,
      endedAt: settled ? facts.settledAt : state.endedAt,
    },
  };
}
