import type { DutyKind, SwapState } from '@huiying/domain';
import type { Queries } from '../database.js';

/** A turn that stands before the roster (调班、换班). */
export interface DutyChangeRow {
  id: string;
  duty: DutyKind;
  from: Date;
  to: Date;
  personId: string;
  reason: string;
  madeBy: string;
  madeAt: Date;
  swapId: string | null;
}

export interface SwapRow {
  id: string;
  duty: DutyKind;
  askedBy: string;
  askedOf: string;
  from: Date;
  to: Date;
  /** The shift taken in return; null = none. */
  backFrom: Date | null;
  backTo: Date | null;
  reason: string;
  state: SwapState;
  askedAt: Date;
  answeredAt: Date | null;
  answer: string | null;
}

export interface HandoverRow {
  id: string;
  /** What was open when it was given. */
  content: unknown;
  note: string;
  givenBy: string;
  givenAt: Date;
  takenBy: string | null;
  takenAt: Date | null;
  remark: string | null;
}

const CHANGE = `change_id AS id, duty, from_at AS "from", to_at AS "to", person_id AS "personId", reason, made_by AS "madeBy", made_at AS "madeAt",
  swap_id AS "swapId"`;
const SWAP = `swap_id AS id, duty, asked_by AS "askedBy", asked_of AS "askedOf", from_at AS "from", to_at AS "to", back_from_at AS "backFrom",
  back_to_at AS "backTo", reason, state, asked_at AS "askedAt", answered_at AS "answeredAt", answer`;
const HANDOVER = `handover_id AS id, content, note, given_by AS "givenBy", given_at AS "givenAt", taken_by AS "takenBy", taken_at AS "takenAt", remark`;

/** What changes the roster, what is handed over between shifts, and who may read the duty as a calendar. */
export class DutyPlans {
  constructor(private readonly on: Queries) {}

  /**
   * Names the state of the accounts and of the plan as this transaction sees them: under the same name nothing of either has changed. The
   * transaction that changed them is part of it, for one that is undone gives its number to the next.
   */
  async stateName(): Promise<string> {
    const [row] = await this.on.prepared<{ name: string }>(`SELECT concat_ws('.', xmin, number) AS name FROM workflow.duty_state`);
    return row!.name;
  }

  /** Changes in force that overlap from ≤ t < to, the later made after the earlier. */
  changesBetween(from: Date, to: Date): Promise<DutyChangeRow[]> {
    return this.on.prepared<DutyChangeRow>(
      `SELECT ${CHANGE} FROM workflow.duty_change WHERE cancelled_at IS NULL AND to_at > $1 AND from_at < $2 ORDER BY made_at, change_id`,
      [from, to],
    );
  }

