import { resolve } from 'node:path';
import { z } from 'zod';

/** Digits and nothing else: Number() would take 0x1, 1e3 and blanks, too. */
const whole = (least: number, most: number) =>
  z
    .string()
    .refine((v) => /^\d{1,15}$/.test(v) && Number(v) >= least && Number(v) <= most, `must be a whole number from ${least} to ${most}`)
    .transform(Number);
const oneOf = <const T extends string>(...values: T[]) => z.enum(values, { error: `must be ${values.join(' or ')}` });
const flag = oneOf('true', 'false').transform((v) => v === 'true');
const address = (...schemes: string[]) => {
  const starts = schemes.map((scheme) => `${scheme}://`);
  return z
    .string()
    .refine(
      (v) => starts.some((start) => v.startsWith(start)) && URL.canParse(v),
      `must be an address that starts with ${starts.join(' or ')}`,
    );
};
/** `[::1]:80` is one, too. */
const places = z
  .string()
  .refine((v) => list(v).every((one) => /^[^\s/@]+:\d{1,5}$/.test(one)), 'must be host:port,host:port')
  .transform(list);

/** Every variable the programs read. A name starting with HUIYING_ that is not here is a fault: a misspelt setting must not be a silent default. */
const schema = z.object({
  /** Folder of the configuration files. */
  HUIYING_CONFIG: z.string().default('config'),
  /** Folder of everything this copy keeps: database, keys, locks. */
  HUIYING_DATA_DIR: z.string().default('.data'),
  /** postgres://… of your own server; without it the embedded one is started. May hold a password: never logged. */
  HUIYING_DATABASE_URL: address('postgres', 'postgresql').optional(),
  /** Connections one process may open. */
  HUIYING_DATABASE_POOL: whole(2, 200).default(12),
  /** Which event log: postgres (default) or kafka. */
  HUIYING_LOG: oneOf('postgres', 'kafka').default('postgres'),
  /** host:port,host:port for kafka. */
  KAFKA_BROKERS: places.default([]),
  /** Put before every topic and group on Kafka, so that one broker may serve several cities. */
  HUIYING_TOPIC_PREFIX: z
    .string()
    .regex(/^[a-z0-9.-]*$/, 'must be lower-case letters, digits, dots, dashes')
    .default(''),
  /** Whether the brokers are spoken to over TLS. */
  HUIYING_KAFKA_TLS: flag.default(false),
  /** File with the certificates (PEM) that the brokers' own must be signed by; without it those the machine trusts. */
  HUIYING_KAFKA_CA: z.string().optional(),
  /** How we prove who we are to the brokers. Only with a user name. */
  HUIYING_KAFKA_MECHANISM: oneOf('plain', 'scram-sha-256', 'scram-sha-512').default('scram-sha-512'),
  HUIYING_KAFKA_USERNAME: z.string().optional(),
  /** Secret. */
  HUIYING_KAFKA_PASSWORD: z.string().optional(),
  HUIYING_HOST: z.string().default('127.0.0.1'),
  HUIYING_PORT: whole(0, 65_535).default(8620),
  /** Address people open, for links in messages. */
  HUIYING_PUBLIC_URL: address('http', 'https').optional(),
  /** Loads the demo city when the database is empty. */
  HUIYING_DEMO: flag.default(true),
  /** 32 bytes as hex: encrypts callers' data. Without it a key is made in the data folder. Secret. */
  HUIYING_SECRET_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .optional(),
  /** Keys of systems that may post hotline records: name:key,name:key. Secret. */
  HUIYING_API_KEYS: z.string().optional(),
  /** Where the collector answers, where it is a process of its own: the console's pages for hotline imports are handed on to it. */
  HUIYING_COLLECTOR_URL: address('http', 'https').optional(),
  /** Secrets of interfaces that we ask (config/hotline.yaml, pulls): id:secret,id:secret. Secret. */
  HUIYING_PULL_SECRETS: z.string().optional(),
  /** Secrets with which callbacks are signed (config/hotline.yaml, callbacks): id:secret,id:secret. Secret. */
  HUIYING_CALLBACK_SECRETS: z.string().optional(),
  /** smtp://user:password@host:port; without it no mail is sent. Secret. */
  HUIYING_SMTP_URL: address('smtp', 'smtps').optional(),
  HUIYING_SMTP_FROM: z.string().default('回应值班台 <huiying@localhost>'),
  /** Secrets of channels (config/channels.yaml): channel.name:value,channel.name:value. Secret. */
  HUIYING_CHANNEL_SECRETS: z.string().optional(),
  /** Private addresses that messages may be sent to all the same, e.g. the gateway for short messages: host:port,host:port. */
  HUIYING_CHANNEL_ALLOW: places.default([]),
  /** Private addresses the collector may fetch all the same: host:port,host:port. */
  HUIYING_FETCH_ALLOW: places.default([]),
  /** Days after which what passed through the log is removed; 网络安全法 asks for six months. */
  HUIYING_RETENTION_DAYS: whole(184, 36_500).default(184),
  /** Seconds between two passes of the auditor. */
  HUIYING_AUDIT_SECONDS: whole(5, 3_600).default(60),
  /** Fetched after each pass of the auditor that found nothing wrong: a watchdog elsewhere raises the alarm when it stays away. Secret. */
  HUIYING_HEARTBEAT_URL: address('http', 'https').optional(),
  HUIYING_LOG_LEVEL: oneOf('error', 'warn', 'log', 'debug', 'verbose').default('log'),
  HUIYING_LOG_JSON: flag.default(false),
  /** Set by scripts/start.cjs: when the command was given, in milliseconds since 1970. */
  HUIYING_STARTED_AT: whole(0, Number.MAX_SAFE_INTEGER).optional(),
  /** Data to measure against; benches and import tests skip loudly without it. */
  HUIYING_DATA: z.string().optional(),
});

