import { spanText } from '@huiying/domain';
import type { TracedEvent } from '@huiying/persistence';
import { factsOf } from './trace-facts.js';

const OFFSET_MS = 8 * 3_600_000;

/** The chain as a tree, one line per event: local time, time since the first, topic, the key facts, id. Causes stand above what they led to. */
export function traceLines(events: readonly TracedEvent[]): string[] {
  const [first] = events;
  if (!first) return [];
  const known = new Set(events.map((e) => e.id));
  const children = new Map<string | null, TracedEvent[]>();
  for (const event of events) {
    const parent = event.parent !== null && known.has(event.parent) ? event.parent : null;
    children.set(parent, [...(children.get(parent) ?? []), event]);
  }
  const lines: string[] = [];
  const walk = (event: TracedEvent, lead: string, branch: string): void => {
    const below = children.get(event.id) ?? [];
    lines.push(line(event, `${lead}${branch}`, first.occurredAt));
    const deeper = lead + (branch === '' ? '' : branch === LAST ? '   ' : '│  ');
    below.forEach((child, index) => walk(child, deeper, index === below.length - 1 ? LAST : '├─ '));
  };
  for (const root of children.get(null) ?? []) walk(root, '', '');
  return lines;
}

const LAST = '└─ ';

function line({ id, topic, occurredAt, event, isSent }: TracedEvent, tree: string, start: Date): string {
  const elapsed = `+${elapsedText(occurredAt.getTime() - start.getTime())}`;
  return `${localSecond(occurredAt)}  ${padded(elapsed, 16)}  ${tree}${topic}  ${factsOf(event)}${isSent ? '' : '  （尚未发出）'}  ${id}`;
}

/** Padded to so many columns of a terminal, where a Chinese character takes two. */
function padded(text: string, columns: number): string {
  const width = [...text].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 0);
  return text + ' '.repeat(Math.max(0, columns - width));
}

/** `0.8 秒` below a minute, above it the two largest units. */
export function elapsedText(ms: number): string {
  return Math.abs(ms) < 60_000 ? `${(ms / 1_000).toFixed(1)} 秒` : spanText(ms);
}

/** `2026-11-23 16:05:09` in China. */
function localSecond(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}
