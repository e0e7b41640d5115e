import { KafkaLog } from '@huiying/messaging/kafka';
import { PostgresLog, type EventLog, type LogVoice } from '@huiying/messaging';
import type { Database } from '@huiying/persistence';
import { SystemClock } from '@huiying/settings';

/** Opens the log that LOG, KAFKA_BROKERS and PREFIX name: the way of the suite's child processes. */
export async function openLogOf(environment: Record<string, string | undefined>, database: Database, voice: LogVoice): Promise<EventLog> {
  const clock = new SystemClock();
  if (environment.LOG === 'postgres') return new PostgresLog(database, clock, voice);
  const brokers = (environment.KAFKA_BROKERS ?? '').split(',');
  return KafkaLog.connect({ brokers, prefix: environment.PREFIX ?? '', clientId: `suite-${process.pid}`, clock, voice });
}
