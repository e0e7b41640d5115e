import { readFileSync } from 'node:fs';
import { Kafka, logLevel, type KafkaConfig, type LogEntry, type logCreator, type SASLOptions } from 'kafkajs';
import type { Clock } from '@huiying/domain';
import type { KafkaSecurity } from '@huiying/settings';
import type { LogVoice } from '../event-log.js';

export interface KafkaLogOptions {
  /** host:port of some of the brokers; the rest are learned from them. */
  brokers: readonly string[];
  /** In the clear and as nobody where not given. */
  security?: KafkaSecurity;
  /** Put before every topic and group, so that one broker may serve several cities. */
  prefix?: string;
  /** How this process is called in the broker's own logs. */
  clientId?: string;
  /** How long a killed process keeps its partitions, in milliseconds. Brokers refuse less than 6,000. */
  sessionTimeoutMs?: number;
  /** Gives the records their time. */
  clock: Clock;
  voice: LogVoice;
}

/**
 * Said in full, because kafkajs has other defaults where NODE_ENV is test, and a test should see what production sees.
 * About 6 s in all: whoever called waits and tries again by rules of their own (relay, reader).
 */
const RETRY = { initialRetryTime: 200, maxRetryTime: 5_000, factor: 0.2, multiplier: 2, retries: 5 };

const PROBE_MS = 3_000;

export function openClient(options: KafkaLogOptions): Kafka {
  const speaking = { logLevel: logLevel.WARN, logCreator: kafkaVoice(options.voice) };
  return new Kafka({ ...address(options), connectionTimeout: 3_000, retry: RETRY, ...speaking });
}

/** Asks once and at once: a health page must not wait for retries. Returns what is wrong, or null. */
export async function probe(options: KafkaLogOptions): Promise<string | null> {
  const once = { connectionTimeout: PROBE_MS, requestTimeout: PROBE_MS, retry: { ...RETRY, retries: 0 } };
  const admin = new Kafka({ ...address(options), ...once, logLevel: logLevel.NOTHING }).admin();
  try {
    await admin.connect();
    await admin.describeCluster();
    return null;
  } catch (error) {
    return `Kafka at ${options.brokers.join(', ')} does not answer: ${(error as Error).message}`;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

function address({ brokers, clientId, security }: KafkaLogOptions): Pick<KafkaConfig, 'brokers' | 'clientId' | 'ssl' | 'sasl'> {
  const { tls = null, sasl = null } = security ?? {};
  return {
    brokers: [...brokers],
    clientId: clientId ?? 'huiying',
    ...(tls && { ssl: tls.caFile === null ? true : { ca: readFileSync(tls.caFile, 'utf8') } }),
    ...(sasl && { sasl: sasl as SASLOptions }),
  };
}

/** The same line is said again after this long; while a broker is away kafkajs says it many times a second. */
const SAY_AGAIN_MS = 30_000;

/** kafkajs calls these errors, but they are how a group lives: members come and go, coordinators are looked up. */
const ROUTINE =
  /group is rebalancing|group coordinator is not available|not the correct coordinator|generation id is not valid|coordinator is not aware of this member/i;

/** What the reader says better itself, with the reader's name. */
const SAID_ELSEWHERE = /^Crash:|^Restarting the consumer/;

/** Routes kafkajs' own log to ours: its errors are our warnings, because each is tried again by somebody who reports in the end. */
function kafkaVoice(voice: LogVoice): logCreator {
  const saidAt = new Map<string, number>();
  return () => (entry) => {
    const line = lineOf(entry);
    if (entry.level > logLevel.WARN || ROUTINE.test(line) || SAID_ELSEWHERE.test(entry.log.message)) return;
    const now = performance.now();
    const before = saidAt.get(line);
    if (before !== undefined && now - before < SAY_AGAIN_MS) return;
    if (saidAt.size > 500) saidAt.clear();
    saidAt.set(line, now);
    voice.warn(`kafka: ${line}`);
  };
}

function lineOf({ namespace, log }: LogEntry): string {
  const error: unknown = log['error'];
  const detail = error instanceof Error ? error.message : typeof error === 'string' ? error : '';
  const broker = typeof log['broker'] === 'string' ? ` (${log['broker']})` : '';
  return `${namespace ? `${namespace}: ` : ''}${log.message}${detail && !log.message.includes(detail) ? `: ${detail}` : ''}${broker}`;
}
