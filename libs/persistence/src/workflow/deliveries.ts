import type { SeverityLevel } from '@huiying/domain';
import type { Queries } from '../database.js';
import type { DeliveryState } from './notices.js';

export interface NewDelivery {
  noticeId: string;
  channel: string;
  address: string | null;
  state: DeliveryState;
  /** null = nothing left to do. */
  nextAttemptAt: Date | null;
  at: Date | null;
}

/** One notice of a message that is taken for sending. */
export interface ClaimedNotice {
  id: string;
  fact: string;
  urgency: 'normal' | 'urgent';
  severity: SeverityLevel | null;
  title: string;
  body: string;
  link: string;
  caseId: string | null;
  attempts: number;
  firstAttemptAt: Date;
}

/** Notices to one person that go out as one message, the urgent first. */
export interface ClaimedBundle {
  /** The same at every attempt. */
  bundleId: string;
  channel: string;
  address: string;
  recipientId: string;
  recipientName: string;
  recipientDepartmentId: string | null;
  /** Whoever took it before died without an answer: it may have gone out. */
  isRepeat: boolean;
  notices: ClaimedNotice[];
}

export interface DeliveryResult {
  noticeId: string;
  channel: string;
  state: DeliveryState;
  detail: string | null;
  at: Date;
  nextAttemptAt: Date | null;
}

/** Longer than five messages in a row take where each waits as long as its channel lets it. */
const LEASE = '2 minutes';
/** Notices that one message carries at most. */
const BUNDLED_AT_MOST = 20;

/** What goes out to whom over which channel, and what became of it. */
export class Deliveries {
  constructor(private readonly on: Queries) {}

