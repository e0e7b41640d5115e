import { BadInput } from '@huiying/domain';
import { textLines } from '@huiying/tables/lines';
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

/**
 * Reads a file of JSON Lines `{id, text | title + detail, time}`; a line without a time has that of the line before.
 * @param refuse gets each line that is none, with line, field and what came; without it the first one throws
 * @throws BadInput where the file cannot be read
 */
export async function readMessages(file: string, refuse: (fault: BadInput) => void = raise): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const line of textLines(file)) {
    try {
      if ('fault' in line) throw new BadInput([{ field: `line ${line.number}`, rule: line.fault }]);
      if (line.text.trim() !== '') messages.push(messageOf(line.text, line.number, messages.at(-1)?.at ?? new Date(0)));
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      refuse(error);
    }
  }
  return messages;
}

function raise(fault: BadInput): never {
  throw fault;
}

function messageOf(raw: string, number: number, before: Date): Message {
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch {
    throw new BadInput([{ field: `line ${number}`, rule: 'must be one JSON object', got: raw.slice(0, 40) }]);
  }
  const parsed = line.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BadInput([{ field: `line ${number}: ${issue!.path.join('.')}`, rule: issue!.message, got: raw.slice(0, 40) }]);
  }
  const { id, title, detail, text, time } = parsed.data;
  return { id, title: title ?? '', text: detail ?? text ?? '', at: time ? new Date(time) : before };
}
