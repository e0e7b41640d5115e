import { Logger } from '@nestjs/common';
import { PARTITIONS } from '@huiying/contracts';
import type { Clock } from '@huiying/domain';
import { OutboxRelay, PostgresLog, type EventLog } from '@huiying/messaging';
import { DailyRetention, Database, DeadLetters, Retention, Store } from '@huiying/persistence';
import type { Environment } from '@huiying/settings';

/** What every service stands on. */
export interface Platform {
  environment: Environment;
  clock: Clock;
  database: Database;
  log: EventLog;
  deadLetters: DeadLetters;
  /** Ends what was started here, in the right order. Relays first: they write through the log. */
  stop(): Promise<void>;
}

export interface PlatformOptions {
  environment: Environment;
  clock: Clock;
  databaseUrl: string;
  /** Shown in pg_stat_activity and in the broker's client list. */
  name: string;
  /** Schemas whose outbox this process relays. */
  schemas: readonly string[];
  /** As of `Database.open`; no setting reaches it. */
  waitsForDisk?: boolean;
}

/** Opens the database, applies missing migrations, opens the log, starts the relays and the daily pruning. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { environment, clock, databaseUrl, name, schemas, waitsForDisk = true } = options;
  const database = await Database.open({ url: databaseUrl, pool: environment.databasePool, name: `huiying ${name}`, waitsForDisk });
  await database.migrate();
  const log = await openLog(options, database);
  await log.ensureTopics(PARTITIONS);
  const relays = schemas.map((schema) => OutboxRelay.of(database, schema, log, new Logger('relay')));
  await Promise.all(relays.map((relay) => relay.start()));
  const retention = new DailyRetention(new Retention(database, environment.retentionDays), clock, new Logger('retention'));
  retention.start();
  const stop = async (): Promise<void> => {
    await Promise.all([retention.stop(), ...relays.map((relay) => relay.stop())]);
    await log.close();
    await database.close();
  };
  return { environment, clock, database, log, deadLetters: new DeadLetters(database), stop };
}

/** The event log that the environment names. */
export async function openLog(
  { environment, clock, name }: Pick<PlatformOptions, 'environment' | 'clock' | 'name'>,
  database: Database,
): Promise<EventLog> {
  if (environment.log === 'postgres') return new PostgresLog(database, clock, new Logger('log'));
  // By its path: the build resolves no alias inside import(), and kafkajs is loaded only where it is used.
  const { KafkaLog } = await import('../../messaging/src/kafka-log/index.js');
  return KafkaLog.connect({
    brokers: environment.kafkaBrokers,
    security: environment.kafkaSecurity,
    prefix: environment.topicPrefix,
    clientId: `huiying-${name}`,
    clock,
    voice: new Logger('log'),
  });
}

/** The store of one service on this platform. */
export function storeOf(platform: Pick<Platform, 'database'>, schema: string): Store {
  return new Store(platform.database, schema);
}
