/**
 * The two tables every service's schema has. Called by the migration that creates the schema.
 * `outbox` is kept after sending (published_at set): it is the journal that `npm run trace` reads.
 */
export function serviceTables(schema: string): string[] {
  return [
    `CREATE SCHEMA ${schema}`,
    `CREATE TABLE ${schema}.outbox (
       position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       event_id uuid NOT NULL UNIQUE,
       topic text NOT NULL,
       key text NOT NULL,
       caused_by uuid,
       occurred_at timestamptz NOT NULL,
       payload text NOT NULL,
       published_at timestamptz)`,
    `CREATE INDEX outbox_pending ON ${schema}.outbox (position) WHERE published_at IS NULL`,
    `CREATE INDEX outbox_caused_by ON ${schema}.outbox (caused_by)`,
    `CREATE INDEX outbox_key ON ${schema}.outbox (topic, key)`,
    `CREATE TABLE ${schema}.inbox (
       reader text NOT NULL,
       event_id uuid NOT NULL,
       claimed_at timestamptz NOT NULL DEFAULT now(),
       PRIMARY KEY (reader, event_id))`,
  ];
}