/** Every variable with its default as one would write it; null where there is none. docs/how-to/operate.md is held against it. */
export const ENVIRONMENT_DEFAULTS: Readonly<Record<string, string | null>> = Object.fromEntries(
  Object.entries(schema.shape).map(([name, rule]) => [name, String(rule.safeParse(undefined).data ?? '') || null]),
);

const SECRET = /KEY|PASSWORD|SECRET|(DATABASE|SMTP|HEARTBEAT)_URL/;

/** How brokers are spoken to: over TLS or not, and as whom. */
export interface KafkaSecurity {
  /** null: in the clear. `caFile`: PEM; null where the machine's own list of authorities is enough. */
  tls: { caFile: string | null } | null;
  /** null: nobody asks who we are. Holds a password: never logged. */
  sasl: { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string } | null;
}

export interface Environment {
  configFolder: string;
  dataFolder: string;
  databaseUrl: string | null;
  databasePool: number;
  log: 'postgres' | 'kafka';
  kafkaBrokers: string[];
  kafkaSecurity: KafkaSecurity;
  topicPrefix: string;
  host: string;
  port: number;
  publicUrl: string;
  demo: boolean;
  secretKey: string | null;
  /** In their order; a system that changes its key has two for a while. */
  apiKeys: readonly ApiKey[];
  collectorUrl: string | null;
  pullSecrets: ReadonlyMap<string, string>;
  callbackSecrets: ReadonlyMap<string, string>;
  smtpUrl: string | null;
  smtpFrom: string;
  /** channel.name → secret. */
  channelSecrets: ReadonlyMap<string, string>;
  channelAllow: string[];
  fetchAllow: string[];
  retentionDays: number;
  auditSeconds: number;
  heartbeatUrl: string | null;
  logLevel: 'error' | 'warn' | 'log' | 'debug' | 'verbose';
  logJson: boolean;
}

/** A key of another system (HUIYING_API_KEYS). */
export interface ApiKey {
  /** The system's name. */
  name: string;
  key: string;
  /** From this instant on it is refused; null where it does not end. */
  endsAt: Date | null;
}

/** The environment holds something unusable. Names the variable and the rule; the value of a secret is not shown. */
export class BadEnvironment extends Error {
  constructor(readonly faults: string[]) {
    super(`The environment cannot be used:\n${faults.map((f) => `  ${f}`).join('\n')}`);
    this.name = 'BadEnvironment';
  }
}

/** @throws BadEnvironment with all faults at once */
export function readEnvironment(given: Record<string, string | undefined>): Readonly<Environment> {
  // Set to nothing means not set: compose files write NAME= for what is left out.
  const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const faults = Object.keys(env)
    .filter((name) => name.startsWith('HUIYING_') && !(name in schema.shape))
    .map((name) => `${name} is not a setting of this program`);
  const checked = schema.safeParse(env);
  if (!checked.success) {
    for (const issue of checked.error.issues) {
      const name = String(issue.path[0]);
      faults.push(`${name} ${issue.message}${SECRET.test(name) ? '' : `; got ${JSON.stringify(env[name])}`}`);
    }
  }
  if (!checked.success || faults.length > 0) throw new BadEnvironment(faults);
  const e = checked.data;
  if (e.HUIYING_LOG === 'kafka' && e.KAFKA_BROKERS.length === 0) {
    throw new BadEnvironment(['KAFKA_BROKERS must name at least one host:port when HUIYING_LOG is kafka']);
  }
  return Object.freeze({
    configFolder: resolve(e.HUIYING_CONFIG),
    dataFolder: resolve(e.HUIYING_DATA_DIR),
    databaseUrl: e.HUIYING_DATABASE_URL ?? null,
    databasePool: e.HUIYING_DATABASE_POOL,
    log: e.HUIYING_LOG,
    kafkaBrokers: e.KAFKA_BROKERS,
    kafkaSecurity: kafkaSecurity(e),
    topicPrefix: e.HUIYING_TOPIC_PREFIX,
    host: e.HUIYING_HOST,
    port: e.HUIYING_PORT,
    publicUrl: e.HUIYING_PUBLIC_URL ?? `http://${e.HUIYING_HOST}:${e.HUIYING_PORT}`,
    demo: e.HUIYING_DEMO,
    secretKey: e.HUIYING_SECRET_KEY ?? null,
    apiKeys: apiKeys(e.HUIYING_API_KEYS),
    collectorUrl: e.HUIYING_COLLECTOR_URL ?? null,
    pullSecrets: pairs('HUIYING_PULL_SECRETS', 'id:secret', e.HUIYING_PULL_SECRETS),
    callbackSecrets: pairs('HUIYING_CALLBACK_SECRETS', 'id:secret', e.HUIYING_CALLBACK_SECRETS),
    smtpUrl: e.HUIYING_SMTP_URL ?? null,
    smtpFrom: e.HUIYING_SMTP_FROM,
    channelSecrets: pairs('HUIYING_CHANNEL_SECRETS', 'channel.name:value', e.HUIYING_CHANNEL_SECRETS),
    channelAllow: e.HUIYING_CHANNEL_ALLOW,
    fetchAllow: e.HUIYING_FETCH_ALLOW,
    retentionDays: e.HUIYING_RETENTION_DAYS,
    auditSeconds: e.HUIYING_AUDIT_SECONDS,
    heartbeatUrl: e.HUIYING_HEARTBEAT_URL ?? null,
    logLevel: e.HUIYING_LOG_LEVEL,
    logJson: e.HUIYING_LOG_JSON,
  });
}

