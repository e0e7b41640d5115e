import { createHash, randomBytes } from 'node:crypto';
import { HttpException, Inject, Injectable, UnauthorizedException, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { AuditTrail, People, SESSION_CHANNEL, Sessions, type LoginRow, type PersonRow, type SessionRow } from '@huiying/persistence';
import { hashPassword, verifyPassword } from './password.js';
import { WorkflowStore } from '../timeline/index.js';

const MINUTE = 60_000;
export const IDLE_MS = 30 * MINUTE;
export const LONGEST_MS = 12 * 60 * MINUTE;
const FAILURES_ALLOWED = 5;
const LOCKED_MS = 15 * MINUTE;
/** A session's last use is written at most this often. */
const TOUCH_MS = MINUTE;
/** A process that hears nothing of a session's end (its connection was lost this moment) believes in it no longer than this. */
const REMEMBERED_MS = 2_000;
const MOST_REMEMBERED = 10_000;

export interface LiveSession {
  person: PersonRow;
  tokenHash: Buffer;
  /** The earlier of the idle end and the absolute end. */
  expiresAt: Date;
}

type LoginOutcome = { outcome: 'in'; person: PersonRow } | { outcome: 'wrong' } | { outcome: 'locked'; until: Date };

/** Logging in and out. A session ends after 30 minutes without use, and after 12 hours in any case. */
@Injectable()
export class SessionDesk implements OnModuleInit, OnModuleDestroy {
  /** Checked where no such account exists, so that the answer takes as long. */
  private decoy: Promise<string> | null = null;
  /** What was read of sessions in the last moments, while every process is told of those that end; null while none is told. */
  private known: Map<string, { row: SessionRow; readAt: number }> | null = null;
  private deafen: (() => Promise<void>) | null = null;

  constructor(@Inject(WorkflowStore) private readonly store: WorkflowStore) {}

  async onModuleInit(): Promise<void> {
    const now = this.store.now();
    await new Sessions(this.store.database).endBefore(now, new Date(now.getTime() - IDLE_MS));
    this.deafen = await this.store.database.listen(SESSION_CHANNEL, () => (this.known = new Map())).catch(() => null);
  }

  async onModuleDestroy(): Promise<void> {
    await this.deafen?.();
  }

  /** @throws UnauthorizedException bad-credentials, HttpException 423 account-locked */
  async logIn(username: string, password: string, origin: string): Promise<{ token: string; session: LiveSession }> {
    const now = this.store.now();
    const result = await this.store.change(async (tx) => {
      const people = new People(tx);
      const account = await people.lockByUsername(username);
      const checked = await this.check(account, password, now);
      if (account && checked.outcome === 'in') await people.noteLogin(account.id, now);
      if (account && checked.outcome === 'wrong') await this.noteFailure(people, account, now);
      const detail = { outcome: checked.outcome };
      const who = account?.name ?? '（未知账号）';
      await new AuditTrail(tx).add({
        at: now,
        personId: account?.id ?? null,
        who,
        action: 'session.start',
        subject: `username:${username.slice(0, 60)}`,
        origin,
        detail,
      });
      return checked;
    });
    if (result.outcome === 'locked') throw accountLocked(result.until);
    if (result.outcome === 'wrong') throw badCredentials();
    const token = randomBytes(32).toString('base64url');
    const endsAt = new Date(now.getTime() + LONGEST_MS);
    await new Sessions(this.store.database).start(hashOf(token), result.person.id, now, endsAt);
    return { token, session: { person: result.person, tokenHash: hashOf(token), expiresAt: new Date(now.getTime() + IDLE_MS) } };
  }

  /** The live session of a token; its use is noted. null where it has ended. */
  async use(token: string): Promise<LiveSession | null> {
    const tokenHash = hashOf(token);
    const sessions = new Sessions(this.store.database);
    const row = await this.read(sessions, tokenHash);
    const now = this.store.now();
    if (!row || !isLive(row, now)) {
      if (row) await sessions.end(tokenHash);
      return null;
    }
    if (now.getTime() - row.usedAt.getTime() >= TOUCH_MS) {
      await sessions.touch(tokenHash, now);
      row.usedAt = now; // what is remembered of it was used just now too
    }
    return { person: row.person, tokenHash, expiresAt: new Date(Math.min(now.getTime() + IDLE_MS, row.endsAt.getTime())) };
  }

  /** A page asks many things at once: the session is read for the first of them. */
  private async read(sessions: Sessions, tokenHash: Buffer): Promise<SessionRow | null> {
    const key = tokenHash.toString('base64');
    const held = this.known;
    const seen = held?.get(key);
    if (seen && performance.now() - seen.readAt < REMEMBERED_MS) return seen.row;
    const row = await sessions.find(tokenHash);
    if (held === null) return row;
    if (held.size >= MOST_REMEMBERED) held.clear();
    // Into the map of before the reading: one that was emptied meanwhile must not get what was read before that.
    if (row) held.set(key, { row, readAt: performance.now() });
    else held.delete(key);
    return row;
  }

  /** Whether a session still lives; asking is no use of it. */
  async lives(tokenHash: Buffer): Promise<boolean> {
    const row = await new Sessions(this.store.database).find(tokenHash);
    return row !== null && isLive(row, this.store.now());
  }

  async logOut(session: LiveSession, origin: string): Promise<void> {
    await this.store.change(async (tx) => {
      await new Sessions(tx).end(session.tokenHash);
      const { id, name } = session.person;
      await new AuditTrail(tx).add({
        at: this.store.now(),
        personId: id,
        who: name,
        action: 'session.end',
        subject: `person:${id}`,
        origin,
      });
    });
  }

  private async check(account: LoginRow | null, password: string, now: Date): Promise<LoginOutcome> {
    if (account?.lockedUntil && account.lockedUntil > now) return { outcome: 'locked', until: account.lockedUntil };
    this.decoy ??= hashPassword(randomBytes(16).toString('hex'));
    const matches = await verifyPassword(password, account?.password ?? (await this.decoy));
    return account && matches && account.disabledAt === null ? { outcome: 'in', person: account } : { outcome: 'wrong' };
  }

  private async noteFailure(people: People, account: LoginRow, now: Date): Promise<void> {
    const failures = account.failedLogins + 1;
    const locks = failures >= FAILURES_ALLOWED;
    await people.noteFailedLogin(account.id, locks ? 0 : failures, locks ? new Date(now.getTime() + LOCKED_MS) : null);
  }
}

function isLive(row: SessionRow, now: Date): boolean {
  return now < row.endsAt && now.getTime() - row.usedAt.getTime() < IDLE_MS;
}

/** A token has 256 random bits, so a plain hash keeps it safe in the table. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function badCredentials(): UnauthorizedException {
  return new UnauthorizedException({ code: 'bad-credentials', message: 'username or password is wrong', said: '账号或密码不正确' });
}

function accountLocked(until: Date): HttpException {
  const message = `the account is locked until ${until.toISOString()} after ${FAILURES_ALLOWED} failed logins`;
  return new HttpException({ code: 'account-locked', message, said: `连续 ${FAILURES_ALLOWED} 次密码错误，账号已锁定 15 分钟` }, 423);
}
