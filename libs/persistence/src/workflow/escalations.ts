import type { EscalationMatter, EscalationMove, EscalationPolicy, EscalationState, SeverityLevel } from '@huiying/domain';
import type { Queries } from '../database.js';

export interface NewEscalation {
  id: string;
  matter: EscalationMatter;
  alertId: string | null;
  deadlineId: string | null;
  caseId: string | null;
  severity: SeverityLevel;
  title: string;
  link: string;
  causedBy: string | null;
  policy: EscalationPolicy;
  bornAt: Date;
  nextMoveAt: Date | null;
}

export interface EscalationRow extends NewEscalation {
  state: EscalationState;
  acknowledgedBy: string | null;
  acknowledgedById: string | null;
  endedReason: string | null;
}

/** What became of the matter itself. */
export interface EscalationFacts {
  /** Null where it is no alert's. */
  alertState: string | null;
  seenAt: Date | null;
  seenBy: string | null;
  /** The clock was met or cancelled or has a later end than the one that ran out, its case is over, or the alert was decided. */
  settledAt: Date | null;
  /** The last thing a person did about the alert or the case. */
  touchedAt: Date | null;
}

export interface MoveRow {
  escalationId: string;
  kind: EscalationMove['kind'] | 'manual';
  index: number;
  scheduledAt: Date;
  madeAt: Date;
  late: boolean;
  reason: string;
  told: string[];
  comment: string | null;
  /** Null where the clock did. */
  madeBy: string | null;
}

interface Flat extends NewEscalation {
  fired: number;
  idleFired: number;
  lastIdleAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  acknowledgedById: string | null;
  endedAt: Date | null;
  endedReason: string | null;
}

const COLUMNS = `e.escalation_id AS id, e.matter, e.alert_id AS "alertId", e.deadline_id AS "deadlineId", e.case_id AS "caseId", e.severity,
  e.title, e.link, e.caused_by AS "causedBy", e.policy, e.born_at AS "bornAt", e.fired, e.idle_fired AS "idleFired",
  e.last_idle_at AS "lastIdleAt", e.acknowledged_at AS "acknowledgedAt", e.acknowledged_by AS "acknowledgedBy",
  e.acknowledged_by_id AS "acknowledgedById", e.ended_at AS "endedAt", e.ended_reason AS "endedReason", e.next_move_at AS "nextMoveAt"`;
const MOVE = `escalation_id AS "escalationId", kind, index, scheduled_at AS "scheduledAt", made_at AS "madeAt", late, reason, told, comment,
  made_by AS "madeBy"`;

/** What climbs while nobody acknowledges it (逐级上报). */
export class Escalations {
  constructor(private readonly on: Queries) {}

