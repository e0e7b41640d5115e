import type { CONTRACTS, Topic } from '@huiying/contracts';
import type { OutgoingEvent } from '@huiying/persistence';
import type { z } from 'zod';

type Versions<T extends Topic> = keyof (typeof CONTRACTS)[T] & number;
type DataOf<T extends Topic, V extends Versions<T>> = (typeof CONTRACTS)[T][V] extends z.ZodType<{ data: infer D }> ? D : never;

/**
 * An event for `tx.send`, typed by its topic's contract.
 * @param about.id give the same id (stableId) wherever the same fact may be found twice
 * @param about.causedBy id of the event that led to it; null where a person, a source or a clock did
 * @param about.version of the contract; 1 where it is not named
 */
export function outgoing<T extends Topic, V extends Versions<T> = 1>(
  topic: T,
  key: string,
  about: { id: string; occurredAt: Date; causedBy: string | null; version?: V },
  data: DataOf<T, V>,
): OutgoingEvent {
  const { id, occurredAt, causedBy, version = 1 } = about;
  return { topic, key, event: { id, type: topic, version, occurredAt: occurredAt.toISOString(), causedBy, data } };
}
