import { Logger } from '@nestjs/common';
import { ChannelSecrets, type ChannelSecretRow, type Database } from '@huiying/persistence';
import { RecordSeal, secretKey } from '@huiying/platform';
import { secretsOf, type ChannelSetting, type Environment } from '@huiying/settings';

/** What is known of the secrets set on the console is never older when a message is sent. */
export const SECRETS_KNOWN_MS = 2_000;

/** Where a secret comes from that is in use, and whether another stands behind it. Never the secret. */
export interface SecretStanding {
  name: string;
  /** null: there is none, so the channel sends nothing. */
  from: 'console' | 'environment' | null;
  inEnvironment: boolean;
  setAt: Date | null;
  setBy: string | null;
}

/** The secrets of the channels: of the console, else of the environment. Notifiers read them at each message, so a new one needs no restart. */
export class ChannelVault {
  private readonly logger = new Logger('notifying');
  private readonly live = new Map<string, Map<string, string>>();
  private readonly settings = new Map<string, ChannelSetting>();
  private readonly unopened = new Set<string>();
  private seal: RecordSeal | null = null;
  private rows: readonly ChannelSecretRow[] = [];
  private readAt = -Infinity;
  private reading: Promise<void> | null = null;
  private hasRead = false;

  /** @param database null where there is only the environment */
  constructor(
    private readonly environment: Environment,
    private readonly database: Database | null,
  ) {}

  /** The channel's secrets by name; the map lives and changes. */
  secretsFor(setting: ChannelSetting): ReadonlyMap<string, string> {
    this.settings.set(setting.id, setting);
    const live = new Map<string, string>();
    this.live.set(setting.id, live);
    this.fill(setting);
    return live;
  }

  isReady(setting: ChannelSetting): boolean {
    const live = this.live.get(setting.id);
    return secretsOf(setting).every((name) => live?.has(name) === true);
  }

  /** Asks the database once in SECRETS_KNOWN_MS at most, however many ask. */
  async refresh(): Promise<void> {
    if (this.database === null || performance.now() - this.readAt < SECRETS_KNOWN_MS) return;
    this.reading ??= this.read(this.database).finally(() => (this.reading = null));
    await this.reading;
  }

  /** What was changed in this process holds here at once. */
  forget(): void {
    this.readAt = -Infinity;
  }

  sealed(channel: string, name: string, value: string): Buffer {
    return this.opener().seal(Buffer.from(value), placeOf(channel, name));
  }

  standings(setting: ChannelSetting): SecretStanding[] {
    return secretsOf(setting).map((name) => {
      const row = this.rowOf(setting.id, name);
      const inEnvironment = this.ofEnvironment(setting, name) !== undefined;
      const from = row !== undefined ? 'console' : inEnvironment ? 'environment' : null;
      return { name, from, inEnvironment, setAt: row?.setAt ?? null, setBy: row?.setBy ?? null };
    });
  }

  /** Of what was set on the console, the earliest end; else as config/channels.yaml says. A new credential does not end with the old one. */
  expiresOn(setting: ChannelSetting): string | null {
    const own = this.rows.filter(({ channel }) => channel === setting.id);
    if (own.length === 0) return setting.expiresAt;
    return own.flatMap(({ expiresOn }) => expiresOn ?? []).sort()[0] ?? null;
  }

  private async read(database: Database): Promise<void> {
    // The age of an answer counts from when it was asked for.
    const askedAt = performance.now();
    this.rows = await new ChannelSecrets(database).all();
    for (const setting of this.settings.values()) this.fill(setting);
    if (!this.hasRead) this.tellMissing();
    this.hasRead = true;
    this.readAt = askedAt;
  }

  private tellMissing(): void {
    for (const setting of this.settings.values()) {
      const missing = this.standings(setting).flatMap(({ name, from }) => (from === null ? [`${setting.id}.${name}`] : []));
      if (missing.length > 0)
        this.logger.warn(
          `channel ${setting.id} sends nothing: ${missing.join(', ')} stands neither in HUIYING_CHANNEL_SECRETS nor on the console`,
        );
    }
  }

  private fill(setting: ChannelSetting): void {
    const live = this.live.get(setting.id)!;
    for (const name of secretsOf(setting)) {
      const row = this.rowOf(setting.id, name);
      const value = row === undefined ? this.ofEnvironment(setting, name) : this.opened(row);
      if (value === undefined) live.delete(name);
      else live.set(name, value);
    }
  }

  private rowOf(channel: string, name: string): ChannelSecretRow | undefined {
    return this.rows.find((row) => row.channel === channel && row.name === name);
  }

  private ofEnvironment(setting: ChannelSetting, name: string): string | undefined {
    if (setting.kind === 'email') return this.environment.smtpUrl ?? undefined;
    return this.environment.channelSecrets.get(`${setting.id}.${name}`);
  }

  private opened({ channel, name, sealed }: ChannelSecretRow): string | undefined {
    try {
      return this.opener().open(sealed, placeOf(channel, name)).toString();
    } catch {
      const place = placeOf(channel, name);
      if (!this.unopened.has(place))
        this.logger.warn(`the secret ${channel}.${name} cannot be opened: was HUIYING_SECRET_KEY changed? Set it again`);
      this.unopened.add(place);
      return undefined;
    }
  }

  private opener(): RecordSeal {
    return (this.seal ??= new RecordSeal(secretKey(this.environment), 'channel'));
  }
}

const placeOf = (channel: string, name: string): string => `channel:${channel}.${name}`;
