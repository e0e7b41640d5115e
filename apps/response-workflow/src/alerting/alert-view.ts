import type { ActionView, AlertView } from '@huiying/contracts/http';
import { alertRefusal, type Conflict } from '@huiying/domain';
import type { AlertRow } from '@huiying/persistence';
import { isAtDesk, type Actor } from '../accounts/index.js';

const NOT_AT_DESK = '仅值班员和带班领导可以处理预警';

export function toAlertView(row: AlertRow): AlertView {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    id: row.id,
    state: row.state,
    title: row.title,
    summary: row.summary,
    suggestedSeverity: row.suggestedSeverity,
    suggestedKeyCategory: row.suggestedKeyCategory,
    severity: row.severity,
    topic: topicOf(row),
    departments: row.departments,
    places: row.places,
    opinionCount: row.opinionCount,
    hotlineCount: row.hotlineCount,
    sourceCount: row.sourceCount,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    raisedAt: row.raisedAt.toISOString(),
    prospectiveDueAt: iso(row.prospectiveDueAt),
    seenBy: row.seenBy,
    seenAt: iso(row.seenAt),
    decidedBy: row.decidedBy,
    decidedAt: iso(row.decidedAt),
    decisionReason: row.decisionReason,
    caseId: row.caseId,
  };
}

/** What this person may do with an alert now; where not, why. */
export function alertActions(row: AlertRow, actor: Pick<Actor, 'role'>): ActionView[] {
  return (['seen', 'confirm', 'false-alarm'] as const).map((action) => {
    const whyNot = isAtDesk(actor) ? (alertRefusal(row.state, action, decisionOn(row))?.said ?? seenAlready(row, action)) : NOT_AT_DESK;
    return { action, allowed: whyNot === null, whyNot };
  });
}

/** Who decided an alert, for the one who comes second. */
export function decisionOn(row: AlertRow): Conflict | undefined {
  if (row.decidedBy === null || row.decidedAt === null) return undefined;
  return { by: row.decidedBy, at: row.decidedAt.toISOString(), what: row.state === 'confirmed' ? '研判定级' : '标为误报' };
}

export function topicOf(row: { topicCode: string | null; topicName: string | null }): { code: string; name: string } | null {
  return row.topicCode === null ? null : { code: row.topicCode, name: row.topicName ?? row.topicCode };
}

function seenAlready(row: AlertRow, action: string): string | null {
  return action === 'seen' && row.state !== 'open' ? '已知悉' : null;
}
