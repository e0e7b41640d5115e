import type { Queries } from '../database.js';

export interface AuditEntry {
  at: Date;
  /** null where nobody was known, e.g. a failed login. */
  personId: string | null;
  who: string;
  /** What was done, e.g. alert.confirm. */
  action: string;
  /** What it was done to, e.g. alert:ID. */
  subject: string;
  /** From where: the address of the client, or the part of the system. */
  origin: string;
  detail?: Record<string, unknown>;
}

/** The audit trail (审计日志). The table refuses every change of a row. */
export class AuditTrail {
  constructor(private readonly on: Queries) {}

  async add(entry: AuditEntry): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.audit (at, person_id, who, action, subject, origin, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [entry.at, entry.personId, entry.who, entry.action, entry.subject, entry.origin, JSON.stringify(entry.detail ?? {})],
    );
  }

  of(subject: string): Promise<AuditEntry[]> {
    return this.on.query<AuditEntry>(
      `SELECT at, person_id AS "personId", who, action, subject, origin, detail FROM workflow.audit WHERE subject = $1 ORDER BY audit_id`,
      [subject],
    );
  }
}
