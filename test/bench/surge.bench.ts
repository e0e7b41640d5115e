/**
 * How often a surge (突增) is told, and how often of nothing but chance, on real messages (HUIYING_DATA; says so and ends where it is absent):
 * `npm run bench:surge`. JSON on the last line. The messages are put into stories and told one by one at their time. For the false alarms
 * each story's messages are drawn anew, evenly over its life (four weeks at least): whatever is told then, is told of a story that is quiet.
 * The files hold few true surges, so bursts of several sizes and speeds are put into their stories, and it is counted which are told of.
 */
import { PAST_DAYS, SURGE_QUIET_DAYS, surgeOfAges } from '@huiying/domain';
import { loadSegmenter, MatterReader } from '@huiying/text';
import { readMessages, type Message } from '../../apps/classifier/src/stories/read-messages.js';
import { storiesOf } from '../../apps/classifier/src/stories/stories-of-file.js';
import { measuredData } from '../support/measured-data.js';

const FILES = ['stories', 'replies', 'topic'];
const DRAWS = 20;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MONTH_DAYS = 30;

/** When a story is told of, when its messages come at these times. */
function toldTimes(times: readonly number[]): number[] {
  const sorted = [...times].sort((a, b) => a - b);
  const told: number[] = [];
  let quietUntil = -Infinity;
  sorted.forEach((now, i) => {
    if (now < quietUntil) return;
    const byAge = new Map<number, number>();
    for (let k = i; k >= 0; k--) {
      const age = Math.floor((now - sorted[k]!) / DAY_MS);
      if (age > PAST_DAYS) break;
      byAge.set(age, (byAge.get(age) ?? 0) + 1);
    }
    if (!surgeOfAges(byAge, new Date(sorted[0]!), new Date(now)).isSurge) return;
    told.push(now);
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

/** True surges put into the stream's own rhythm: so many messages, spread by chance over so many hours. */
const BURSTS = { messages: [5, 6, 8, 10, 15, 20, 30], hours: [1, 6, 24, 72] };
const BURSTS_EACH = 200;

/**
 * Into a story of the real stream, drawn by chance (most have one message, some dozens), a burst is put at a moment after its first message. How
 * many of the bursts are told of while they last, after how many of their messages and hours, and how often the story was told of before.
 */
function found(stories: readonly (readonly number[])[], size: number, hours: number, chance: () => number) {
  const delays: { messages: number; hours: number }[] = [];
  let before = 0;
  for (let n = 0; n < BURSTS_EACH; n++) {
    const story = stories[Math.floor(chance() * stories.length)]!;
    const [first, last] = [Math.min(...story), Math.max(...story)];
    const start = first + chance() * (last - first + PAST_DAYS * DAY_MS);
    const offsets = [0, ...Array.from({ length: size - 1 }, () => chance() * hours * HOUR_MS)];
    const burst = offsets.map((offset) => start + offset);
    const told = toldTimes([...story, ...burst]);
    before += told.filter((at) => at < start).length;
    const at = told.find((one) => one >= start && one <= Math.max(...burst));
    if (at !== undefined) delays.push({ messages: burst.filter((one) => one <= at).length, hours: (at - start) / HOUR_MS });
  }
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
  const inHours = middle(delays.map((one) => one.hours));
  return {
    messages: size,
    hours,
    found: Math.round((delays.length / BURSTS_EACH) * 1000) / 1000,
    toldAtMessage: middle(delays.map((one) => one.messages)),
    toldAfterHours: inHours === null ? null : Math.round(inHours * 10) / 10,
    falseBefore: before,
  };
}

function bursts(stories: readonly (readonly number[])[]) {
  const chance = chanceOf(2);
  return BURSTS.messages.flatMap((size) => BURSTS.hours.map((hours) => found(stories, size, hours, chance)));
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
  const falsely = sum(Array.from({ length: DRAWS }, () => sum(stories.map((times) => toldTimes(drawnAnew(times, chance)).length)))) / DRAWS;
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return {
    messages: messages.length,
    months: Math.round(months * 10) / 10,
    stories: stories.length,
    told: sum(stories.map((times) => toldTimes(times).length)),
    toldPerMonth: round(sum(stories.map((times) => toldTimes(times).length)) / months),
    falsePerMonth: round(falsely / months),
    falsePerThousandStories: round((falsely / stories.length) * 1000),
    bursts: bursts(stories),
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
