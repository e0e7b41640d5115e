import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { localTimeText } from '@huiying/domain';
import { DeadLetters, type DeadLetter } from '@huiying/persistence';
import { runCommand, wrongArgument, type Desk } from './command.js';

const USAGE = 'usage: npm run dead-letters [-- --show ID | --resend ID | --resend-all]';

export type DeadLetterWish = { do: 'list' } | { do: 'show'; id: number } | { do: 'resend'; id: number } | { do: 'resend-all' };

/** `npm run dead-letters [-- --resend ID | --resend-all | --show ID]` @throws BadInput */
export function readDeadLetterWish(args: string[]): DeadLetterWish {
  const { values } = parseArgs({
    args,
    options: { show: { type: 'string' }, resend: { type: 'string' }, 'resend-all': { type: 'boolean' } },
  });
  const given = Object.keys(values);
  if (given.length > 1) wrongArgument(given.map((g) => `--${g}`).join(' '), 'must be given one at a time', undefined);
  if (values.show !== undefined) return { do: 'show', id: readId('--show', values.show) };
  if (values.resend !== undefined) return { do: 'resend', id: readId('--resend', values.resend) };
  return values['resend-all'] ? { do: 'resend-all' } : { do: 'list' };
}

function readId(field: string, given: string): number {
  return /^[1-9]\d{0,15}$/.test(given) ? Number(given) : wrongArgument(field, 'must be the number of a dead letter', given);
}

/** One line per letter: number, time, reader, place in the log, tries, and the first line of the reason. */
export function letterLine(letter: DeadLetter): string {
  const { id, at, reader, topic, partition, position, attempts, reason, resentAt } = letter;
  const state = resentAt ? `已于 ${localTimeText(resentAt)} 重发` : '待处理';
  return `#${id}  ${localTimeText(at)}  ${state}  ${reader}  ${topic}/${partition}@${position}  尝试 ${attempts} 次  ${reason.split('\n')[0]}`;
}

/** A letter in full: what was read, and why it could not be handled. */
export function letterText(letter: DeadLetter): string {
  return [letterLine(letter), `key: ${letter.key}`, '内容：', pretty(letter.value), '原因：', letter.reason].join('\n');
}

function pretty(value: string): string {
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value; // kept as it came: that it is no JSON may be the reason
  }
}

async function work(wish: DeadLetterWish, desk: Desk): Promise<void> {
  const letters = new DeadLetters(desk.database);
  if (wish.do === 'list') {
    const all = await letters.list();
    if (all.length === 0) desk.say('没有死信。');
    for (const letter of all) desk.say(letterLine(letter));
    return;
  }
  const chosen = wish.do === 'resend-all' ? await letters.waiting() : [await letters.find(wish.id)];
  if (chosen.length === 0) desk.say('没有待处理的死信。');
  for (const letter of chosen) {
    if (letter === null) throw new Error(`there is no dead letter ${'id' in wish ? wish.id : ''}`);
    if (wish.do === 'show') desk.say(letterText(letter));
    else await resend(letter, letters, desk);
  }
}

/** Puts the record at the end of its key's partition again. Readers that had it skip it by its id; the one that failed tries anew. */
async function resend(letter: DeadLetter, letters: DeadLetters, desk: Desk): Promise<void> {
  const log = await desk.openLog();
  await log.publish([{ topic: letter.topic, key: letter.key, value: letter.value }]);
  await letters.markResent(letter, desk.clock.now());
  desk.say(`#${letter.id} 已重发到 ${letter.topic}`);
}

if (require.main === module) runCommand({ name: 'dead-letters', usage: USAGE, read: readDeadLetterWish, work });
