import { z } from 'zod';

/** An instant as ISO 8601 in UTC, e.g. 2026-02-14T12:30:00.000Z. */
export const instant = z.iso.datetime({ offset: false });

/** What every event carries. `causedBy` is the id of the event that led to it, null where a person or the world did. */
export const envelope = z.object({
  id: z.uuid(),
  occurredAt: instant,
  causedBy: z.uuid().nullable(),
});

export const severityLevel = z.enum(['I', 'II', 'III', 'IV']);

/** A sentence an officer would say, and the words in the text it rests on (offsets in UTF-16 code units, end exclusive). */
export const reason = z.object({
  text: z.string(),
  matches: z.array(z.object({ field: z.enum(['title', 'text']), start: z.int(), end: z.int(), term: z.string() })).default([]),
});
export type Reason = z.infer<typeof reason>;
