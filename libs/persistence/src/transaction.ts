import type { Client } from 'pg';
import { Batch, forgetPlans, leavesPlansUnsure, type Statement } from './batch.js';
import { awayOr } from './database-away.js';
import type { Queries } from './database.js';

const BEGIN: Statement = { name: 'huiying_begin', text: 'BEGIN', values: [] };
const COMMIT: Statement = { name: 'huiying_commit', text: 'COMMIT', values: [] };

/** A statement on its way, and who waits for its answer; a write waits for none. */
interface Waiting {
  statement: Statement;
  answered?: { done: (rows: unknown[]) => void; failed: (error: unknown) => void };
}

/**
 * A transaction at READ COMMITTED on one connection. What is asked in one turn (Promise.all) travels together, in the order it was asked
 * in, and what needs no answer goes with what is asked next or with the commit: BEGIN with the first question, a step's writes with COMMIT.
 */
export class Transaction implements Omit<Queries, 'tell'> {
  private waiting: Waiting[] = [{ statement: BEGIN }];
  private isSending = false;
  private hasBegun = false;
  private isOver = false;
  /** What made the transaction fail, whatever became of the error that said so: the server would take a COMMIT and undo all. */
  private broken: unknown = null;

  constructor(
    private readonly client: Client,
    private readonly nameOf: (sql: string) => string,
  ) {}

  query<T = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<T[]> {
    return this.ask<T>({ name: null, text, values });
  }

  prepared<T = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<T[]> {
    return this.ask<T>({ name: this.nameOf(text), text, values });
  }

  async write(text: string, values: unknown[] = []): Promise<void> {
    if (this.isOver) throw over(text);
    this.waiting.push({ statement: { name: this.nameOf(text), text, values } });
  }

  /** @throws what a statement threw, also one that had waited: then nothing is committed */
  async commit(): Promise<void> {
    if (this.broken !== null) throw this.broken;
    if (!this.hasBegun && this.waiting.length === 1) return;
    await this.ask(COMMIT);
    this.isOver = true;
  }

  /** Undoes all. It never throws: what made it necessary is what the caller must hear. */
  async rollback(): Promise<void> {
    this.waiting = [];
    this.isOver = true;
    if (!this.hasBegun) return;
    await this.client.query('ROLLBACK').catch(() => undefined);
    if (leavesPlansUnsure(this.broken)) await forgetPlans(this.client).catch(() => undefined);
  }

  private ask<T>(statement: Statement): Promise<T[]> {
    if (this.isOver) return Promise.reject(over(statement.text));
    return new Promise((done, failed) => {
      this.waiting.push({ statement, answered: { done: done as (rows: unknown[]) => void, failed } });
      if (this.isSending) return;
      this.isSending = true;
      queueMicrotask(() => void this.send());
    });
  }

  private async send(): Promise<void> {
    const together = this.waiting;
    this.waiting = [];
    this.isSending = false;
    if (together.length === 0) return;
    this.hasBegun = true;
    try {
      const rows = await Batch.run(
        this.client,
        together.map(({ statement }) => statement),
      );
      together.forEach(({ answered }, i) => answered?.done(rows[i]!));
    } catch (error) {
      const known = awayOr(error);
      this.broken ??= known;
      for (const { answered } of together) answered?.failed(known);
    }
  }
}

function over(sql: string): Error {
  return new Error(`the transaction is over; nothing more can be asked: ${sql.slice(0, 80)}`);
}
