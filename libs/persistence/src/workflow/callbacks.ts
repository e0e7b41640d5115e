import type { Queries } from '../database.js';
import { Conditions, likePattern, readCursor, writeCursor } from './conditions.js';

/** Something a receiver must be told of a work order. */
export interface NewCallback {
  target: string;
  orderNo: string;
  seq: number;
  /** JSON, in our own words; the receiver's adapter makes of it what is sent. */
  payload: string;
}

/** One order at one receiver, taken to be worked on: its callbacks go one after the other. */
export interface ClaimedLane {
  orderNo: string;
  attempts: number;
  failingSince: Date | null;
  /** Of the last that there is; what is left out before it may be all that there is. */
  lastSeq: number;
  callbacks: { seq: number; payload: string }[];
}

/** What became of a lane that was worked on. */
export interface LaneResult {
  orderNo: string;
  /** Sequence number up to which everything was told. */
  doneSeq: number;
  delivered: number[];
  /** The one that failed after them; null where none did. */
  failed: number | null;
  attempts: number;
  failingSince: Date | null;
  error: string | null;
  /** When the head is tried again; null where nothing waits or it is dead. */
  nextAt: Date | null;
  dead: boolean;
}

export interface TargetCounts {
  target: string;
  waiting: number;
  failing: number;
  dead: number;
  oldestWaitingAt: Date | null;
}

export interface DeadCallback {
  target: string;
  orderNo: string;
  seq: number;
  payload: string;
  createdAt: Date;
  attempts: number;
  failingSince: Date | null;
  deadAt: Date;
  error: string | null;
  /** How many more of the order wait behind it. */
  behind: number;
}

/** A callback that was left out (略过) by a person's word. */
export interface SkippedCallback {
  target: string;
  orderNo: string;
  seq: number;
  payload: string;
  skippedAt: Date;
  skippedBy: string | null;
  reason: string | null;
}

const IN_ONE_GO = 20;

/** What other systems are told of work orders: ordered by order and receiver, tried for days. */
export class Callbacks {
  constructor(private readonly on: Queries) {}

  /** In the transaction of what they tell. A lane that waits for its next try, or is dead, goes on waiting. */
  async add(callbacks: readonly NewCallback[], at: Date): Promise<void> {
    if (callbacks.length === 0) return;
    const parameters = [JSON.stringify(callbacks), at];
    await this.on.query(
      `INSERT INTO workflow.callback (target, order_no, seq, payload, created_at)
       SELECT t.target, t."orderNo", t.seq, t.payload, $2::timestamptz
       FROM jsonb_to_recordset($1::jsonb) AS t(target text, "orderNo" text, seq int, payload text)`,
      parameters,
    );
    await this.on.query(
      `INSERT INTO workflow.callback_lane AS l (target, order_no, last_seq, done_seq, next_at)
       SELECT t.target, t."orderNo", max(t.seq), min(t.seq) - 1, $2::timestamptz
       FROM jsonb_to_recordset($1::jsonb) AS t(target text, "orderNo" text, seq int) GROUP BY 1, 2 ORDER BY 1, 2
       ON CONFLICT (target, order_no) DO UPDATE SET last_seq = excluded.last_seq,
         next_at = CASE WHEN l.dead_at IS NOT NULL THEN NULL ELSE COALESCE(l.next_at, excluded.next_at) END`,
      parameters,
    );
    this.on.tell(CALLBACK_CHANNEL, '');
  }

