import { createHash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { keyEndsAt } from '@huiying/domain';
import { ApiKeys, type ApiKeyRow, type ApiSystemRow, type Database } from '@huiying/persistence';
import { API_SCOPES, clientOf, readHotline, type ApiClient, type ApiKey, type Environment, type HotlineConfig } from '@huiying/settings';
import { RecordSeal } from './record-seal.js';
import { secretKey } from './secret-key.js';
import { TokenBucket } from './token-bucket.js';

/** A key as requests are held against it. */
export interface KnownKey {
  client: ApiClient;
  /** SHA-256 of the key. */
  digest: Buffer;
  /** null where it cannot be opened here: another HUIYING_SECRET_KEY. Such a key is good for x-api-key alone. */
  signingSecret: string | null;
  /** From this instant on it is refused. */
  endsAt: Date | null;
  /** Whether a person ended it. */
  wasEnded: boolean;
  /** One for all keys of a system. */
  bucket: TokenBucket;
}

/** What is known of the console's keys is never older when a request is held against it: an ended key is refused so soon in every process. */
export const KEYS_KNOWN_MS = 2_000;
const FINGERPRINT_BYTES = 8;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The keys of other systems: those of HUIYING_API_KEYS and those made on the console. One for each process. */
export class ApiKeyRing {
  private readonly logger = new Logger('other-systems');
  private readonly buckets = new Map<string, { perMinute: number; bucket: TokenBucket }>();
  /** Minute in which this process noted the use of a key. */
  private readonly noted = new Map<string, number>();
  /** Day on which the near end of a key was spoken of last. */
  private readonly saidOn = new Map<string, number>();
  private readonly unopened = new Set<string>();
  private config: HotlineConfig | null = null;
  private seal: RecordSeal | null = null;
  private keys: readonly KnownKey[] = [];
  private readAt = -Infinity;
  private reading: Promise<readonly KnownKey[]> | null = null;

  constructor(
    private readonly environment: Pick<Environment, 'apiKeys' | 'configFolder' | 'secretKey' | 'dataFolder'>,
    private readonly database: Database,
  ) {}

  /** Every key there is, those that ended too. Asks the database once in KEYS_KNOWN_MS at most, however many ask. */
  async known(): Promise<readonly KnownKey[]> {
    if (performance.now() - this.readAt < KEYS_KNOWN_MS) return this.keys;
    this.reading ??= this.read().finally(() => (this.reading = null));
    return this.reading;
  }

  /** What was changed in this process holds here at once. */
  forget(): void {
    this.readAt = -Infinity;
  }

  /** Notes that a key was used, once a minute at most. */
  async used(key: KnownKey, now: Date): Promise<void> {
    const fingerprint = fingerprintOf(key.digest);
    const minute = Math.floor(now.getTime() / MINUTE_MS);
    if (this.noted.get(fingerprint) === minute) return;
    this.noted.set(fingerprint, minute);
    await new ApiKeys(this.database).used(fingerprint, now);
  }

  /** Whether the near end of a key is still to be spoken of today; the guards of all routes ask here. */
  isDueToSay(key: KnownKey, now: Date): boolean {
    const [fingerprint, today] = [fingerprintOf(key.digest), Math.floor(now.getTime() / DAY_MS)];
    if (this.saidOn.get(fingerprint) === today) return false;
    this.saidOn.set(fingerprint, today);
    return true;
  }

  /** What a system may do: as config/hotline.yaml says, else as the console says, else hand in records. */
  termsOf(name: string, systems: readonly ApiSystemRow[]): { client: ApiClient; from: 'config' | 'console' | 'default' } {
    this.config ??= readHotline(this.environment.configFolder);
    const isListed = this.config.clients.some((one) => one.name === name);
    const row = systems.find((one) => one.name === name);
    if (isListed || row === undefined) return { client: clientOf(this.config, name), from: isListed ? 'config' : 'default' };
    const { requestsPerMinute, mustSign } = row;
    return {
      client: { name, scopes: API_SCOPES.filter((scope) => row.scopes.includes(scope)), requestsPerMinute, mustSign },
      from: 'console',
    };
  }

  /** Names that config/hotline.yaml lists. */
  listed(): string[] {
    this.config ??= readHotline(this.environment.configFolder);
    return this.config.clients.map(({ name }) => name);
  }

  sealSecret(secret: string, keyId: string): Buffer {
    return this.opener().seal(Buffer.from(secret), placeOf(keyId));
  }

  private async read(): Promise<readonly KnownKey[]> {
    // The age of an answer counts from when it was asked for.
    const askedAt = performance.now();
    const stored = new ApiKeys(this.database);
    const [systems, rows] = [await stored.systems(), await stored.keys()];
    this.keys = [
      ...this.environment.apiKeys.map((one) => this.ofEnvironment(one, systems)),
      ...rows.map((row) => this.ofRow(row, systems)),
    ];
    this.readAt = askedAt;
    return this.keys;
  }

  private ofEnvironment({ name, key, endsAt }: ApiKey, systems: readonly ApiSystemRow[]): KnownKey {
    const { client } = this.termsOf(name, systems);
    return { client, digest: keyDigest(key), signingSecret: key, endsAt, wasEnded: false, bucket: this.bucketOf(client) };
  }

  private ofRow(row: ApiKeyRow, systems: readonly ApiSystemRow[]): KnownKey {
    const { client } = this.termsOf(row.system, systems);
    const signingSecret = this.opened(row);
    return {
      client,
      digest: row.digest,
      signingSecret,
      endsAt: keyEndsAt(row),
      wasEnded: row.endedAt !== null,
      bucket: this.bucketOf(client),
    };
  }

  private opened({ id, system, sealedSecret }: ApiKeyRow): string | null {
    try {
      return this.opener().open(sealedSecret, placeOf(id)).toString();
    } catch {
      if (!this.unopened.has(id))
        this.logger.warn(
          `a signing secret of ${system} cannot be opened: was HUIYING_SECRET_KEY changed? Its requests without x-api-key are refused`,
        );
      this.unopened.add(id);
      return null;
    }
  }

  private bucketOf({ name, requestsPerMinute: perMinute }: ApiClient): TokenBucket {
    const known = this.buckets.get(name);
    if (known?.perMinute === perMinute) return known.bucket;
    const bucket = new TokenBucket(perMinute);
    this.buckets.set(name, { perMinute, bucket });
    return bucket;
  }

  private opener(): RecordSeal {
    return (this.seal ??= new RecordSeal(secretKey(this.environment), 'api-key'));
  }
}

export function keyDigest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** By what the use of a key is kept: tells two keys apart and says nothing of either. */
export function fingerprintOf(digest: Buffer): string {
  return digest.subarray(0, FINGERPRINT_BYTES).toString('hex');
}

const placeOf = (keyId: string): string => `api-key:${keyId}`;
