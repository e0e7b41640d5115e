import type { SeverityLevel } from '@huiying/domain';
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
  /** Null where the fact has none. */
  severity: SeverityLevel | null;
  requestedAt: Date;
}

/** held = until the end of quiet hours; skipped = another channel reached the person first. */
export type DeliveryState = 'pending' | 'held' | 'accepted' | 'retrying' | 'refused' | 'skipped';

export interface DeliveryRow {
  channel: string;
  state: DeliveryState;
  at: Date | null;
  detail: string | null;
}

export interface NoticeRow extends NewNotice {
  readAt: Date | null;
  acknowledgedAt: Date | null;
  deliveries: DeliveryRow[];
}

const NOTICE = `n.notice_id AS id, n.fact, n.recipient_id AS "recipientId", n.urgency, n.title, n.body, n.link, n.case_id AS "caseId",
  n.severity, n.requested_at AS "requestedAt"`;

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
    const rows = await this.on.prepared<{ id: string }>(
      `INSERT INTO workflow.notice (notice_id, fact, recipient_id, urgency, title, body, link, case_id, severity, requested_at)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::text[],
         $10::timestamptz[])
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
        notices.map((n) => n.severity),
        notices.map((n) => n.requestedAt),
      ],
    );
    return new Set(rows.map((row) => row.id));
  }

  async page(recipientId: string, unread: boolean, cursor: string | null, most: number): Promise<RowPage<NoticeRow>> {
    const conditions = new Conditions().add(recipientId, (p) => `n.recipient_id = ${p}`);
    if (unread) conditions.always('n.read_at IS NULL');
    const [counted] = await this.on.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT 1 FROM workflow.notice n ${conditions.where} LIMIT ${COUNTED_AT_MOST + 1}) t`,
      conditions.parameters,
    );
    const after = readCursor(cursor, 'instant', 'uuid');
    if (after) {
      const [at, id] = after.map((value) => conditions.parameter(value));
      conditions.always(`(n.requested_at, n.notice_id) < (${at}::timestamptz, ${id}::uuid)`);
    }
    const rows = await this.on.query<
      Omit<NoticeRow, 'deliveries'> & { deliveries: (Omit<DeliveryRow, 'at'> & { at: string | null })[] | null }
    >(
      `SELECT ${NOTICE}, n.read_at AS "readAt", n.acknowledged_at AS "acknowledgedAt",
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

  /** A notice, whosever it is. */
  async find(id: string): Promise<(NewNotice & { acknowledgedAt: Date | null }) | null> {
    const [row] = await this.on.query<NewNotice & { acknowledgedAt: Date | null }>(
      `SELECT ${NOTICE}, n.acknowledged_at AS "acknowledgedAt" FROM workflow.notice n WHERE n.notice_id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** 确认, which is reading it too; the first time counts. Returns whether this was the first. @param by console, or link */
  async acknowledge(id: string, by: 'console' | 'link', at: Date): Promise<boolean> {
    const rows = await this.on.query(
      `UPDATE workflow.notice SET acknowledged_at = $2, acknowledged_by = $3, read_at = COALESCE(read_at, $2)
       WHERE notice_id = $1 AND acknowledged_at IS NULL RETURNING 1`,
      [id, at, by],
    );
    return rows.length > 0;
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
