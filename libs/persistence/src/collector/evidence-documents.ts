import type { Queries } from '../database.js';

/** A document as it was captured. */
export interface EvidenceDocument {
  /** SHA-256 (hex) of the original bytes. */
  sha256: string;
  sourceId: string;
  url: string | null;
  capturedAt: Date;
  contentType: string | null;
  headers: Record<string, string>;
  /** Bytes of the original. */
  size: number;
  /** The original bytes, gzip. */
  body: Buffer;
}

/** The documents that opinions were read from, kept as they came. */
export class EvidenceDocuments {
  constructor(private readonly on: Queries) {}

  /** The same bytes of the same source are kept once, with the time they were first seen. */
  async keep(document: EvidenceDocument): Promise<void> {
    await this.on.query(
      `INSERT INTO collector.evidence (sha256, source_id, url, captured_at, content_type, headers, size, body)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [
        document.sha256,
        document.sourceId,
        document.url,
        document.capturedAt,
        document.contentType,
        JSON.stringify(document.headers),
        document.size,
        document.body,
      ],
    );
  }

  async find(sha256: string): Promise<EvidenceDocument | null> {
    const [row] = await this.on.query<EvidenceDocument>(
      `SELECT sha256, source_id AS "sourceId", url, captured_at AS "capturedAt", content_type AS "contentType", headers, size, body
       FROM collector.evidence WHERE sha256 = $1 ORDER BY captured_at LIMIT 1`,
      [sha256],
    );
    return row ?? null;
  }
}