/** @throws BadEnvironment where half of a pair is missing: a city must not believe itself secured */
function kafkaSecurity(e: z.infer<typeof schema>): KafkaSecurity {
  const faults: string[] = [];
  if (e.HUIYING_KAFKA_CA && !e.HUIYING_KAFKA_TLS) faults.push('HUIYING_KAFKA_CA is for HUIYING_KAFKA_TLS=true only');
  if ((e.HUIYING_KAFKA_USERNAME === undefined) !== (e.HUIYING_KAFKA_PASSWORD === undefined))
    faults.push('HUIYING_KAFKA_USERNAME and HUIYING_KAFKA_PASSWORD must be set together');
  if (faults.length > 0) throw new BadEnvironment(faults);
  const [username, password] = [e.HUIYING_KAFKA_USERNAME, e.HUIYING_KAFKA_PASSWORD];
  return {
    tls: e.HUIYING_KAFKA_TLS ? { caFile: e.HUIYING_KAFKA_CA ? resolve(e.HUIYING_KAFKA_CA) : null } : null,
    sasl: username !== undefined && password !== undefined ? { mechanism: e.HUIYING_KAFKA_MECHANISM, username, password } : null,
  };
}

function list(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `name:value,name:value`. @throws BadEnvironment naming the variable and its form; what stands in it is not shown */
function pairs(variable: string, form: string, value: string | undefined): ReadonlyMap<string, string> {
  return new Map(
    list(value).map((pair) => {
      const at = pair.indexOf(':');
      if (at < 1 || at === pair.length - 1) throw new BadEnvironment([`${variable} must be ${form},${form}`]);
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
  );
}

const API_KEYS = 'name:key,name:key with keys of 16 characters or more, each with @YYYY-MM-DD behind it where that is its last day';

/** `name:key` or `name:key@2026-12-31`: valid through that day in China. Two of one name let a system change its key without a gap. */
function apiKeys(value: string | undefined): readonly ApiKey[] {
  return list(value).map((pair) => {
    const [, name, key, lastDay] = /^([^:]+):(.*?)(?:@(\d{4}-\d{2}-\d{2}))?$/.exec(pair) ?? [];
    const endsAt = lastDay === undefined ? null : dayAfter(lastDay);
    if (name === undefined || key === undefined || key.length < 16 || endsAt === 'no-day')
      throw new BadEnvironment([`HUIYING_API_KEYS must be ${API_KEYS}`]);
    return { name, key, endsAt };
  });
}

/** A key as HUIYING_API_KEYS holds it. */
export function writeApiKey({ name, key, endsAt }: ApiKey): string {
  return endsAt === null ? `${name}:${key}` : `${name}:${key}@${lastDayOf(endsAt)}`;
}

/** The day of China that is the last before the instant. */
export function lastDayOf(endsAt: Date): string {
  return new Date(endsAt.getTime() - 1 + DAY_MS / 3).toISOString().slice(0, 10);
}

const DAY_MS = 86_400_000;

/** The instant at which a day of China is over. */
function dayAfter(day: string): Date | 'no-day' {
  const begins = new Date(`${day}T00:00:00+08:00`);
  const isDay = !Number.isNaN(begins.getTime()) && new Date(begins.getTime() + DAY_MS / 3).toISOString().startsWith(day);
  return isDay ? new Date(begins.getTime() + DAY_MS) : 'no-day';
}
