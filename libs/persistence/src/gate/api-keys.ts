import type { Queries } from '../database.js';

/** What a system may do, as an administrator laid down on the console. */
export interface ApiSystemRow {
  name: string;
  title: string;
  scopes: string[];
  /** Per process. */
  requestsPerMinute: number;
  mustSign: boolean;
}

export interface ApiKeyRow {
  id: string;
  system: string;
  /** How the key begins; the key itself is kept nowhere. */
  prefix: string;
  /** SHA-256 of the key. */
  digest: Buffer;
  sealedSecret: Buffer;
  /** YYYY-MM-DD; taken through that day in China. */
  lastDay: string | null;
  madeAt: Date;
  madeBy: string;
  endedAt: Date | null;
  endedBy: string | null;
  endReason: string | null;
}

const SYSTEM = `name, title, scopes, requests_per_minute AS "requestsPerMinute", must_sign AS "mustSign"`;
const KEY = `key_id AS id, system, prefix, digest, sealed_secret AS "sealedSecret", to_char(last_day, 'YYYY-MM-DD') AS "lastDay",
  made_at AS "madeAt", made_by AS "madeBy", ended_at AS "endedAt", ended_by AS "endedBy", end_reason AS "endReason"`;

/** Keys of other systems that were made on the console, and when each key, of whatever origin, was last used. */
export class ApiKeys {
  constructor(private readonly on: Queries) {}

  systems(): Promise<ApiSystemRow[]> {
    return this.on.query<ApiSystemRow>(`SELECT ${SYSTEM} FROM gate.api_system ORDER BY name`);
  }

  /** All of them, those that ended too; the newest first. */
  keys(): Promise<ApiKeyRow[]> {
    return this.on.query<ApiKeyRow>(`SELECT ${KEY} FROM gate.api_key ORDER BY made_at DESC, key_id`);
  }

  /** Changes of one system's keys come one after the other, whether or not it has a row. Call it inside a transaction. */
  async lockSystem(name: string): Promise<void> {
    await this.on.query(`SELECT pg_advisory_xact_lock(hashtext('huiying.api-system'), hashtext($1))`, [name]);
  }

  /** A system as it stands now; it must be locked. */
  async saveSystem({ name, title, scopes, requestsPerMinute, mustSign }: ApiSystemRow): Promise<void> {
    await this.on.query(
      `INSERT INTO gate.api_system (name, title, scopes, requests_per_minute, must_sign) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (name) DO UPDATE SET title = $2, scopes = $3, requests_per_minute = $4, must_sign = $5`,
      [name, title, scopes, requestsPerMinute, mustSign],
    );
  }

  async addKey(row: Omit<ApiKeyRow, 'endedAt' | 'endedBy' | 'endReason'>): Promise<void> {
    const { id, system, prefix, digest, sealedSecret, lastDay, madeAt, madeBy } = row;
    await this.on.query(
      `INSERT INTO gate.api_key (key_id, system, prefix, digest, sealed_secret, last_day, made_at, made_by)
       VALUES ($1, $2, $3, $4, $5, $6::date, $7, $8)`,
      [id, system, prefix, digest, sealedSecret, lastDay, madeAt, madeBy],
    );
  }

  /** The key, locked until the transaction ends. */
  async lock(id: string): Promise<ApiKeyRow | null> {
    const [row] = await this.on.query<ApiKeyRow>(`SELECT ${KEY} FROM gate.api_key WHERE key_id = $1 FOR UPDATE`, [id]);
    return row ?? null;
  }

  async setLastDay(id: string, lastDay: string | null): Promise<void> {
    await this.on.query(`UPDATE gate.api_key SET last_day = $2::date WHERE key_id = $1`, [id, lastDay]);
  }

  async end(id: string, at: Date, by: string, reason: string): Promise<void> {
    await this.on.query(`UPDATE gate.api_key SET ended_at = $2, ended_by = $3, end_reason = $4 WHERE key_id = $1`, [id, at, by, reason]);
  }

  /** By fingerprint. */
  async uses(): Promise<Map<string, Date>> {
    const rows = await this.on.query<{ fingerprint: string; usedAt: Date }>(
      `SELECT fingerprint, used_at AS "usedAt" FROM gate.api_key_use`,
    );
    return new Map(rows.map(({ fingerprint, usedAt }) => [fingerprint, usedAt]));
  }

  /** Notes a use; nothing is written where one of the same minute is known. */
  async used(fingerprint: string, at: Date): Promise<void> {
    await this.on.write(
      `INSERT INTO gate.api_key_use (fingerprint, used_at) VALUES ($1, date_trunc('minute', $2::timestamptz))
       ON CONFLICT (fingerprint) DO UPDATE SET used_at = EXCLUDED.used_at WHERE gate.api_key_use.used_at < EXCLUDED.used_at`,
      [fingerprint, at],
    );
  }
}