  /** Adds deliveries; one that is there already is left as it is. */
  async add(deliveries: readonly NewDelivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    await this.on.write(
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
   * Takes up to `most` messages of a channel that are due, and keeps them from others for two minutes of the database's clock, whatever
   * the Clock of this process says: should it die while it sends, the same messages are sent again then, under the same id.
   * What is due to one person is one message. Call it under the channel's lock.
   */
  async claim(channel: string, now: Date, most: number): Promise<ClaimedBundle[]> {
    const rows = await this.on.query<
      Omit<ClaimedBundle, 'notices'> & { notice: Omit<ClaimedNotice, 'firstAttemptAt'>; firstAttemptAt: Date }
    >(
      `WITH due AS (
         SELECT d.notice_id, d.bundle_id, COALESCE(d.bundle_id, n.recipient_id) AS message, n.urgency, n.requested_at, d.next_attempt_at,
           d.lease_until IS NOT NULL AS is_repeat,
           first_value(d.notice_id) OVER of_message AS first_id, row_number() OVER of_message AS place
         FROM workflow.delivery d JOIN workflow.notice n USING (notice_id)
         WHERE d.channel = $1 AND d.next_attempt_at <= $2 AND (d.lease_until IS NULL OR d.lease_until <= clock_timestamp())
         WINDOW of_message AS (PARTITION BY COALESCE(d.bundle_id, n.recipient_id), d.bundle_id IS NULL
           ORDER BY n.urgency = 'normal', n.requested_at, d.notice_id)),
       messages AS (
         SELECT message, bundle_id IS NULL AS fresh FROM due WHERE place <= ${BUNDLED_AT_MOST}
         GROUP BY 1, 2 ORDER BY bool_or(urgency = 'urgent') DESC, min(next_attempt_at), message LIMIT $3),
       taken AS (
         UPDATE workflow.delivery d SET lease_until = clock_timestamp() + interval '${LEASE}', attempts = d.attempts + 1, sent_at = $2, state = 'retrying',
           first_attempt_at = COALESCE(d.first_attempt_at, $2), bundle_id = COALESCE(d.bundle_id, due.first_id)
         FROM due JOIN messages m ON m.message = due.message AND m.fresh = (due.bundle_id IS NULL)
         WHERE d.notice_id = due.notice_id AND d.channel = $1 AND due.place <= ${BUNDLED_AT_MOST} AND d.next_attempt_at <= $2
         RETURNING d.*, due.is_repeat)
       SELECT t.bundle_id AS "bundleId", t.channel, t.address, t.first_attempt_at AS "firstAttemptAt", n.recipient_id AS "recipientId",
         p.name AS "recipientName", p.department_id AS "recipientDepartmentId", bool_or(t.is_repeat) OVER (PARTITION BY t.bundle_id) AS "isRepeat",
         json_build_object('id', n.notice_id, 'fact', n.fact, 'urgency', n.urgency, 'severity', n.severity, 'title', n.title, 'body', n.body,
           'link', n.link, 'caseId', n.case_id, 'attempts', t.attempts) AS notice
       FROM taken t JOIN workflow.notice n USING (notice_id) JOIN workflow.person p ON p.person_id = n.recipient_id
       ORDER BY n.urgency = 'normal', n.requested_at, n.notice_id`,
      [channel, now, most],
    );
    const bundles = new Map<string, ClaimedBundle>();
    for (const { notice, firstAttemptAt, ...message } of rows) {
      const bundle = bundles.get(message.bundleId) ?? { ...message, notices: [] };
      bundle.notices.push({ ...notice, firstAttemptAt });
      bundles.set(message.bundleId, bundle);
    }
    return [...bundles.values()];
  }

  /** Keeps what became of what was in hand. False where that is known already: then nothing is left to tell of it. */
  async settle(results: readonly DeliveryResult[]): Promise<boolean> {
    const settled = await this.on.query(
      `UPDATE workflow.delivery d SET state = r.state, detail = r.detail, at = r.at, next_attempt_at = r.next, lease_until = NULL
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[])
         AS r(notice_id, channel, state, detail, at, next)
       WHERE d.notice_id = r.notice_id AND d.channel = r.channel AND d.lease_until IS NOT NULL RETURNING 1`,
      [
        results.map((r) => r.noticeId),
        results.map((r) => r.channel),
        results.map((r) => r.state),
        results.map((r) => r.detail),
        results.map((r) => r.at),
        results.map((r) => r.nextAttemptAt),
      ],
    );
    return settled.length > 0;
  }

  /**
   * Claimed messages that were not come to: as if nobody had taken them, and due at once. One that somebody before us had in hand stays a
   * repeat (its lease is over, not gone), so that whoever takes it asks what became of it.
   */
  async giveBack(bundles: readonly ClaimedBundle[]): Promise<void> {
    const rows = bundles.flatMap(({ channel, isRepeat, notices }) =>
      notices.map(({ id, attempts }) => ({ id, attempts, channel, isRepeat })),
    );
    await this.on.query(
      `UPDATE workflow.delivery d SET attempts = d.attempts - 1, lease_until = CASE WHEN r."isRepeat" THEN clock_timestamp() END,
         state = CASE WHEN d.attempts > 1 THEN 'retrying' ELSE 'pending' END,
         bundle_id = CASE WHEN d.attempts > 1 THEN d.bundle_id END, sent_at = CASE WHEN d.attempts > 1 THEN d.sent_at END,
         first_attempt_at = CASE WHEN d.attempts > 1 THEN d.first_attempt_at END
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, attempts int, channel text, "isRepeat" boolean)
       WHERE d.notice_id = r.id AND d.channel = r.channel AND d.attempts = r.attempts AND d.state = 'retrying' AND d.lease_until IS NOT NULL`,
      [JSON.stringify(rows)],
    );
  }

  /** What is still tried elsewhere ends: the person was reached over another channel. Urgent notices go over every channel and stay. */
  async skipOthers(noticeIds: readonly string[], reached: string, at: Date): Promise<void> {
    await this.on.query(
      `UPDATE workflow.delivery d SET state = 'skipped', next_attempt_at = NULL, at = $3, detail = '已由其他渠道送达'
       FROM (SELECT o.notice_id, o.channel FROM workflow.delivery o JOIN workflow.notice n USING (notice_id)
         WHERE o.notice_id = ANY($1) AND n.urgency = 'normal' AND o.channel <> $2 AND o.state IN ('pending', 'held', 'retrying')
         FOR UPDATE OF o SKIP LOCKED) other
       WHERE d.notice_id = other.notice_id AND d.channel = other.channel`,
      [noticeIds, reached, at],
    );
  }

  /** Whoever acknowledged needs no further message about it. */
  async skipAll(noticeId: string, at: Date): Promise<void> {
    await this.on.query(
      `UPDATE workflow.delivery SET state = 'skipped', next_attempt_at = NULL, at = $2, detail = '本人已确认'
       WHERE notice_id = $1 AND state IN ('pending', 'held', 'retrying')`,
      [noticeId, at],
    );
  }

  /** The channels over which notices have been tried or are waiting, by notice. */
  async channelsOf(noticeIds: readonly string[]): Promise<Map<string, { channel: string; state: DeliveryState }[]>> {
    const rows = await this.on.query<{ noticeId: string; channel: string; state: DeliveryState }>(
      `SELECT notice_id AS "noticeId", channel, state FROM workflow.delivery WHERE notice_id = ANY($1)`,
      [noticeIds],
    );
    const of = new Map<string, { channel: string; state: DeliveryState }[]>(noticeIds.map((id) => [id, []]));
    for (const { noticeId, ...one } of rows) of.get(noticeId)!.push(one);
    return of;
  }

  /** How many messages wait on each channel, and since when the oldest is due. */
  async waiting(): Promise<{ channel: string; waiting: number; held: number; refused: number }[]> {
    return this.on.query(
      `SELECT channel, count(*) FILTER (WHERE state IN ('pending', 'retrying'))::int AS waiting,
         count(*) FILTER (WHERE state = 'held')::int AS held, count(*) FILTER (WHERE state = 'refused')::int AS refused
       FROM workflow.delivery WHERE channel <> 'console' AND (next_attempt_at IS NOT NULL OR state = 'refused') GROUP BY 1`,
    );
  }
}
