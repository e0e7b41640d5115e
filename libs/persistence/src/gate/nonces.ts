import type { Queries } from '../database.js';

/** Old ones removed with each new one: more than come, so that the table stays as small as what may still be replayed. */
const SWEPT = 20;

/** Numbers that signed requests used once, shared by all processes of a city. */
export class Nonces {
  constructor(private readonly on: Queries) {}

  /**
   * Takes a nonce; false where it was taken before. Of two processes that get the same request at once, one takes it.
   * @param until from when on the request's own time refuses it
   */
  async take(client: string, nonce: string, now: Date, until: Date): Promise<boolean> {
    const taken = await this.on.query(
      `WITH swept AS (
         DELETE FROM gate.nonce WHERE ctid = ANY(ARRAY(
           SELECT ctid FROM gate.nonce WHERE expires_at < $3 ORDER BY expires_at LIMIT ${SWEPT} FOR UPDATE SKIP LOCKED)))
       INSERT INTO gate.nonce (client, nonce, expires_at) VALUES ($1, $2, $4) ON CONFLICT DO NOTHING RETURNING 1`,
      [client, nonce, now, until],
    );
    return taken.length > 0;
  }
}
