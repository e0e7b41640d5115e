import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { TOPICS } from '@huiying/contracts';
import type { EventLog, RewindTo } from '@huiying/messaging';
import { forgetClaims } from '@huiying/persistence';
import { runCommand, wrongArgument, type Desk } from './command.js';

const USAGE = `usage: npm run replay -- --reader NAME --topic TOPIC --from INSTANT [--again]
       npm run replay -- --reader NAME --topic TOPIC --partition P --position N [--again]`;

export interface ReplayWish {
  reader: string;
  topic: string;
  to: RewindTo;
  /** Forget that the reader had the events, so that its handlers run again. */
  again: boolean;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const OPTIONS = {
  reader: { type: 'string' },
  topic: { type: 'string' },
  from: { type: 'string' },
  partition: { type: 'string' },
  position: { type: 'string' },
  again: { type: 'boolean' },
} as const;

/** `npm run replay -- --reader NAME --topic T (--from INSTANT | --partition P --position N) [--again]` @throws BadInput */
export function readReplayWish(args: string[]): ReplayWish {
  const { values } = parseArgs({ args, options: OPTIONS });
  const reader = values.reader ?? wrongArgument('--reader', 'must name the reader, e.g. classifier', undefined);
  const topics: readonly string[] = Object.values(TOPICS);
  const topic = topics.find((t) => t === values.topic) ?? wrongArgument('--topic', `must be one of ${topics.join(', ')}`, values.topic);
  const { from, partition, position } = values;
  if ((from === undefined) === (partition === undefined && position === undefined)) {
    wrongArgument('--from', 'must be given, or --partition with --position, and not both', undefined);
  }
  const to =
    from === undefined ? { partition: whole('--partition', partition), position: whole('--position', position) } : { at: instant(from) };
  return { reader, topic, to, again: values.again ?? false };
}

function whole(field: string, given: string | undefined): number {
  return given !== undefined && /^\d{1,15}$/.test(given) ? Number(given) : wrongArgument(field, 'must be a whole number from 0', given);
}

/** A time without a zone would mean another instant on another machine. */
function instant(given: string): Date {
  const at = new Date(given);
  if (!/(Z|[+-]\d\d:\d\d)$/.test(given) || Number.isNaN(at.getTime())) {
    wrongArgument('--from', 'must be an instant with its zone, e.g. 2026-11-20T08:00:00+08:00', given);
  }
  return at;
}

/** The events that a wish brings again. What is no event at all has no claim to forget. */
export async function idsFrom(log: EventLog, { topic, to }: Pick<ReplayWish, 'topic' | 'to'>): Promise<string[]> {
  const ids = new Set<string>();
  await log.scan(topic, to, (records) => {
    for (const { value } of records) {
      const id = idOf(value);
      if (id) ids.add(id);
    }
  });
  return [...ids];
}

function idOf(value: string): string | null {
  try {
    const { id } = (JSON.parse(value) ?? {}) as { id?: unknown };
    return typeof id === 'string' && UUID.test(id) ? id : null;
  } catch {
    return null; // no JSON: it lies with the dead letters, not in the inbox
  }
}

/** @throws BadInput where the log holds nothing at or behind the point: a rewind to there would bring nothing again */
async function proveReadable(log: EventLog, { reader, topic, to }: ReplayWish, now: Date): Promise<void> {
  if ('at' in to) return to.at > now ? wrongArgument('--from', 'must not lie in the future', to.at) : undefined;
  const { partition, position } = to;
  const all = await log.positions(reader, [topic]);
  const at = all.find((one) => one.partition === partition);
  if (!at) wrongArgument('--partition', `must be a partition of ${topic}, from 0 to ${all.length - 1}`, partition);
  if (position >= at.head)
    wrongArgument('--position', `must lie before ${at.head}, the head of ${topic}/${partition}: nothing is there to read again`, position);
}

async function work(wish: ReplayWish, desk: Desk): Promise<void> {
  const log = await desk.openLog();
  await proveReadable(log, wish, desk.clock.now());
  const ids = wish.again ? await idsFrom(log, wish) : [];
  // One commit with the rewind's success: where it fails, nothing is forgotten; a reader that is rewound at once waits at its claims for it.
  const { forgotten, moved } = await desk.database.transaction(async (tx) => ({
    forgotten: wish.again ? await forgetClaims(tx, wish.reader, ids) : 0,
    moved: await rewound(log, wish),
  }));
  desk.say(
    `${wish.reader} 将重新读取 ${wish.topic}：${moved} 个分区已回退${wish.again ? `，${forgotten} 个事件将重新处理` : '；已处理过的事件不会再次生效'}`,
  );
}

async function rewound(log: EventLog, { reader, topic, to }: ReplayWish): Promise<number> {
  const moved = await log.rewind(reader, topic, to);
  if (moved === 0) {
    const part = 'at' in to ? '' : `partition ${to.partition} of `;
    throw new Error(`reader ${reader} has never read ${part}${topic}, so there is nothing to read again`);
  }
  return moved;
}

if (require.main === module) runCommand({ name: 'replay', usage: USAGE, read: readReplayWish, work });
