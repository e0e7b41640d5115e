/**
 * How often a surge (突增) is told, and how often of nothing but chance, on real messages (HUIYING_DATA; says so and ends where it is absent):
 * `npm run bench:surge`. JSON on the last line. The messages are put into stories and told one by one at their time. For the false alarms
 * each story's messages are drawn anew, evenly over its life (four weeks at least): whatever is told then, is told of a story that is quiet.
 */
import { PAST_DAYS, SURGE_QUIET_DAYS, surgeOfAges } from '@huiying/domain';
import { loadSegmenter, MatterReader } from '@huiying/text';
import { readMessages, type Message } from '../../apps/classifier/src/stories/read-messages.js';
import { storiesOf } from '../../apps/classifier/src/stories/stories-of-file.js';
import { measuredData } from '../support/measured-data.js';

const FILES = ['stories', 'replies', 'topic'];
const DRAWS = 20;
const DAY_MS = 86_400_000;
const MONTH_DAYS = 30;

/** How often a story is told of, when its messages come at these times. */
function toldTimes(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let [told, quietUntil] = [0, -Infinity];
  sorted.forEach((now, i) => {
    if (now < quietUntil) return;
    const byAge = new Map<number, number>();
    for (let k = i; k >= 0; k--) {
      const age = Math.floor((now - sorted[k]!) / DAY_MS);
      if (age > PAST_DAYS) break;
      byAge.set(age, (byAge.get(age) ?? 0) + 1);
    }
    if (!surgeOfAges(byAge, new Date(sorted[0]!), new Date(now)).isSurge) return;
    told += 1;
    quietUntil = now + SURGE_QUIET_DAYS * DAY_MS;
  });
  return told;
}

/** Evenly over the story's life; the first stays. @param chance 0..1 */
function drawnAnew(times: readonly number[], chance: () => number): number[] {
  const first = Math.min(...times);
  const life = Math.max(Math.max(...times) - first, PAST_DAYS * DAY_MS);
  return [first, ...times.slice(1).map(() => first + chance() * life)];
}

/** The same numbers at every run (mulberry32). */
function chanceOf(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function measure(messages: readonly Message[], reader: MatterReader) {
  const byStory = new Map<string, number[]>();
  storiesOf(messages, reader).forEach((story, i) => {
    const times = byStory.get(story);
    if (times) times.push(messages[i]!.at.getTime());
    else byStory.set(story, [messages[i]!.at.getTime()]);
  });
  const stories = [...byStory.values()];
  const all = messages.map(({ at }) => at.getTime());
  const months = (Math.max(...all) - Math.min(...all)) / DAY_MS / MONTH_DAYS;
  const sum = (counts: readonly number[]) => counts.reduce((total, one) => total + one, 0);
  const chance = chanceOf(1);
  const falsely = sum(Array.from({ length: DRAWS }, () => sum(stories.map((times) => toldTimes(drawnAnew(times, chance)))))) / DRAWS;
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return {
    messages: messages.length,
    months: Math.round(months * 10) / 10,
    stories: stories.length,
    told: sum(stories.map(toldTimes)),
    toldPerMonth: round(sum(stories.map(toldTimes)) / months),
    falsePerMonth: round(falsely / months),
    falsePerThousandStories: round((falsely / stories.length) * 1000),
  };
}

async function main(): Promise<void> {
  const reader = new MatterReader(loadSegmenter((sentence) => console.error(sentence)));
  const results: Record<string, unknown> = {};
  for (const name of FILES) {
    const file = measuredData('messages', `${name}.jsonl`);
    if (file === null) continue;
    const messages = (await readMessages(file)).filter(({ at }) => at.getTime() > 0);
    results[name] = measure(messages, reader);
  }
  const given = Object.keys(results).length > 0;
  console.log(
    JSON.stringify({ bench: 'surge', ...(given ? results : { didNotRun: 'the data is not on this machine (set HUIYING_DATA)' }) }),
  );
}

void main();
