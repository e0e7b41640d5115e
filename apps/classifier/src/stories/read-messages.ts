import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { BadInput } from '@huiying/domain';
import { z } from 'zod';

/** A line of a file of messages. */
export interface Message {
  id: string | number;
  title: string;
  text: string;
  at: Date;
}

const line = z.object({
  id: z.union([z.string(), z.number()]),
  title: z.string().nullish(),
  detail: z.string().nullish(),
  text: z.string().nullish(),
  time: z
    .string()
    .refine((time) => !Number.isNaN(Date.parse(time)), 'must be a date and time, e.g. 2026-02-14T20:30:00+08:00')
    .nullish(),
});

/** Reads a file of JSON Lines `{id, text | title + detail, time}`; a line without a time has that of the line before. @throws BadInput naming line, field and what came */
export async function readMessages(file: string): Promise<Message[]> {
  const messages: Message[] = [];
  let number = 0;
  for await (const raw of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number += 1;
    if (raw.trim() !== '') messages.push(messageOf(raw, number, messages.at(-1)?.at ?? new Date(0)));
  }
  return messages;
}

function messageOf(raw: string, number: number, before: Date): Message {
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch {
    throw new BadInput([{ field: `line ${number}`, rule: 'one JSON object', got: raw.slice(0, 40) }]);
  }
  const parsed = line.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BadInput([{ field: `line ${number}: ${issue!.path.join('.')}`, rule: issue!.message, got: raw.slice(0, 40) }]);
  }
  const { id, title, detail, text, time } = parsed.data;
  return { id, title: title ?? '', text: detail ?? text ?? '', at: time ? new Date(time) : before };
}
