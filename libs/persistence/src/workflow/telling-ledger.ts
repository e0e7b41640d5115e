import type { SeverityLevel } from '@huiying/domain';
import type { Queries } from '../database.js';
import { Conditions, COUNTED_AT_MOST, likePattern, readCursor, totalOf, writeCursor } from './conditions.js';
import type { DeliveryState } from './notices.js';
import type { RowPage } from './opinions.js';

/** One notice to one person, and what became of it (通知台账). */
export interface ToldRow {
  id: string;
  fact: string;
  recipientId: string;
  recipientName: string;
  recipientDepartmentId: string | null;
  urgency: 'normal' | 'urgent';
  severity: SeverityLevel | null;
  title: string;
  body: string;
  link: string;
  caseId: string | null;
  /** Asked. */
  requestedAt: Date;
  readAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  deliveries: {
    channel: string;
    state: DeliveryState;
    attempts: number;
    /** Sent: the first and the last attempt. */
    firstAttemptAt: string | null;
    sentAt: string | null;
    nextAttemptAt: string | null;
    /** Accepted, failed or skipped. */
    at: string | null;
    detail: string | null;
  }[];
}

export interface ToldFilter {
  caseId?: string | undefined;
  /** With caseId: the alert it came from, whose notices belong to it too. */
  alertId?: string | undefined;
  recipientId?: string | undefined;
  channel?: string | undefined;
  /** failed: refused on every channel tried or still retrying; waiting: held or not yet sent; unread and unacknowledged: of what is urgent. */
  state?: 'failed' | 'waiting' | 'unread' | 'unacknowledged' | 'acknowledged' | undefined;
  urgency?: 'normal' | 'urgent' | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  q?: string | undefined;
}

const has = (states: string) =>
  `EXISTS (SELECT 1 FROM workflow.delivery d WHERE d.notice_id = n.notice_id AND d.channel <> 'console' AND d.state IN (${states}))`;
const STATES: Record<NonNullable<ToldFilter['state']>, string> = {
  failed: has(`'refused', 'retrying'`),
  waiting: has(`'pending', 'held'`),
  unread: `n.read_at IS NULL`,
  unacknowledged: `n.urgency = 'urgent' AND n.acknowledged_at IS NULL`,
  acknowledged: `n.acknowledged_at IS NOT NULL`,
};
const COLUMNS = `n.notice_id AS id, n.fact, n.recipient_id AS "recipientId", p.name AS "recipientName", p.department_id AS "recipientDepartmentId",
  n.urgency, n.severity, n.title, n.body, n.link, n.case_id AS "caseId", n.requested_at AS "requestedAt", n.read_at AS "readAt",
  n.acknowledged_at AS "acknowledgedAt", n.acknowledged_by AS "acknowledgedBy",
  (SELECT json_agg(json_build_object('channel', channel, 'state', state, 'attempts', attempts, 'firstAttemptAt', first_attempt_at,
     'sentAt', sent_at, 'nextAttemptAt', next_attempt_at, 'at', at, 'detail', detail) ORDER BY channel <> 'console', COALESCE(first_attempt_at, at), channel)
   FROM workflow.delivery d WHERE d.notice_id = n.notice_id) AS deliveries`;

/** Who was told what, over what, and whether they heard it. */
export class TellingLedger {
  constructor(private readonly on: Queries) {}

  /** Newest first. */
  async page(filter: ToldFilter, cursor: string | null, most: number): Promise<RowPage<ToldRow>> {
    const conditions = new Conditions()
      .add(filter.recipientId, (p) => `n.recipient_id = ${p}`)
      .add(filter.channel, (p) => `EXISTS (SELECT 1 FROM workflow.delivery d WHERE d.notice_id = n.notice_id AND d.channel = ${p})`)
      .add(filter.urgency, (p) => `n.urgency = ${p}`)
      .add(filter.from, (p) => `n.requested_at >= ${p}`)
      .add(filter.to, (p) => `n.requested_at < ${p}`)
      .add(filter.q ? likePattern(filter.q) : null, (p) => `(n.title ILIKE ${p} OR n.body ILIKE ${p} OR p.name ILIKE ${p})`);
    if (filter.caseId !== undefined) {
      const id = conditions.parameter(filter.caseId);
      const alert = filter.alertId === undefined ? null : conditions.parameter(`alert:${filter.alertId}:%`);
      conditions.always(alert === null ? `n.case_id = ${id}` : `(n.case_id = ${id} OR n.fact LIKE ${alert})`);
    }
    if (filter.state !== undefined) conditions.always(STATES[filter.state]);
    const from = `workflow.notice n JOIN workflow.person p ON p.person_id = n.recipient_id`;
    const [counted] = await this.on.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT 1 FROM ${from} ${conditions.where} LIMIT ${COUNTED_AT_MOST + 1}) t`,
      conditions.parameters,
    );
    const after = readCursor(cursor, 'instant', 'uuid');
    if (after) {
      const [at, id] = after.map((value) => conditions.parameter(value));
      conditions.always(`(n.requested_at, n.notice_id) < (${at}::timestamptz, ${id}::uuid)`);
    }
    const rows = await this.on.query<ToldRow>(
      `SELECT ${COLUMNS} FROM ${from} ${conditions.where} ORDER BY n.requested_at DESC, n.notice_id DESC LIMIT ${most + 1}`,
      conditions.parameters,
    );
    const items = rows.slice(0, most).map((row) => ({ ...row, deliveries: row.deliveries ?? [] }));
    const last = items.at(-1);
    const next = rows.length > most && last ? writeCursor([last.requestedAt.toISOString(), last.id]) : null;
    return { items, next, total: totalOf(counted!.n) };
  }
}
