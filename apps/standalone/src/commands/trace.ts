import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { traceFrom } from '@huiying/persistence';
import { runCommand, wrongArgument, type Desk } from './command.js';
import { traceLines } from './trace-lines.js';

const USAGE = 'usage: npm run trace -- OPINION_ID [--json]';

export interface TraceWish {
  id: string;
  json: boolean;
}

/** `npm run trace -- OPINION_ID [--json]` @throws BadInput */
export function readTraceWish(args: string[]): TraceWish {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean' } } });
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0 || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
    wrongArgument('OPINION_ID', "must be one opinion's id (or an event's): 8-4-4-4-12 hexadecimal digits", id);
  }
  return { id: id.toLowerCase(), json: values.json ?? false };
}

async function work({ id, json }: TraceWish, desk: Desk): Promise<void> {
  const events = await traceFrom(desk.database, id);
  if (events.length === 0) throw new Error(`no opinion and no event has the id ${id}`);
  if (json) desk.say(JSON.stringify(events, null, 2));
  else for (const line of traceLines(events)) desk.say(line);
}

if (require.main === module) runCommand({ name: 'trace', usage: USAGE, read: readTraceWish, work });
