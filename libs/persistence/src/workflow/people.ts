import type { Queries } from '../database.js';

export type PersonRole = 'duty-officer' | 'department-lead' | 'supervisor' | 'administrator';

export interface NewPerson {
  id: string;
  username: string;
  name: string;
  role: PersonRole;
  departmentId: string | null;
  phone: string | null;
  email: string | null;
  /** scrypt$N$r$p$salt$hash */
  password: string;
  createdAt: Date;
}

export interface PersonRow extends Omit<NewPerson, 'password' | 'createdAt'> {
  lastLoginAt: Date | null;
  disabledAt: Date | null;
}

/** What logging in needs; never leaves the accounts folder. */
export interface LoginRow extends PersonRow {
  password: string;
  failedLogins: number;
  lockedUntil: Date | null;
}

export interface SessionRow {
  person: PersonRow;
  startedAt: Date;
  usedAt: Date;
  endsAt: Date;
}

const COLUMNS = `p.person_id AS id, p.username, p.name, p.role, p.department_id AS "departmentId", p.phone, p.email,
  p.last_login_at AS "lastLoginAt", p.disabled_at AS "disabledAt"`;

/** NOTIFY channel that says: sessions ended, or an account did. */
export const SESSION_CHANNEL = 'huiying_session';

export class People {
  constructor(private readonly on: Queries) {}

  /** Adds people; a username or id that exists is left as it is. Returns the usernames added. */
  async add(people: readonly NewPerson[]): Promise<string[]> {
    const rows = await this.on.query<{ username: string }>(
      `INSERT INTO workflow.person (person_id, username, name, role, department_id, phone, email, password, created_at)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[])
       ON CONFLICT DO NOTHING RETURNING username`,
      [
        people.map((p) => p.id),
        people.map((p) => p.username),
        people.map((p) => p.name),
        people.map((p) => p.role),
        people.map((p) => p.departmentId),
        people.map((p) => p.phone),
        people.map((p) => p.email),
        people.map((p) => p.password),
        people.map((p) => p.createdAt),
      ],
    );
    return rows.map((row) => row.username);
  }

  all(): Promise<PersonRow[]> {
    return this.on.query<PersonRow>(`SELECT ${COLUMNS} FROM workflow.person p ORDER BY p.disabled_at IS NOT NULL, p.role, p.username`);
  }

  /** People who have an account that is not disabled. */
  active(): Promise<PersonRow[]> {
    return this.on.prepared<PersonRow>(`SELECT ${COLUMNS} FROM workflow.person p WHERE p.disabled_at IS NULL ORDER BY p.username`);
  }

  byIds(ids: readonly string[]): Promise<PersonRow[]> {
    return this.on.prepared<PersonRow>(`SELECT ${COLUMNS} FROM workflow.person p WHERE p.person_id = ANY($1)`, [ids]);
  }

  async find(id: string): Promise<PersonRow | null> {
    return (await this.byIds([id]))[0] ?? null;
  }

  /** The account under its lock, so that guesses are counted one after the other. */
  async lockByUsername(username: string): Promise<LoginRow | null> {
    const [row] = await this.on.query<LoginRow>(
      `SELECT ${COLUMNS}, p.password, p.failed_logins AS "failedLogins", p.locked_until AS "lockedUntil"
       FROM workflow.person p WHERE p.username = $1 FOR UPDATE`,
      [username],
    );
    return row ?? null;
  }

  async noteFailedLogin(id: string, failures: number, lockedUntil: Date | null): Promise<void> {
    await this.on.query(`UPDATE workflow.person SET failed_logins = $2, locked_until = $3 WHERE person_id = $1`, [
      id,
      failures,
      lockedUntil,
    ]);
  }

  async noteLogin(id: string, at: Date): Promise<void> {
    await this.on.query(`UPDATE workflow.person SET failed_logins = 0, locked_until = NULL, last_login_at = $2 WHERE person_id = $1`, [
      id,
      at,
    ]);
  }

  /** Ends the account and its sessions. Returns whether there was one to end. */
  async disable(id: string, at: Date): Promise<boolean> {
    const rows = await this.on.query(
      `UPDATE workflow.person SET disabled_at = $2 WHERE person_id = $1 AND disabled_at IS NULL RETURNING 1`,
      [id, at],
    );
    await this.on.query(`DELETE FROM workflow.session WHERE person_id = $1`, [id]);
    this.on.tell(SESSION_CHANNEL, '');
    return rows.length > 0;
  }
}

/** Sessions by the hash of their token: who reads this table cannot log in with it. */
export class Sessions {
  constructor(private readonly on: Queries) {}

  async start(tokenHash: Buffer, personId: string, at: Date, endsAt: Date): Promise<void> {
    await this.on.query(`INSERT INTO workflow.session VALUES ($1, $2, $3, $3, $4)`, [tokenHash, personId, at, endsAt]);
  }

  /** The session of an account that is not disabled. */
  async find(tokenHash: Buffer): Promise<SessionRow | null> {
    const [row] = await this.on.prepared<PersonRow & Omit<SessionRow, 'person'>>(
      `SELECT ${COLUMNS}, s.started_at AS "startedAt", s.used_at AS "usedAt", s.ends_at AS "endsAt"
       FROM workflow.session s JOIN workflow.person p ON p.person_id = s.person_id
       WHERE s.token_hash = $1 AND p.disabled_at IS NULL`,
      [tokenHash],
    );
    if (!row) return null;
    const { startedAt, usedAt, endsAt, ...person } = row;
    return { person, startedAt, usedAt, endsAt };
  }

  async touch(tokenHash: Buffer, at: Date): Promise<void> {
    await this.on.query(`UPDATE workflow.session SET used_at = $2 WHERE token_hash = $1`, [tokenHash, at]);
  }

  async end(tokenHash: Buffer): Promise<void> {
    await this.on.query(`DELETE FROM workflow.session WHERE token_hash = $1`, [tokenHash]);
    this.on.tell(SESSION_CHANNEL, '');
  }

  async endBefore(endsBefore: Date, usedBefore: Date): Promise<void> {
    await this.on.query(`DELETE FROM workflow.session WHERE ends_at <= $1 OR used_at <= $2`, [endsBefore, usedBefore]);
  }
}
