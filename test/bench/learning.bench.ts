/**
 * What learning gives on real data (HUIYING_DATA; says so and ends where it is absent), and what it costs, in processor time. JSON on the last line.
 * Everything is measured on texts that were held out, copies of one text on one side.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { foldsOf } from '@huiying/text';
import { judge, readJudgingConfig, topicsOnly, type Learned } from '../../apps/classifier/src/judging/index.js';
import { learn, readHistory, type LabelledText } from '../../apps/classifier/src/learning/index.js';
import { opinionOfWords } from '../../apps/classifier/src/learning/opinion-of-words.js';
import { measuredData } from '../support/measured-data.js';

const LOCAL = 'measured-as-local';
const PARTS = 5;
const lexicon = readJudgingConfig(resolve(__dirname, '../../config'), [LOCAL]);

function seconds(work: () => void): number {
  const before = process.cpuUsage(); // the machine may have other work
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

const opinionOf = ({ title, text }: LabelledText) => ({ ...opinionOfWords(title, text), sourceId: LOCAL, channel: 'forum' as const });

/** Divisions are drawn so often: on 202 texts one alone says little. */
const DIVISIONS = 5;

/**
 * The whole judgement's departments, which the lexicon has a say in, each text judged by what was learned of the others; the mean of five
 * divisions. `ofLabelsWithTenRows`: what baseline.py measures too, which cannot learn a body of one or two texts at all.
 */
function departments(texts: readonly LabelledText[]) {
  const labels = texts.map((text) => text.labels.department!);
  const rankings = Array.from({ length: DIVISIONS }, (_, i) => ranking(texts, labels, i + 1));
  const among = (most: number, of: (label: string) => boolean) => {
    const own = labels.flatMap((label, i) => (of(label) ? [i] : []));
    const right = (ranked: string[][]) => own.filter((i) => ranked[i]!.slice(0, most).includes(labels[i]!)).length;
    return round(rankings.reduce((sum, ranked) => sum + right(ranked), 0) / (own.length * DIVISIONS));
  };
  const common = (label: string) => labels.filter((one) => one === label).length >= 10;
  const all = () => true;
  return {
    rows: texts.length,
    top1: among(1, all),
    top3: among(3, all),
    ofLabelsWithTenRows: { rows: labels.filter(common).length, top1: among(1, common), top3: among(3, common) },
  };
}

function ranking(texts: readonly LabelledText[], labels: readonly string[], seed: number): string[][] {
  const folds = foldsOf(texts, labels, PARTS, seed);
  const ranked: string[][] = [];
  for (let part = 0; part < PARTS; part++) {
    const { learned } = learn(texts.filter((_, i) => folds[i] !== part), lexicon, 'bench'); // prettier-ignore
    texts.forEach((text, i) => {
      if (folds[i] === part) ranked[i] = judge(opinionOf(text), lexicon, learned).departments.map(({ name }) => name);
    });
  }
  return ranked;
}

function speed(texts: readonly LabelledText[], learned: Learned) {
  const opinions = texts.map(opinionOf);
  const perSecond = (work: (opinion: (typeof opinions)[number]) => unknown) => {
    opinions.slice(0, 500).forEach(work);
    return Math.round(opinions.length / seconds(() => opinions.forEach(work)));
  };
  return {
    textsPerCpuSecond: {
      wholeByLexicon: perSecond((opinion) => judge(opinion, lexicon)),
      whole: perSecond((opinion) => judge(opinion, lexicon, learned)),
      topicOnly: perSecond((opinion) => topicsOnly(opinion, lexicon, learned)),
    },
  };
}

async function main(): Promise<void> {
  const folder = measuredData();
  if (folder === null) return console.log(JSON.stringify({ bench: 'learning', didNotRun: 'no data: set HUIYING_DATA' }));
  const history = async (file: string) => (await readHistory(join(folder, file))).texts;
  const messages = await history('messages/topic.jsonl');
  let topic!: ReturnType<typeof learn>;
  const learnSeconds = seconds(() => (topic = learn(messages, lexicon, 'bench')));
  const titles = messages.filter(({ title }) => title !== '').map((one) => ({ ...one, text: '' }));
  const replies = (await history('messages/replies.jsonl')).filter(({ labels }) => labels.department !== undefined);
  const moods = learn(await history('weibo/sentiment.jsonl'), lexicon, 'bench');
  const rumours = learn(await history('weibo/rumour.jsonl'), lexicon, 'bench');
  const people = learn(replies, lexicon, 'bench');
  const all: Learned = {
    version: 'bench',
    tasks: { ...topic.learned.tasks, ...people.learned.tasks, ...moods.learned.tasks, ...rumours.learned.tasks },
  };
  const { rss } = process.memoryUsage();
  const status = readFileSync('/proc/self/status', 'utf8').match(/VmHWM:\s+(\d+)/);
  console.log(
    JSON.stringify({
      bench: 'learning',
      topic: { ...topic.figures.topic, learnCpuSeconds: round(learnSeconds) },
      topicFromTitles: learn(titles, lexicon, 'bench').figures.topic,
      departments: departments(replies),
      sentiment: moods.figures.sentiment,
      rumour: rumours.figures.rumour,
      speed: { allFourTasks: speed(messages, all), topicTask: speed(messages, topic.learned) },
      memoryMb: { now: Math.round(rss / 2 ** 20), most: status ? Math.round(Number(status[1]) / 1024) : null },
    }),
  );
}

void main();
