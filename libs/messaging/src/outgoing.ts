import type { CONTRACTS, Topic } from '@huiying/contracts';
import type { OutgoingEvent } from '@huiying/persistence';
import type { z } from 'zod';

type DataOf<T extends Topic> = (typeof CONTRACTS)[T] extends { 1: infer S } ? (S extends z.ZodType<{ data: infer D }> ? D : never) : never;

/**
 * An event for `tx.send`, typed by its topic's contract.
 * @param about.id give the same id (stableId) wherever the same fact may be found twice
 * @param about.causedBy id of the event that led to it; null where a person, a source or a clock did
 */
export function outgoing<T extends Topic>(
  topic: T,
  key: string,
  about: { id: string; occurredAt: Date; causedBy: string | null },
  data: DataOf<T>,
): OutgoingEvent {
  const { id, occurredAt, causedBy } = about;
  return { topic, key, event: { id, type: topic, version: 1, occurredAt: occurredAt.toISOString(), causedBy, data } };
}