  /** Lanes whose head may be tried, kept from other processes until the lease ends. */
  async claim(target: string, now: Date, lease: Date, most: number): Promise<ClaimedLane[]> {
    const lanes = await this.on.query<{ orderNo: string; doneSeq: number; lastSeq: number; attempts: number; failingSince: Date | null }>(
      `UPDATE workflow.callback_lane l SET next_at = $3::timestamptz
       FROM (SELECT order_no FROM workflow.callback_lane WHERE target = $1 AND next_at <= $2 ORDER BY next_at LIMIT $4 FOR UPDATE SKIP LOCKED) c
       WHERE l.target = $1 AND l.order_no = c.order_no
       RETURNING l.order_no AS "orderNo", l.done_seq AS "doneSeq", l.last_seq AS "lastSeq", l.attempts, l.failing_since AS "failingSince"`,
      [target, now, lease, most],
    );
    if (lanes.length === 0) return [];
    const rows = await this.on.query<{ orderNo: string; seq: number; payload: string }>(
      `SELECT c.order_no AS "orderNo", c.seq, c.payload FROM unnest($2::text[], $3::int[]) AS l(order_no, done),
         LATERAL (SELECT order_no, seq, payload FROM workflow.callback c
                  WHERE c.target = $1 AND c.order_no = l.order_no AND c.seq > l.done AND c.skipped_at IS NULL ORDER BY c.seq LIMIT ${IN_ONE_GO}) c`,
      [target, lanes.map((l) => l.orderNo), lanes.map((l) => l.doneSeq)],
    );
    const byOrder = new Map<string, ClaimedLane['callbacks']>();
    for (const { orderNo, seq, payload } of rows) byOrder.set(orderNo, [...(byOrder.get(orderNo) ?? []), { seq, payload }]);
    return lanes.map(({ orderNo, attempts, failingSince, lastSeq }) => ({
      orderNo,
      attempts,
      failingSince,
      lastSeq,
      callbacks: byOrder.get(orderNo) ?? [],
    }));
  }

  /**
   * Keeps what became of claimed lanes. One that got more to tell meanwhile goes on at once. One that is no longer under its lease was
   * changed by somebody (补发), or taken by another process when the lease had ended: it goes on as they left it, its attempts counted
   * from there, and only what was told of it is kept. So something may be told twice under its key, but nothing is left out.
   */
  async settle(target: string, results: readonly LaneResult[], lease: Date, now: Date): Promise<void> {
    if (results.length === 0) return;
    await this.on.query(
      `UPDATE workflow.callback c SET delivered_at = CASE WHEN t.ok THEN $3::timestamptz END, attempts = c.attempts + 1
       FROM jsonb_to_recordset($2::jsonb) AS t("orderNo" text, seq int, ok boolean)
       WHERE c.target = $1 AND c.order_no = t."orderNo" AND c.seq = t.seq`,
      [target, JSON.stringify(results.flatMap(triesOf)), now],
    );
    await this.on.query(
      `UPDATE workflow.callback_lane l SET done_seq = t."doneSeq", attempts = t.attempts, failing_since = t."failingSince",
         last_error = t.error, dead_at = CASE WHEN t.dead THEN $3::timestamptz END,
         next_at = CASE WHEN t.dead THEN NULL WHEN t."nextAt" IS NOT NULL THEN t."nextAt" WHEN l.last_seq > t."doneSeq" THEN $3::timestamptz END
       FROM (SELECT * FROM jsonb_to_recordset($2::jsonb)
         AS t("orderNo" text, "doneSeq" int, attempts int, "failingSince" timestamptz, error text, "nextAt" timestamptz, dead boolean)
         ORDER BY t."orderNo") t
       WHERE l.target = $1 AND l.order_no = t."orderNo" AND l.next_at = $4::timestamptz`,
      [target, JSON.stringify(results), now, lease],
    );
  }

  /** Claimed lanes that were not come to are due again, as they were. */
  async giveBack(target: string, orderNos: readonly string[], lease: Date, now: Date): Promise<void> {
    await this.on.query(
      `UPDATE workflow.callback_lane l SET next_at = $4::timestamptz
       FROM (SELECT order_no FROM workflow.callback_lane
         WHERE target = $1 AND order_no = ANY($2::text[]) AND next_at = $3::timestamptz ORDER BY order_no FOR UPDATE) mine
       WHERE l.target = $1 AND l.order_no = mine.order_no`,
      [target, orderNos, lease, now],
    );
  }

