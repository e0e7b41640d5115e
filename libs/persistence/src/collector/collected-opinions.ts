import { stableId } from '@huiying/domain';
import type { Queries } from '../database.js';

/** An item as it was seen now. */
export interface SeenItem {
  opinionId: string;
  identity: string;
  /** SHA-256 of what counts as its content. */
  contentHash: Buffer;
}

/** The opinions of the collector and their revisions. */
export class CollectedOpinions {
  constructor(private readonly on: Queries) {}

  /** Of the items seen, those that are known with this very content; a hint before the work, not a decision. */
  async unchanged(items: readonly SeenItem[]): Promise<Set<string>> {
    const rows = await this.on.query<{ id: string }>(
      `SELECT o.opinion_id AS id FROM collector.opinion o
       JOIN unnest($1::uuid[], $2::bytea[]) AS seen (id, hash) ON o.opinion_id = seen.id AND o.content_hash = seen.hash`,
      [items.map((i) => i.opinionId), items.map((i) => i.contentHash)],
    );
    return new Set(rows.map((row) => row.id));
  }

  /** Of these identities, those that the source is known by already, in whatever edition. */
  async known(sourceId: string, identities: readonly string[]): Promise<Set<string>> {
    const ids = new Map(identities.map((identity) => [stableId(sourceId, identity), identity]));
    const rows = await this.on.query<{ id: string }>(`SELECT opinion_id AS id FROM collector.opinion WHERE opinion_id = ANY($1::uuid[])`, [
      [...ids.keys()],
    ]);
    return new Set(rows.map((row) => ids.get(row.id)!));
  }

  /**
   * Records what is new or edited and gives it with its revision; what is known with this content is left alone.
   * Two processes that see the same item agree on one of them. Ids must be distinct within the call.
   */
  async record(sourceId: string, items: readonly SeenItem[], capture: { at: Date; sha256: string }): Promise<Map<string, number>> {
    const rows = await this.on.query<{ id: string; revision: number }>(
      `WITH seen AS (SELECT * FROM unnest($2::uuid[], $3::text[], $4::bytea[]) AS s (id, identity, hash) ORDER BY id),
       recorded AS (
         INSERT INTO collector.opinion AS o (opinion_id, source_id, identity, revision, content_hash, captured_at)
         SELECT id, $1, identity, 1, hash, $5 FROM seen
         ON CONFLICT (opinion_id) DO UPDATE
           SET revision = o.revision + 1, content_hash = excluded.content_hash, captured_at = excluded.captured_at
           WHERE o.content_hash <> excluded.content_hash
         RETURNING opinion_id, revision)
       INSERT INTO collector.revision (opinion_id, revision, captured_at, sha256) SELECT opinion_id, revision, $5, $6 FROM recorded
       RETURNING opinion_id AS id, revision`,
      [sourceId, items.map((i) => i.opinionId), items.map((i) => i.identity), items.map((i) => i.contentHash), capture.at, capture.sha256],
    );
    return new Map(rows.map((row) => [row.id, row.revision]));
  }
}
