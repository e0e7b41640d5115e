import type { Queries } from '../database.js';

export interface Finding {
  kind: 'step-missing' | 'clock-wrong' | 'clock-missing' | 'outbox-stuck' | 'delivery-stuck' | 'escalation-missing';
  /** e.g. deadline:ID */
  subject: string;
  text: string;
  /** Put right in the same pass. */
  repaired: boolean;
}

export interface AuditorRound {
  passedAt: Date | null;
  isClean: boolean | null;
  summary: Record<string, number>;
  deadlineCursor: string | null;
  caseCursor: string | null;
}

/** What the auditor asks the tables, where it stands, and what it found. */
export class AuditorRounds {
  constructor(private readonly on: Queries) {}

  /** The round, locked until the transaction ends; null where another auditor has it. */
  async take(): Promise<AuditorRound | null> {
    const [row] = await this.on.query<AuditorRound>(`${ROUND} FOR UPDATE SKIP LOCKED`);
    return row ?? null;
  }

  async look(): Promise<AuditorRound> {
    return (await this.on.query<AuditorRound>(ROUND))[0]!;
  }

  async keep({ passedAt, isClean, summary, deadlineCursor, caseCursor }: AuditorRound): Promise<void> {
    await this.on.query(
      `UPDATE workflow.auditor_round SET passed_at = $1, is_clean = $2, summary = $3, deadline_cursor = $4, case_cursor = $5`,
      [passedAt, isClean, JSON.stringify(summary), deadlineCursor, caseCursor],
    );
  }

  async addFindings(at: Date, findings: readonly Finding[]): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.auditor_finding (at, kind, subject, text, repaired)
       SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::boolean[])`,
      [at, findings.map((f) => f.kind), findings.map((f) => f.subject), findings.map((f) => f.text), findings.map((f) => f.repaired)],
    );
  }

  findings(most: number): Promise<(Finding & { at: Date })[]> {
    return this.on.query(`SELECT at, kind, subject, text, repaired FROM workflow.auditor_finding ORDER BY finding_id DESC LIMIT $1`, [
      most,
    ]);
  }

  /** Clocks with a step that was due before `before` and was not fired; whether it is owed, the domain decides. */
  async waitingSince(before: Date, most: number): Promise<string[]> {
    const rows = await this.on.query<{ id: string }>(
      `SELECT s.deadline_id AS id FROM workflow.deadline_step s JOIN workflow.deadline d USING (deadline_id)
       WHERE s.fired_at IS NULL AND s.cancelled_at IS NULL AND s.scheduled_at <= $1 AND d.cancelled_at IS NULL
         AND (d.met_at IS NULL OR d.met_at > d.due_at) AND (d.pauses = '[]' OR d.pauses -> -1 ->> 'to' IS NOT NULL)
       GROUP BY 1 ORDER BY min(s.scheduled_at), 1 LIMIT $2`,
      [before, most],
    );
    return rows.map(({ id }) => id);
  }

  /** Open cases after `cursor` that have no clock of a first response, which every case owes. */
  async casesWithoutClock(cursor: string | null, most: number): Promise<{ ids: string[]; next: string | null }> {
    const rows = await this.on.query<{ id: string; bare: boolean }>(
      `SELECT c.case_id AS id, NOT EXISTS (SELECT 1 FROM workflow.deadline d
         WHERE d.case_id = c.case_id AND d.rule->>'milestone' = 'first-response') AS bare
       FROM workflow.case_file c WHERE c.closed_at IS NULL AND c.state <> 'merged' AND ($1::uuid IS NULL OR c.case_id > $1) ORDER BY c.case_id LIMIT $2`,
      [cursor, most],
    );
    return { ids: rows.filter(({ bare }) => bare).map(({ id }) => id), next: rows.length < most ? null : rows.at(-1)!.id };
  }

  /** Events that wait to go out, and deliveries that wait to be tried, longer than since `before`. */
  async stuck(before: Date): Promise<{ events: number; deliveries: number }> {
    const [row] = await this.on.query<{ events: number; deliveries: number }>(
      `SELECT (SELECT count(*)::int FROM workflow.outbox_unsent u JOIN workflow.outbox o USING (position) WHERE o.occurred_at < $1) AS events,
         (SELECT count(*)::int FROM workflow.delivery WHERE next_attempt_at < $1
           AND (lease_until IS NULL OR lease_until <= clock_timestamp())) AS deliveries`,
      [before],
    );
    return row!;
  }

  /** Lets the engine look at these clocks at once, whatever was noted as their next step. */
  async wake(ids: readonly string[], at: Date): Promise<void> {
    await this.on.query(
      `UPDATE workflow.deadline SET next_step_at = $2 WHERE deadline_id = ANY($1) AND (next_step_at IS NULL OR next_step_at > $2)`,
      [ids, at],
    );
  }
}

const ROUND = `SELECT passed_at AS "passedAt", is_clean AS "isClean", summary, deadline_cursor AS "deadlineCursor", case_cursor AS "caseCursor"
  FROM workflow.auditor_round`;