  /** A later change of the same time takes the place of an earlier one: the earlier is cancelled where it overlaps. */
  async addChange(change: DutyChangeRow): Promise<void> {
    await this.on.query(
      `UPDATE workflow.duty_change SET cancelled_at = $1, cancelled_by = $2
       WHERE cancelled_at IS NULL AND duty = $3 AND from_at < $5 AND to_at > $4`,
      [change.madeAt, change.madeBy, change.duty, change.from, change.to],
    );
    await this.on.query(
      `INSERT INTO workflow.duty_change (change_id, duty, from_at, to_at, person_id, reason, made_by, made_at, swap_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [change.id, change.duty, change.from, change.to, change.personId, change.reason, change.madeBy, change.madeAt, change.swapId],
    );
  }

  /** The change that was taken back; null where there was none in force. */
  async cancelChange(id: string, by: string, at: Date): Promise<DutyChangeRow | null> {
    const [row] = await this.on.query<DutyChangeRow>(
      `UPDATE workflow.duty_change SET cancelled_at = $2, cancelled_by = $3 WHERE change_id = $1 AND cancelled_at IS NULL RETURNING ${CHANGE}`,
      [id, at, by],
    );
    return row ?? null;
  }

  async addSwap(swap: SwapRow): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.duty_swap (swap_id, duty, asked_by, asked_of, from_at, to_at, back_from_at, back_to_at, reason, state, asked_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        swap.id,
        swap.duty,
        swap.askedBy,
        swap.askedOf,
        swap.from,
        swap.to,
        swap.backFrom,
        swap.backTo,
        swap.reason,
        swap.state,
        swap.askedAt,
      ],
    );
  }

  async lockSwap(id: string): Promise<SwapRow | null> {
    const [row] = await this.on.query<SwapRow>(`SELECT ${SWAP} FROM workflow.duty_swap WHERE swap_id = $1 FOR UPDATE`, [id]);
    return row ?? null;
  }

  async settleSwap(id: string, state: SwapState, answer: string | null, at: Date): Promise<void> {
    await this.on.query(`UPDATE workflow.duty_swap SET state = $2, answer = $3, answered_at = $4 WHERE swap_id = $1`, [
      id,
      state,
      answer,
      at,
    ]);
  }

  /** Of one person, or of everybody; newest first. */
  swaps(personId: string | null, most: number): Promise<SwapRow[]> {
    return this.on.query<SwapRow>(
      `SELECT ${SWAP} FROM workflow.duty_swap WHERE $1::uuid IS NULL OR asked_by = $1 OR asked_of = $1 ORDER BY asked_at DESC LIMIT $2`,
      [personId, most],
    );
  }

  async addHandover({ id, content, note, givenBy, givenAt }: HandoverRow): Promise<void> {
    await this.on.query(`INSERT INTO workflow.handover (handover_id, content, note, given_by, given_at) VALUES ($1, $2, $3, $4, $5)`, [
      id,
      JSON.stringify(content),
      note,
      givenBy,
      givenAt,
    ]);
  }

  async lockHandover(id: string): Promise<HandoverRow | null> {
    const [row] = await this.on.query<HandoverRow>(`SELECT ${HANDOVER} FROM workflow.handover WHERE handover_id = $1 FOR UPDATE`, [id]);
    return row ?? null;
  }

  async takeHandover(id: string, by: string, remark: string | null, at: Date): Promise<void> {
    await this.on.query(`UPDATE workflow.handover SET taken_by = $2, taken_at = $3, remark = $4 WHERE handover_id = $1`, [
      id,
      by,
      at,
      remark,
    ]);
  }

  handovers(most: number): Promise<HandoverRow[]> {
    return this.on.query<HandoverRow>(`SELECT ${HANDOVER} FROM workflow.handover ORDER BY given_at DESC LIMIT $1`, [most]);
  }

  /** A new calendar address for a person; the old one ends. */
  async keepFeed(personId: string, tokenHash: Buffer, at: Date): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.duty_feed (person_id, token_hash, made_at) VALUES ($1, $2, $3)
       ON CONFLICT (person_id) DO UPDATE SET token_hash = $2, made_at = $3`,
      [personId, tokenHash, at],
    );
  }

  async endFeed(personId: string): Promise<void> {
    await this.on.query(`DELETE FROM workflow.duty_feed WHERE person_id = $1`, [personId]);
  }

  /** Whose calendar a token opens; null where nobody's, or the account is closed. */
  async feedOwner(tokenHash: Buffer): Promise<string | null> {
    const [row] = await this.on.query<{ id: string }>(
      `SELECT f.person_id AS id FROM workflow.duty_feed f JOIN workflow.person p USING (person_id)
       WHERE f.token_hash = $1 AND p.disabled_at IS NULL`,
      [tokenHash],
    );
    return row?.id ?? null;
  }

  async feedMadeAt(personId: string): Promise<Date | null> {
    const [row] = await this.on.query<{ at: Date }>(`SELECT made_at AS at FROM workflow.duty_feed WHERE person_id = $1`, [personId]);
    return row?.at ?? null;
  }
}