  /** When the next lane of any receiver may be tried. */
  async nextAt(): Promise<Date | null> {
    const [row] = await this.on.query<{ at: Date | null }>(
      `SELECT min(next_at) AS at FROM workflow.callback_lane WHERE next_at IS NOT NULL`,
    );
    return row!.at;
  }

  counts(): Promise<TargetCounts[]> {
    return this.on.query<TargetCounts>(
      `SELECT l.target, count(*) FILTER (WHERE l.done_seq < l.last_seq)::int AS waiting,
         count(*) FILTER (WHERE l.failing_since IS NOT NULL AND l.dead_at IS NULL)::int AS failing,
         count(*) FILTER (WHERE l.dead_at IS NOT NULL)::int AS dead,
         min(c.created_at) FILTER (WHERE l.done_seq < l.last_seq) AS "oldestWaitingAt"
       FROM workflow.callback_lane l LEFT JOIN LATERAL (SELECT created_at FROM workflow.callback c
         WHERE l.done_seq < l.last_seq AND c.target = l.target AND c.order_no = l.order_no AND c.seq > l.done_seq ORDER BY c.seq LIMIT 1) c ON true
       GROUP BY 1 ORDER BY 1`,
    );
  }

  /** Heads that were given up (死信), newest first. */
  async dead(
    filter: { target?: string; q?: string },
    cursor: string | null,
    most: number,
  ): Promise<{ items: DeadCallback[]; next: string | null }> {
    const conditions = new Conditions()
      .always(`l.dead_at IS NOT NULL`)
      .add(filter.target, (p) => `l.target = ${p}`)
      .add(filter.q === undefined ? null : likePattern(filter.q), (p) => `(l.order_no ILIKE ${p} OR l.last_error ILIKE ${p})`);
    const after = readCursor(cursor, 'instant', 'text');
    if (after) {
      const [at, no] = after.map((value) => conditions.parameter(value));
      conditions.always(`(l.dead_at, l.order_no) < (${at}::timestamptz, ${no})`);
    }
    const rows = await this.on.query<DeadCallback & { keyText: string }>(
      `SELECT l.target, l.order_no AS "orderNo", c.seq, c.payload, c.created_at AS "createdAt", c.attempts, l.failing_since AS "failingSince",
         l.dead_at AS "deadAt", l.last_error AS error, l.dead_at::text AS "keyText",
         (SELECT count(*)::int - 1 FROM workflow.callback b WHERE b.target = l.target AND b.order_no = l.order_no AND b.seq > l.done_seq AND b.skipped_at IS NULL) AS behind
       FROM workflow.callback_lane l CROSS JOIN LATERAL (SELECT * FROM workflow.callback c
         WHERE c.target = l.target AND c.order_no = l.order_no AND c.seq > l.done_seq AND c.skipped_at IS NULL ORDER BY c.seq LIMIT 1) c
       ${conditions.where} ORDER BY l.dead_at DESC, l.order_no DESC LIMIT ${most + 1}`,
      conditions.parameters,
    );
    const last = rows[most - 1];
    return {
      items: rows.slice(0, most).map(({ keyText: _, ...row }) => row),
      next: rows.length > most && last ? writeCursor([last.keyText, last.orderNo]) : null,
    };
  }

  /** Tries dead heads again, at once; of one order, or of all of a receiver. Returns how many. */
  async resend(target: string, orderNo: string | null, now: Date): Promise<number> {
    const rows = await this.on.query(
      `UPDATE workflow.callback_lane SET dead_at = NULL, attempts = 0, failing_since = NULL, next_at = $3::timestamptz
       WHERE target = $1 AND dead_at IS NOT NULL AND ($2::text IS NULL OR order_no = $2) RETURNING 1`,
      [target, orderNo, now],
    );
    this.on.tell(CALLBACK_CHANNEL, '');
    return rows.length;
  }

