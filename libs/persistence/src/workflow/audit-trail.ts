import { createHash } from 'node:crypto';
import type { Database, Queries } from '../database.js';
import { rowSource, type SourceColumn } from './row-source.js';

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

/** What is wrong with the chain, at which row. */
export interface AuditFault {
  position: number | null;
  auditId: string | null;
  what: 'row-gone' | 'row-changed' | 'seal-gone' | 'row-without-seal';
}

export interface AuditVerdict {
  sealed: number;
  /** Rows committed and not sealed yet; they are sealed within seconds while the service runs. */
  waiting: number;
  /** SHA-256 (hex) of the last seal: noted elsewhere, it proves that the chain was not written anew. Null for an empty trail. */
  head: string | null;
  faults: AuditFault[];
}

interface SealedText {
  position: string;
  auditId: string;
  text: string[] | null;
  hash: Buffer;
}

/** Rows of one turn of sealing; fewer were all there was. */
export const SEALED_AT_ONCE = 500;
const READ_AT_ONCE = 5_000;
const FAULTS_TOLD = 100;
const NO_SEAL: Buffer = Buffer.alloc(32);
/** A row as text: to the microsecond, detail as PostgreSQL writes it. */
const TEXT = `ARRAY[a.audit_id::text, to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), COALESCE(a.person_id::text, ''), a.who,
  a.action, a.subject, a.origin, a.detail::text]`;

/** The audit trail (审计日志). The table refuses every change of a row; a chain of hashes shows one that was forced. */
export class AuditTrail {
  constructor(private readonly on: Queries) {}

  async add(entry: AuditEntry): Promise<void> {
    const parameters: unknown[] = [];
    const insert = auditInsert([entry], (value) => `$${parameters.push(value)}`);
    await this.on.query(`WITH added AS (${insert}) INSERT INTO workflow.audit_unsealed SELECT audit_id FROM added`, parameters);
  }

  of(subject: string): Promise<AuditEntry[]> {
    return this.on.query<AuditEntry>(
      `SELECT at, person_id AS "personId", who, action, subject, origin, detail FROM workflow.audit WHERE subject = $1 ORDER BY audit_id`,
      [subject],
    );
  }

  /** Seals committed rows in their order. One process at a time; another finds nothing to do. Returns how many. */
  static seal(database: Database): Promise<number> {
    return database.transaction(async (tx) => {
      const [lock] = await tx.query<{ got: boolean }>(`SELECT pg_try_advisory_xact_lock(hashtext('huiying.audit')) AS got`);
      if (!lock!.got) return 0;
      // One by one from the trail: joined as a whole, the server would read all of it for the few that wait.
      const rows = await tx.query<{ auditId: string; text: string[] }>(
        `WITH taken AS (
           DELETE FROM workflow.audit_unsealed WHERE audit_id IN (SELECT audit_id FROM workflow.audit_unsealed ORDER BY audit_id LIMIT $1)
           RETURNING audit_id)
         SELECT t."auditId", t.text FROM taken, LATERAL (
           SELECT a.audit_id, a.audit_id::text AS "auditId", ${TEXT} AS text FROM workflow.audit a WHERE a.audit_id = taken.audit_id OFFSET 0) t
         ORDER BY t.audit_id`,
        [SEALED_AT_ONCE],
      );
      if (rows.length === 0) return 0;
      const [last] = await tx.query<{ position: string; hash: Buffer }>(
        `SELECT position::text, hash FROM workflow.audit_seal ORDER BY audit_seal.position DESC LIMIT 1`,
      );
      let hash = last?.hash ?? NO_SEAL;
      const hashes = rows.map((row) => (hash = sealOf(hash, row.text)));
      await tx.query(
        `INSERT INTO workflow.audit_seal (position, audit_id, hash)
         SELECT $1::bigint + n, id, hash FROM unnest($2::bigint[], $3::bytea[]) WITH ORDINALITY AS t(id, hash, n)`,
        [last?.position ?? '0', rows.map((row) => row.auditId), hashes],
      );
      return rows.length;
    });
  }

  /** Whether a seal noted earlier is still in the chain. */
  async hasSeal(hash: string): Promise<boolean> {
    return (await this.on.query(`SELECT 1 FROM workflow.audit_seal WHERE hash = decode($1, 'hex') LIMIT 1`, [hash])).length > 0;
  }

  /** Recomputes the whole chain. Up to 100 faults are told. */
  async verify(): Promise<AuditVerdict> {
    const faults: AuditFault[] = [];
    let hash: Buffer = NO_SEAL;
    let position = 0;
    for (;;) {
      const page = await this.on.query<SealedText>(
        `SELECT s.position::text, s.audit_id::text AS "auditId", s.hash, CASE WHEN a.audit_id IS NULL THEN NULL ELSE ${TEXT} END AS text
         FROM workflow.audit_seal s LEFT JOIN workflow.audit a USING (audit_id)
         WHERE s.position > $1 ORDER BY s.position LIMIT ${READ_AT_ONCE}`,
        [position],
      );
      for (const row of page) {
        const at = Number(row.position);
        if (at !== position + 1) faults.push({ position: position + 1, auditId: null, what: 'seal-gone' });
        else if (row.text === null) faults.push({ position: at, auditId: row.auditId, what: 'row-gone' });
        else if (!sealOf(hash, row.text).equals(row.hash)) faults.push({ position: at, auditId: row.auditId, what: 'row-changed' });
        // What follows is judged by the seal as it stands: one fault is told once.
        [hash, position] = [row.hash, at];
      }
      if (page.length < READ_AT_ONCE || faults.length >= FAULTS_TOLD) break;
    }
    const [outside] = await this.on.query<{ waiting: number; strays: string[] }>(
      `SELECT (SELECT count(*)::int FROM workflow.audit_unsealed) AS waiting,
         ARRAY(SELECT a.audit_id::text FROM workflow.audit a WHERE NOT EXISTS (SELECT 1 FROM workflow.audit_seal s WHERE s.audit_id = a.audit_id)
           AND NOT EXISTS (SELECT 1 FROM workflow.audit_unsealed u WHERE u.audit_id = a.audit_id) ORDER BY 1 LIMIT ${FAULTS_TOLD}) AS strays`,
    );
    faults.push(...outside!.strays.map((auditId) => ({ position: null, auditId, what: 'row-without-seal' as const })));
    return {
      sealed: position,
      waiting: outside!.waiting,
      head: position === 0 ? null : hash.toString('hex'),
      faults: faults.slice(0, FAULTS_TOLD),
    };
  }
}

function sealOf(before: Buffer, row: readonly string[]): Buffer {
  return createHash('sha256').update(before).update(JSON.stringify(row)).digest();
}

/** What is written gives its audit_id: each must go into audit_unsealed. @param place notes a parameter and gives its placeholder */
const AUDIT_ROW: readonly SourceColumn<AuditEntry>[] = [
  [(e) => e.at, 'timestamptz'],
  [(e) => e.personId, 'uuid'],
  [(e) => e.who, 'text'],
  [(e) => e.action, 'text'],
  [(e) => e.subject, 'text'],
  [(e) => e.origin, 'text'],
  [(e) => JSON.stringify(e.detail ?? {}), 'jsonb'],
];

export function auditInsert(entries: readonly AuditEntry[], place: (value: unknown) => string): string {
  return `INSERT INTO workflow.audit (at, person_id, who, action, subject, origin, detail)
    SELECT * FROM ${rowSource(entries, AUDIT_ROW, place)} AS t RETURNING audit_id`;
}
