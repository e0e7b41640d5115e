import type { CalendarYear } from '@huiying/domain';
import type { Queries } from '../database.js';

export interface EnteredYear {
  table: CalendarYear;
  enteredAt: Date;
  enteredBy: string;
}

export interface EnteredRules {
  yaml: string;
  enteredAt: Date;
  enteredBy: string;
}

/** What administrators entered of the calendar and the city's rules: revisions that are only added. */
export class LawRevisions {
  constructor(private readonly on: Queries) {}

  /** Which state holds: grows with every revision. */
  async basis(): Promise<string> {
    const [row] = await this.on.prepared<{ basis: string }>(
      `SELECT COALESCE((SELECT max(revision_id) FROM workflow.calendar_revision), 0) || '.' ||
         COALESCE((SELECT max(revision_id) FROM workflow.rule_revision), 0) AS basis`,
    );
    return row!.basis;
  }

  /** As basis; whoever else wants to enter something waits until the transaction ends. */
  async lockBasis(): Promise<string> {
    await this.on.query(`SELECT pg_advisory_xact_lock(hashtext('huiying.law'))`);
    return this.basis();
  }

  /** The newest table of each year that was entered. */
  years(): Promise<EnteredYear[]> {
    return this.on.query<EnteredYear>(
      `SELECT DISTINCT ON (year) days AS table, entered_at AS "enteredAt", entered_by AS "enteredBy"
       FROM workflow.calendar_revision ORDER BY year, revision_id DESC`,
    );
  }

  /** The city's supplement to its rules; null where none was entered. */
  async rules(): Promise<EnteredRules | null> {
    const [row] = await this.on.query<EnteredRules>(
      `SELECT yaml, entered_at AS "enteredAt", entered_by AS "enteredBy" FROM workflow.rule_revision ORDER BY revision_id DESC LIMIT 1`,
    );
    return row ?? null;
  }

  async addYear(entered: EnteredYear & { text: string | null }): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.calendar_revision (year, days, entered_text, entered_at, entered_by) VALUES ($1, $2, $3, $4, $5)`,
      [entered.table.year, JSON.stringify(entered.table), entered.text, entered.enteredAt, entered.enteredBy],
    );
  }

  async addRules({ yaml, enteredAt, enteredBy }: EnteredRules): Promise<void> {
    await this.on.query(`INSERT INTO workflow.rule_revision (yaml, entered_at, entered_by) VALUES ($1, $2, $3)`, [
      yaml,
      enteredAt,
      enteredBy,
    ]);
  }
}