  /**
   * Tells a receiver again of everything of an order after a sequence number; what it took before it takes by its key as known. What was
   * left out by a person's word stays so.
   */
  async tellAgain(target: string, orderNo: string, afterSeq: number, now: Date): Promise<number> {
    const rows = await this.on.query(
      `UPDATE workflow.callback_lane l SET done_seq = LEAST(l.done_seq, $3), dead_at = NULL, attempts = 0, failing_since = NULL, next_at = $4::timestamptz
       WHERE l.target = $1 AND l.order_no = $2 AND l.last_seq > $3 RETURNING 1`,
      [target, orderNo, afterSeq, now],
    );
    this.on.tell(CALLBACK_CHANNEL, '');
    return rows.length;
  }

  /** What was left out and not sent since, newest first. */
  skipped(most: number): Promise<SkippedCallback[]> {
    return this.on.query<SkippedCallback>(
      `SELECT target, order_no AS "orderNo", seq, payload, skipped_at AS "skippedAt", skipped_by AS "skippedBy", skipped_reason AS reason
       FROM workflow.callback WHERE skipped_at IS NOT NULL ORDER BY skipped_at DESC LIMIT $1`,
      [most],
    );
  }

  /**
   * Sends after all what was left out, and after it again what came behind it in the same order: a receiver that honours the key takes
   * those as known. Returns false where nothing of that number was left out.
   */
  async unskip(target: string, orderNo: string, seq: number, now: Date): Promise<boolean> {
    const rows = await this.on.query(
      `UPDATE workflow.callback SET skipped_at = NULL, skipped_by = NULL, skipped_reason = NULL
       WHERE target = $1 AND order_no = $2 AND seq = $3 AND skipped_at IS NOT NULL RETURNING 1`,
      [target, orderNo, seq],
    );
    if (rows.length === 0) return false;
    await this.tellAgain(target, orderNo, seq - 1, now);
    return true;
  }

  /** Leaves a dead head out and goes on with what waits behind it. Returns its sequence number, null where none is dead. */
  async skip(target: string, orderNo: string, { at: now, by, reason }: { at: Date; by: string; reason: string }): Promise<number | null> {
    const [row] = await this.on.query<{ seq: number }>(
      `WITH head AS (SELECT c.seq FROM workflow.callback_lane l JOIN workflow.callback c USING (target, order_no)
         WHERE l.target = $1 AND l.order_no = $2 AND l.dead_at IS NOT NULL AND c.seq > l.done_seq AND c.skipped_at IS NULL ORDER BY c.seq LIMIT 1),
       skipped AS (UPDATE workflow.callback c SET skipped_at = $3::timestamptz, skipped_by = $4, skipped_reason = $5 FROM head WHERE c.target = $1 AND c.order_no = $2 AND c.seq = head.seq)
       UPDATE workflow.callback_lane l SET done_seq = head.seq, dead_at = NULL, attempts = 0, failing_since = NULL,
         next_at = CASE WHEN l.last_seq > head.seq THEN $3::timestamptz END
       FROM head WHERE l.target = $1 AND l.order_no = $2 RETURNING head.seq`,
      [target, orderNo, now, by, reason],
    );
    this.on.tell(CALLBACK_CHANNEL, '');
    return row?.seq ?? null;
  }
}

/** NOTIFY channel that says: there is something to tell. */
export const CALLBACK_CHANNEL = 'huiying_callback';

/** Each callback that was tried, and whether it got through. */
function triesOf({ orderNo, delivered, failed }: LaneResult): { orderNo: string; seq: number; ok: boolean }[] {
  const ok = delivered.map((seq) => ({ orderNo, seq, ok: true }));
  return failed === null ? ok : [...ok, { orderNo, seq: failed, ok: false }];
}