  /** Keeps newly born ones; one that is there is left as it is. Returns the ids that are new. */
  async add(born: readonly NewEscalation[]): Promise<Set<string>> {
    if (born.length === 0) return new Set();
    const rows = await this.on.query<{ id: string }>(
      `INSERT INTO workflow.escalation (escalation_id, matter, alert_id, deadline_id, case_id, severity, title, link, caused_by, policy,
         born_at, next_move_at)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::uuid[],
         $10::jsonb[], $11::timestamptz[], $12::timestamptz[])
       ON CONFLICT DO NOTHING RETURNING escalation_id AS id`,
      [
        born.map((e) => e.id),
        born.map((e) => e.matter),
        born.map((e) => e.alertId),
        born.map((e) => e.deadlineId),
        born.map((e) => e.caseId),
        born.map((e) => e.severity),
        born.map((e) => e.title),
        born.map((e) => e.link),
        born.map((e) => e.causedBy),
        born.map((e) => JSON.stringify(e.policy)),
        born.map((e) => e.bornAt),
        born.map((e) => e.nextMoveAt),
      ],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Those that must be looked at, the longest due first, kept from others until the transaction ends. */
  async claimDue(now: Date, most: number): Promise<EscalationRow[]> {
    return (
      await this.on.query<Flat>(
        `SELECT ${COLUMNS} FROM workflow.escalation e WHERE e.next_move_at <= $1 ORDER BY e.next_move_at, e.escalation_id
         LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED`,
        [now, most],
      )
    ).map(toRow);
  }

  async lock(id: string): Promise<EscalationRow | null> {
    const rows = await this.on.query<Flat>(`SELECT ${COLUMNS} FROM workflow.escalation e WHERE e.escalation_id = $1 FOR NO KEY UPDATE`, [
      id,
    ]);
    return rows[0] ? toRow(rows[0]) : null;
  }

  /** Those of an alert, a case or a clock, oldest first; locked where a transaction is to change them. */
  async of(subject: { alertId?: string; caseId?: string; deadlineId?: string }): Promise<EscalationRow[]> {
    const { alertId = null, caseId = null, deadlineId = null } = subject;
    return (
      await this.on.query<Flat>(
        `SELECT ${COLUMNS} FROM workflow.escalation e WHERE e.alert_id = $1 OR e.case_id = $2 OR e.deadline_id = $3
         ORDER BY e.born_at, e.escalation_id`,
        [alertId, caseId, deadlineId],
      )
    ).map(toRow);
  }

  /** Open ones after a cursor, for the auditor. */
  async openAfter(cursor: string | null, most: number): Promise<EscalationRow[]> {
    return (
      await this.on.query<Flat>(
        `SELECT ${COLUMNS} FROM workflow.escalation e WHERE e.ended_at IS NULL AND ($1::uuid IS NULL OR e.escalation_id > $1)
         ORDER BY e.escalation_id LIMIT $2`,
        [cursor, most],
      )
    ).map(toRow);
  }

  /** @param nobody names under which no person acts: the system's own */
  async facts(ids: readonly string[], nobody: readonly string[]): Promise<Map<string, EscalationFacts>> {
    const rows = await this.on.query<EscalationFacts & { id: string }>(
      `SELECT e.escalation_id AS id, a.state AS "alertState", a.seen_at AS "seenAt", a.seen_by AS "seenBy",
         LEAST(a.decided_at, d.met_at, d.cancelled_at, CASE WHEN e.deadline_id IS NOT NULL THEN c.closed_at END,
           CASE WHEN e.matter = 'clock-breached' AND d.due_at > e.born_at
             THEN GREATEST(e.born_at, (d.extensions -> -1 ->> 'approvedAt')::timestamptz) END) AS "settledAt",
         (SELECT max(t.at) FROM workflow.timeline t WHERE t.case_id = e.case_id AND t.actor <> ALL($2)) AS "touchedAt"
       FROM workflow.escalation e LEFT JOIN workflow.alert a ON a.alert_id = e.alert_id
         LEFT JOIN workflow.deadline d ON d.deadline_id = e.deadline_id LEFT JOIN workflow.case_file c ON c.case_id = e.case_id
       WHERE e.escalation_id = ANY($1)`,
      [ids, nobody],
    );
    return new Map(rows.map(({ id, ...facts }) => [id, facts]));
  }

  async keepAll(rows: readonly EscalationRow[]): Promise<void> {
    await this.on.query(
      `UPDATE workflow.escalation e SET fired = r.fired, idle_fired = r.idle_fired, last_idle_at = r.last_idle_at,
         acknowledged_at = r.acknowledged_at, acknowledged_by = r.acknowledged_by, acknowledged_by_id = r.acknowledged_by_id,
         ended_at = r.ended_at, ended_reason = r.ended_reason, next_move_at = r.next_move_at
       FROM unnest($1::uuid[], $2::int[], $3::int[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::uuid[], $8::timestamptz[],
         $9::text[], $10::timestamptz[])
         AS r(id, fired, idle_fired, last_idle_at, acknowledged_at, acknowledged_by, acknowledged_by_id, ended_at, ended_reason, next_move_at)
       WHERE e.escalation_id = r.id`,
      [
        rows.map(({ id }) => id),
        rows.map(({ state }) => state.fired),
        rows.map(({ state }) => state.idleFired),
        rows.map(({ state }) => state.lastIdleAt),
        rows.map(({ state }) => state.acknowledgedAt),
        rows.map((row) => row.acknowledgedBy),
        rows.map((row) => row.acknowledgedById),
        rows.map(({ state }) => state.endedAt),
        rows.map((row) => row.endedReason),
        rows.map((row) => row.nextMoveAt),
      ],
    );
  }

  /** Notes moves. Returns the keys (moveKey) of those that were not made before. */
  async addMoves(moves: readonly MoveRow[]): Promise<Set<string>> {
    if (moves.length === 0) return new Set();
    const rows = await this.on.query<{ id: string; kind: MoveRow['kind']; index: number }>(
      `INSERT INTO workflow.escalation_move (escalation_id, kind, index, scheduled_at, made_at, late, reason, told, comment, made_by)
       SELECT id, kind, index, scheduled_at, made_at, late, reason, string_to_array(told, ',')::uuid[], comment, made_by
       FROM unnest($1::uuid[], $2::text[], $3::int[], $4::timestamptz[], $5::timestamptz[], $6::boolean[], $7::text[], $8::text[], $9::text[],
         $10::text[]) AS m(id, kind, index, scheduled_at, made_at, late, reason, told, comment, made_by)
       ON CONFLICT DO NOTHING RETURNING escalation_id AS id, kind, index`,
      [
        moves.map((m) => m.escalationId),
        moves.map((m) => m.kind),
        moves.map((m) => m.index),
        moves.map((m) => m.scheduledAt),
        moves.map((m) => m.madeAt),
        moves.map((m) => m.late),
        moves.map((m) => m.reason),
        moves.map((m) => m.told.join(',')),
        moves.map((m) => m.comment),
        moves.map((m) => m.madeBy),
      ],
    );
    return new Set(rows.map(({ id, kind, index }) => moveKey(id, kind, index)));
  }

  movesOf(ids: readonly string[]): Promise<MoveRow[]> {
    return this.on.query<MoveRow>(
      `SELECT ${MOVE} FROM workflow.escalation_move WHERE escalation_id = ANY($1) ORDER BY made_at, kind, index`,
      [ids],
    );
  }

  async nextMoveAt(): Promise<Date | null> {
    const [row] = await this.on.query<{ at: Date | null }>(
      `SELECT min(next_move_at) AS at FROM workflow.escalation WHERE next_move_at IS NOT NULL`,
    );
    return row!.at;
  }

  /** Lets the engine look at these at once, whatever was noted. */
  async wake(ids: readonly string[], at: Date): Promise<void> {
    await this.on.query(`UPDATE workflow.escalation SET next_move_at = $2 WHERE escalation_id = ANY($1) AND ended_at IS NULL`, [ids, at]);
  }

  /** Undecided alerts raised before an instant for which nothing climbs. */
  bareAlerts(before: Date, most: number): Promise<{ id: string; title: string; severity: SeverityLevel; raisedAt: Date }[]> {
    return this.on.query(
      `SELECT a.alert_id AS id, a.title, a.suggested_severity AS severity, a.raised_at AS "raisedAt" FROM workflow.alert a
       WHERE a.state IN ('open', 'seen') AND a.raised_at < $1
         AND NOT EXISTS (SELECT 1 FROM workflow.escalation e WHERE e.alert_id = a.alert_id) ORDER BY a.raised_at LIMIT $2`,
      [before, most],
    );
  }

  /** Unmet clocks whose breach was told between two instants, and for which nothing climbs. */
  async bareClocks(from: Date, before: Date, most: number): Promise<string[]> {
    const rows = await this.on.query<{ id: string }>(
      `SELECT s.deadline_id AS id FROM workflow.deadline_step s JOIN workflow.deadline d USING (deadline_id)
       WHERE s.kind = 'breach' AND s.fired_at >= $1 AND s.fired_at < $2 AND d.met_at IS NULL AND d.cancelled_at IS NULL AND s.scheduled_at >= d.due_at
         AND NOT EXISTS (SELECT 1 FROM workflow.escalation e
           WHERE e.deadline_id = d.deadline_id AND e.matter = 'clock-breached' AND e.born_at >= d.due_at)
       ORDER BY s.fired_at LIMIT $3`,
      [from, before, most],
    );
    return rows.map(({ id }) => id);
  }
}

/** Names a move for ever. */
export function moveKey(escalationId: string, kind: MoveRow['kind'], index: number): string {
  return `${escalationId}:${kind}:${index}`;
}

function toRow(flat: Flat): EscalationRow {
  const { fired, idleFired, lastIdleAt, acknowledgedAt, endedAt, ...row } = flat;
  return { ...row, state: { bornAt: row.bornAt, fired, acknowledgedAt, touchedAt: null, idleFired, lastIdleAt, endedAt } };
}
