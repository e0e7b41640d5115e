/**
 * The tables every service's schema has. Called by the migration that creates the schema.
 * `outbox` is only ever added to: it is the journal that `npm run trace` reads. What still waits to be sent stands in `outbox_unsent`,
 * because marking a row of 1 KB as sent would write it, and its entry in every index, a second time.
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
       payload text NOT NULL)`,
    `CREATE INDEX outbox_caused_by ON ${schema}.outbox (caused_by) WHERE caused_by IS NOT NULL`,
    `CREATE INDEX outbox_key ON ${schema}.outbox (topic, key)`,
    `CREATE TABLE ${schema}.outbox_unsent (position bigint PRIMARY KEY)`,
    `CREATE TABLE ${schema}.inbox (
       reader text NOT NULL,
       event_id uuid NOT NULL,
       claimed_at timestamptz NOT NULL DEFAULT now(),
       PRIMARY KEY (reader, event_id))`,
  ];
}
