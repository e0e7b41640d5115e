import type { Database } from '../database.js';

export interface DeadLetter {
  id: number;
  reader: string;
  topic: string;
  partition: number;
  position: number;
  key: string;
  value: string;
  /** Why it could not be handled, in the words of the error. */
  reason: string;
  attempts: number;
  at: Date;
  resentAt: Date | null;
}

type NewDeadLetter = Omit<DeadLetter, 'id' | 'resentAt'>;

const COLUMNS = `id::int, reader, topic, partition, position::float8 AS position, key, value, reason, attempts, at, resent_at AS "resentAt"`;

/** PostgreSQL's text holds no U+0000, and a letter that cannot be kept would stop its partition for ever. */
function keepable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}

/** What no reader could handle, kept with its reason until somebody sends it again. */
export class DeadLetters {
  constructor(private readonly database: Database) {}

  /**
   * What one reader could not handle is kept once, whatever adapter delivered it and however often it was sent again: the letter keeps its
   * number, counts the new tries and waits again.
   */
  async add(letter: NewDeadLetter): Promise<void> {
    await this.database.query(
      `WITH before AS (
         DELETE FROM log.dead_letter WHERE reader = $1 AND topic = $2 AND key = $5 AND md5(value) = md5($6::text) AND value = $6
         RETURNING id, attempts)
       INSERT INTO log.dead_letter (id, reader, topic, partition, position, key, value, reason, attempts, at) OVERRIDING SYSTEM VALUE
       SELECT COALESCE(min(id), nextval(pg_get_serial_sequence('log.dead_letter', 'id'))), $1, $2, $3::int, $4::bigint, $5, $6, $7,
         $8::int + COALESCE(sum(attempts), 0), $9::timestamptz FROM before
       ON CONFLICT (reader, topic, partition, position) DO UPDATE
         SET key = excluded.key, value = excluded.value, reason = excluded.reason, attempts = excluded.attempts, at = excluded.at, resent_at = NULL`,
      [
        letter.reader,
        letter.topic,
        letter.partition,
        letter.position,
        keepable(letter.key),
        keepable(letter.value),
        keepable(letter.reason),
        letter.attempts,
        letter.at,
      ],
    );
  }

  list(most = 100): Promise<DeadLetter[]> {
    return this.database.query<DeadLetter>(`SELECT ${COLUMNS} FROM log.dead_letter ORDER BY id DESC LIMIT $1`, [most]);
  }

  /** Those that nobody has sent again, oldest first: their order in the log. */
  waiting(): Promise<DeadLetter[]> {
    return this.database.query<DeadLetter>(`SELECT ${COLUMNS} FROM log.dead_letter WHERE resent_at IS NULL ORDER BY id`);
  }

  async find(id: number): Promise<DeadLetter | null> {
    const [row] = await this.database.query<DeadLetter>(`SELECT ${COLUMNS} FROM log.dead_letter WHERE id = $1`, [id]);
    return row ?? null;
  }

  /** @param letter as it was read before: one that has failed again in the meantime waits on. */
  async markResent({ id, partition, position }: DeadLetter, at: Date): Promise<void> {
    await this.database.query(`UPDATE log.dead_letter SET resent_at = $4 WHERE id = $1 AND partition = $2 AND position = $3`, [
      id,
      partition,
      position,
      at,
    ]);
  }
}
