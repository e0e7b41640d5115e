import type { Queries } from '../database.js';

/** What other systems asked, each idempotency key once. */
export class OrderRequests {
  constructor(private readonly on: Queries) {}

  /**
   * Takes the key for this transaction; whoever comes second waits for the first to end.
   * @returns null where it is ours, else what was answered to whom had it first
   */
  async take(client: string, key: string, digest: string, at: Date): Promise<{ digest: string; answer: unknown } | null> {
    const [ours] = await this.on.query(
      `INSERT INTO workflow.order_request (client, key, digest, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1`,
      [client, key, digest, at],
    );
    if (ours) return null;
    const [first] = await this.on.query<{ digest: string; answer: unknown }>(
      `SELECT digest, answer FROM workflow.order_request WHERE client = $1 AND key = $2`,
      [client, key],
    );
    return first!;
  }

  async answered(client: string, key: string, answer: unknown): Promise<void> {
    await this.on.query(`UPDATE workflow.order_request SET answer = $3 WHERE client = $1 AND key = $2`, [
      client,
      key,
      JSON.stringify(answer),
    ]);
  }
}
