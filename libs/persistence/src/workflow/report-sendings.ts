import type { ReportAddressee, ReportList, SendingState } from '@huiying/domain';
import type { Queries } from '../database.js';
import type { IssueKind } from './report-issues.js';

export interface ReportListRow extends ReportList<IssueKind> {
  changedAt: Date;
  changedBy: string;
}

/** One copy for one reader, and what became of it. */
export interface ReportSendingRow {
  id: string;
  issueId: string;
  what: 'issue' | 'recall';
  /** The address in lower case, or person:ID of an account without one. */
  reader: string;
  /** 0 first; above that it was sent again by a person's wish. */
  round: number;
  personId: string | null;
  name: string;
  address: string | null;
  state: SendingState;
  askedAt: Date;
  askedBy: string;
  /** When the newest attempt began. */
  sentAt: Date | null;
  settledAt: Date | null;
  attempts: number;
  nextAttemptAt: Date | null;
  detail: string | null;
}

/** In hand: `isRepeat` where it may have gone out before we died. */
export interface ClaimedSending extends ReportSendingRow {
  isRepeat: boolean;
}

export interface SendingResult {
  state: SendingState;
  at: Date;
  nextAttemptAt: Date | null;
  detail: string;
}

const LISTS = `list_id AS id, name, kinds, readers, is_on AS "isOn", changed_at AS "changedAt", changed_by AS "changedBy"`;
const COLUMNS = `s.sending_id AS id, s.issue_id AS "issueId", s.what, s.reader, s.round, s.person_id AS "personId", s.name, s.address, s.state,
  s.asked_at AS "askedAt", s.asked_by AS "askedBy", s.sent_at AS "sentAt", s.settled_at AS "settledAt", s.attempts,
  s.next_attempt_at AS "nextAttemptAt", s.detail`;
/** By the database's clock, whatever a process thinks: a copy in hand is kept from others for so long. */
const LEASE = '2 minutes';

export class ReportLists {
  constructor(private readonly on: Queries) {}

  all(): Promise<ReportListRow[]> {
    return this.on.query(`SELECT ${LISTS} FROM workflow.report_list ORDER BY name, list_id`);
  }

  async put(row: ReportListRow): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.report_list VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (list_id) DO UPDATE SET name = excluded.name,
         kinds = excluded.kinds, readers = excluded.readers, is_on = excluded.is_on, changed_at = excluded.changed_at,
         changed_by = excluded.changed_by`,
      [row.id, row.name, JSON.stringify(row.kinds), JSON.stringify(row.readers), row.isOn, row.changedAt, row.changedBy],
    );
  }

  /** False where there is none. */
  async remove(id: string): Promise<boolean> {
    return (await this.on.query(`DELETE FROM workflow.report_list WHERE list_id = $1 RETURNING list_id`, [id])).length > 0;
  }
}

export class ReportSendings {
  constructor(private readonly on: Queries) {}

  /** Of an issue, by name. */
  of(issueId: string): Promise<ReportSendingRow[]> {
    return this.on.query(
      `SELECT ${COLUMNS} FROM workflow.report_sending s WHERE s.issue_id = $1 ORDER BY s.what, s.name, s.reader, s.round`,
      [issueId],
    );
  }

  /** Asks for a copy for each; who was asked for already, in this round, is left. Returns how many are new. */
  async ask(
    issueId: string,
    what: 'issue' | 'recall',
    asked: readonly (ReportAddressee & { id: string; round: number })[],
    by: { at: Date; name: string },
  ): Promise<number> {
    if (asked.length === 0) return 0;
    const added = await this.on.query(
      `INSERT INTO workflow.report_sending (sending_id, issue_id, what, reader, round, person_id, name, address, state, asked_at, asked_by,
         settled_at, next_attempt_at, detail)
       SELECT t.id, $1, $2, t.reader, t.round, t.person_id, t.name, t.address, CASE WHEN t.address IS NULL THEN 'failed' ELSE 'asked' END, $3, $4,
         CASE WHEN t.address IS NULL THEN $3::timestamptz END, CASE WHEN t.address IS NOT NULL THEN $3::timestamptz END,
         CASE WHEN t.address IS NULL THEN '账号没有填写邮箱' END
       FROM jsonb_to_recordset($5) AS t(id uuid, reader text, round int, person_id uuid, name text, address text)
       ON CONFLICT DO NOTHING RETURNING sending_id`,
      [
        issueId,
        what,
        by.at,
        by.name,
        JSON.stringify(
          asked.map(({ id, reader, round, personId, name, address }) => ({ id, reader, round, person_id: personId, name, address })),
        ),
      ],
    );
    return added.length;
  }

  /** What is not out yet does not go out any more. */
  async cancel(issueId: string, at: Date, detail: string): Promise<void> {
    await this.on.query(
      `UPDATE workflow.report_sending SET state = 'cancelled', settled_at = $2, next_attempt_at = NULL, detail = $3
       WHERE issue_id = $1 AND what = 'issue' AND state = 'asked'`,
      [issueId, at, detail],
    );
  }

  /** Copies that are due and in nobody's hand, the earliest first. */
  claim(now: Date, most: number): Promise<ClaimedSending[]> {
    return this.on.query(
      `WITH due AS (
         SELECT sending_id, lease_until IS NOT NULL AS is_repeat FROM workflow.report_sending
         WHERE next_attempt_at <= $1 AND (lease_until IS NULL OR lease_until <= clock_timestamp())
         ORDER BY next_attempt_at, issue_id, sending_id LIMIT $2 FOR UPDATE SKIP LOCKED)
       UPDATE workflow.report_sending s SET lease_until = clock_timestamp() + interval '${LEASE}', attempts = s.attempts + 1, sent_at = $1,
         state = 'sent'
       FROM due WHERE s.sending_id = due.sending_id RETURNING ${COLUMNS}, due.is_repeat AS "isRepeat"`,
      [now, most],
    );
  }

  async settle(id: string, { state, at, nextAttemptAt, detail }: SendingResult): Promise<void> {
    await this.on.query(
      `UPDATE workflow.report_sending SET state = $2, settled_at = $3, next_attempt_at = $4, detail = $5, lease_until = NULL
       WHERE sending_id = $1`,
      [id, state, nextAttemptAt === null ? at : null, nextAttemptAt, detail],
    );
  }
}
