import type { Queries } from '../database.js';
import { COUNTED_AT_MOST, Conditions, readCursor, totalOf, writeCursor } from './conditions.js';
import type { RowPage } from './opinions.js';

export interface NewNotice {
  id: string;
  fact: string;
  recipientId: string;
  urgency: 'normal' | 'urgent';
  title: string;
  body: string;
  link: string;
  caseId: string | null;
  requestedAt: Date;
}

export type DeliveryState = 'pending' | 'accepted' | 'retrying' | 'refused';

export interface DeliveryRow {
  channel: string;
  state: DeliveryState;
  at: Date | null;
  detail: string | null;
}

export interface NoticeRow extends NewNotice {
  readAt: Date | null;
  deliveries: DeliveryRow[];
}

export interface NewDelivery {
  noticeId: string;
  channel: string;
  address: string | null;
  state: DeliveryState;
  /** null = nothing left to do. */
  nextAttemptAt: Date | null;
  at: Date | null;
}

/** A delivery taken for sending, with all that the channel needs. */
export interface ClaimedDelivery {
  noticeId: string;
  channel: string;
  address: string;
  attempts: number;
  firstAttemptAt: Date;
  notice: Omit<NewNotice, 'requestedAt' | 'recipientId'>;
  recipientName: string;
  recipientDepartmentId: string | null;
}

export interface DeliveryResult {
  noticeId: string;
  channel: string;
  state: DeliveryState;
  detail: string | null;
  at: Date;
  nextAttemptAt: Date | null;
}

const NOTICE = `n.notice_id AS id, n.fact, n.recipient_id AS "recipientId", n.urgency, n.title, n.body, n.link, n.case_id AS "caseId",
  n.requested_at AS "requestedAt"`;

/** What people were told, and by which channel it reached them. */
export class Notices {
  constructor(private readonly on: Queries) {}

  /** Every notice that was asked for, in order: what a drill prints. */
  asked(): Promise<{ recipientId: string; requestedAt: Date; urgency: string; title: string }[]> {
    return this.on.query(
      `SELECT recipient_id AS "recipientId", requested_at AS "requestedAt", urgency, title FROM workflow.notice
       ORDER BY requested_at, title, recipient_id`,
    );
  }

  /** Keeps notices; the same fact for the same person is kept once. Returns the ids that are new. */
  async add(notices: readonly NewNotice[]): Promise<Set<string>> {
    const rows = await this.on.query<{ id: string }>(
      `INSERT INTO workflow.notice (notice_id, fact, recipient_id, urgency, title, body, link, case_id, requested_at)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::timestamptz[])
       ON CONFLICT DO NOTHING RETURNING notice_id AS id`,
      [
        notices.map((n) => n.id),
        notices.map((n) => n.fact),
        notices.map((n) => n.recipientId),
        notices.map((n) => n.urgency),
        notices.map((n) => n.title),
        notices.map((n) => n.body),
        notices.map((n) => n.link),
        notices.map((n) => n.caseId),
        notices.map((n) => n.requestedAt),
      ],
    );
    return new Set(rows.map((row) => row.id));
  }

  async addDeliveries(deliveries: readonly NewDelivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    await this.on.query(
      `INSERT INTO workflow.delivery (notice_id, channel, address, state, next_attempt_at, at)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[]) ON CONFLICT DO NOTHING`,
      [
        deliveries.map((d) => d.noticeId),
        deliveries.map((d) => d.channel),
        deliveries.map((d) => d.address),
        deliveries.map((d) => d.state),
        deliveries.map((d) => d.nextAttemptAt),
        deliveries.map((d) => d.at),
      ],
    );
  }

