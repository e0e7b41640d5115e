import type { MigrationInterface, QueryRunner } from 'typeorm';
import { serviceTables } from '../service-tables.js';

/** The sources and where each one stands; one host is asked by one process at a time. */
const SOURCES = [
  `CREATE TABLE collector.source (
    id text PRIMARY KEY,
    name text NOT NULL,
    kind text NOT NULL,
    channel text NOT NULL,
    url text,
    host text,
    poll_seconds int NOT NULL,
    zone_minutes int NOT NULL,
    is_active boolean NOT NULL,
    etag text,
    last_modified text,
    next_poll_at timestamptz,
    lease uuid,
    last_polled_at timestamptz,
    last_success_at timestamptz,
    last_new_item_at timestamptz,
    consecutive_failures int NOT NULL DEFAULT 0,
    error text,
    items_total int NOT NULL DEFAULT 0,
    usual_gap_seconds int,
    gaps_seen int NOT NULL DEFAULT 0,
    reported_state text,
    reported_at timestamptz) WITH (fillfactor = 70)`,
  `COMMENT ON COLUMN collector.source.next_poll_at IS 'while polled: when the lease ends, so that the source of a killed process is due again'`,
  `COMMENT ON COLUMN collector.source.lease IS 'who polls it now; only the holder may write down the result'`,
  `COMMENT ON COLUMN collector.source.usual_gap_seconds IS 'moving mean of the time between arrivals of something new'`,
  `CREATE INDEX source_due ON collector.source (host, next_poll_at) WHERE is_active AND url IS NOT NULL`,
  `CREATE TABLE collector.host (
    host text PRIMARY KEY,
    free_at timestamptz NOT NULL) WITH (fillfactor = 70)`,
  `COMMENT ON COLUMN collector.host.free_at IS 'not asked again before: spacing between two requests, or the end of the lease of one under way'`,
];

/** What was collected. A source's item is one opinion; an edit of it is one more revision. */
const OPINIONS = [
  `CREATE TABLE collector.opinion (
    opinion_id uuid PRIMARY KEY,
    source_id text NOT NULL,
    identity text NOT NULL,
    revision int NOT NULL,
    content_hash bytea NOT NULL,
    captured_at timestamptz NOT NULL) WITH (fillfactor = 90)`,
  `CREATE TABLE collector.revision (
    opinion_id uuid NOT NULL,
    revision int NOT NULL,
    captured_at timestamptz NOT NULL,
    sha256 text NOT NULL,
    PRIMARY KEY (opinion_id, revision))`,
  `COMMENT ON COLUMN collector.revision.sha256 IS 'the evidence it was read from; the text itself is in outbox, under the opinion as key'`,
  `CREATE TABLE collector.evidence (
    sha256 text NOT NULL,
    source_id text NOT NULL,
    url text,
    captured_at timestamptz NOT NULL,
    content_type text,
    headers jsonb NOT NULL,
    size int NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (sha256, source_id))`,
  `COMMENT ON COLUMN collector.evidence.body IS 'the original bytes, gzip; sha256 and size are of the original'`,
  `ALTER TABLE collector.evidence ALTER COLUMN body SET STORAGE EXTERNAL`,
];

/** 12345 work orders: the newest version of each, and every version sealed as it came. */
const HOTLINE = [
  `CREATE TABLE collector.hotline_order (
    order_no text PRIMARY KEY,
    opinion_id uuid NOT NULL,
    version int NOT NULL,
    revision int NOT NULL,
    content_mac bytea NOT NULL,
    captured_at timestamptz NOT NULL) WITH (fillfactor = 90)`,
  `COMMENT ON COLUMN collector.hotline_order.content_mac IS 'keyed, because a plain hash of a record would let its phone number be guessed'`,
  `CREATE TABLE collector.hotline_record (
    order_no text NOT NULL,
    version int NOT NULL,
    captured_at timestamptz NOT NULL,
    sha256 text NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (order_no, version))`,
  `COMMENT ON COLUMN collector.hotline_record.sealed IS 'AES-256-GCM: the record as it came, with the caller in it; sha256 is of what is sealed'`,
  `ALTER TABLE collector.hotline_record ALTER COLUMN sealed SET STORAGE EXTERNAL`,
];

export class CreateCollector1763880001000 implements MigrationInterface {
  name = 'CreateCollector1763880001000';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of [...serviceTables('collector'), ...SOURCES, ...OPINIONS, ...HOTLINE]) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP SCHEMA collector CASCADE`);
  }
}
