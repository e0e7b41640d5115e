import { randomUUID } from 'node:crypto';
import type { EventLog, LogRecord, RewindTo } from './event-log.js';

/** Whether a record lies at or after a point of its topic. */
export function isFrom(record: Pick<LogRecord, 'at' | 'partition' | 'position'>, from: RewindTo): boolean {
  return 'at' in from ? record.at >= from.at : record.partition === from.partition && record.position >= from.position;
}

/** As a group of one use that reads the topic from its beginning, which every adapter can. */
export async function scanAsGroup(
  log: EventLog,
  topic: string,
  from: RewindTo,
  show: (records: readonly LogRecord[]) => void,
): Promise<void> {
  const reader = `scan-${randomUUID()}`;
  let isDone = (): void => undefined;
  const done = new Promise<void>((resolve) => (isDone = resolve));
  const left = new Map<number, number>();
  const handle = async (records: readonly LogRecord[]): Promise<void> => {
    const due = records.filter((record) => isFrom(record, from));
    if (due.length > 0) show(due);
    const last = records[records.length - 1]!;
    if ((left.get(last.partition) ?? Infinity) <= last.position + 1) left.delete(last.partition);
    if (left.size === 0) isDone();
  };
  for (const { partition, next, head } of await log.positions(reader, [topic])) if (next < head) left.set(partition, head);
  if (left.size === 0) return;
  const running = await log.read({ reader, topics: [topic], batchSize: 500, parallel: 1, handle });
  await done;
  await running.stop();
}