  /**
   * Takes deliveries that are due and keeps them from others until `leaseUntil`: should this process die while it sends,
   * they are tried again then, under the same message id.
   */
  claimDeliveries(channels: readonly string[], now: Date, leaseUntil: Date, most: number): Promise<ClaimedDelivery[]> {
    return this.on.query<ClaimedDelivery>(
      `WITH due AS (
         SELECT notice_id, channel FROM workflow.delivery WHERE next_attempt_at <= $1 AND channel = ANY($2)
         ORDER BY next_attempt_at LIMIT $4 FOR UPDATE SKIP LOCKED),
       taken AS (
         UPDATE workflow.delivery d SET next_attempt_at = $3, attempts = attempts + 1, first_attempt_at = COALESCE(first_attempt_at, $1)
         FROM due WHERE d.notice_id = due.notice_id AND d.channel = due.channel
         RETURNING d.notice_id, d.channel, d.address, d.attempts, d.first_attempt_at)
       SELECT t.notice_id AS "noticeId", t.channel, t.address, t.attempts, t.first_attempt_at AS "firstAttemptAt", p.name AS "recipientName",
         p.department_id AS "recipientDepartmentId",
         json_build_object('id', n.notice_id, 'fact', n.fact, 'urgency', n.urgency, 'title', n.title, 'body', n.body, 'link', n.link,
           'caseId', n.case_id) AS notice
       FROM taken t JOIN workflow.notice n ON n.notice_id = t.notice_id JOIN workflow.person p ON p.person_id = n.recipient_id
       ORDER BY n.urgency = 'normal', n.requested_at`,
      [now, channels, leaseUntil, most],
    );
  }

  async settleDelivery(result: DeliveryResult): Promise<void> {
    await this.on.query(
      `UPDATE workflow.delivery SET state = $3, detail = $4, at = $5, next_attempt_at = $6 WHERE notice_id = $1 AND channel = $2`,
      [result.noticeId, result.channel, result.state, result.detail, result.at, result.nextAttemptAt],
    );
  }

  /** When a delivery of these channels is next due. */
  async nextAttemptAt(channels: readonly string[]): Promise<Date | null> {
    const [row] = await this.on.query<{ at: Date | null }>(
      `SELECT min(next_attempt_at) AS at FROM workflow.delivery WHERE next_attempt_at IS NOT NULL AND channel = ANY($1)`,
      [channels],
    );
    return row!.at;
  }

  async page(recipientId: string, unread: boolean, cursor: string | null, most: number): Promise<RowPage<NoticeRow>> {
    const conditions = new Conditions().add(recipientId, (p) => `n.recipient_id = ${p}`);
    if (unread) conditions.always('n.read_at IS NULL');
    const [counted] = await this.on.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT 1 FROM workflow.notice n ${conditions.where} LIMIT ${COUNTED_AT_MOST + 1}) t`,
      conditions.parameters,
    );
    const after = readCursor(cursor, 2);
    if (after) {
      const [at, id] = after.map((value) => conditions.parameter(value));
      conditions.always(`(n.requested_at, n.notice_id) < (${at}::timestamptz, ${id}::uuid)`);
    }
    const rows = await this.on.query<
      Omit<NoticeRow, 'deliveries'> & { deliveries: (Omit<DeliveryRow, 'at'> & { at: string | null })[] | null }
    >(
      `SELECT ${NOTICE}, n.read_at AS "readAt",
         (SELECT json_agg(json_build_object('channel', channel, 'state', state, 'at', at, 'detail', detail) ORDER BY channel)
          FROM workflow.delivery d WHERE d.notice_id = n.notice_id) AS deliveries
       FROM workflow.notice n ${conditions.where} ORDER BY n.requested_at DESC, n.notice_id DESC LIMIT ${most + 1}`,
      conditions.parameters,
    );
    const items = rows.slice(0, most).map((row) => ({
      ...row,
      deliveries: (row.deliveries ?? []).map((d) => ({ ...d, at: d.at === null ? null : new Date(d.at) })),
    }));
    const last = items[items.length - 1];
    const next = rows.length > most && last ? writeCursor([last.requestedAt.toISOString(), last.id]) : null;
    return { items, next, total: totalOf(counted!.n) };
  }

  /** @returns whether the notice is this person's */
  async markRead(id: string, recipientId: string, at: Date): Promise<boolean> {
    const rows = await this.on.query(
      `UPDATE workflow.notice SET read_at = COALESCE(read_at, $3) WHERE notice_id = $1 AND recipient_id = $2 RETURNING 1`,
      [id, recipientId, at],
    );
    return rows.length > 0;
  }

  async markAllRead(recipientId: string, at: Date): Promise<void> {
    await this.on.query(`UPDATE workflow.notice SET read_at = $2 WHERE recipient_id = $1 AND read_at IS NULL`, [recipientId, at]);
  }
}
