/* c8 ignore file */
import { readFileSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { OpinionCollectedV1 } from '@huiying/contracts';
import { judge } from './judge.js';
import { readJudgingConfig } from './judging-config.js';
import type { CompiledLexicon } from './lexicon.js';
import { readOpinion } from './reading.js';
import { scoreTopics } from './topic.js';

/**
 * Measures the judgement on real input: `node -r ./test/support/typescript.cjs apps/classifier/src/judging/measure.ts`.
 * Reads HUIYING_DATA (or ../shared/data); prints JSON on standard output.
 */
type OpinionData = OpinionCollectedV1['data'];
interface Message {
  title?: string;
  detail?: string;
  text?: string;
  topic?: string;
  label?: string;
  dept_silver?: string | null;
}

const LOCAL = 'measured-as-local';
const ELSEWHERE = 'measured-as-elsewhere';

/** The seven classes of messages/topic.jsonl in terms of our tree; a code of two digits stands for its whole branch. */
const CLASSES: Record<string, string[]> = {
  城乡建设: ['01', '0207', '0902', '0901', '0903', '0904', '1204', '1404', '1002'],
  交通运输: ['02', '1004'],
  教育文体: ['03', '0402', '0403', '1101'],
  商贸旅游: ['08', '0401', '1102', '1302', '1303', '0905'],
  劳动和社会保障: ['05', '0606', '1205', '1201', '1202', '1301'],
  卫生计生: ['0601', '0602', '0603', '0604', '0605', '1103'],
  环境保护: ['07'],
};

/** The silver names of messages/replies.jsonl in terms of our departments; several names may share one. */
const DEPARTMENTS: Record<string, string[]> = {
  教育: ['education'],
  交通运输: ['transport'],
  城管执法: ['urban-management'],
  人社: ['human-resources'],
  '住建/房产': ['housing'],
  '公安/交警': ['public-security'],
  自然资源规划: ['natural-resources'],
  生态环境: ['ecology'],
  '农业农村/水利/林业': ['agriculture', 'water'],
  文旅广体: ['culture-tourism'],
  卫健: ['health'],
  '轨道/水电气/通信企业': ['water-supply', 'power-supply', 'gas', 'transport', 'industry'],
  '发改/财政/税务/商务': ['development', 'finance', 'tax', 'commerce'],
  市场监管: ['market'],
  民政: ['civil-affairs'],
};

function opinion(message: Message, channel: OpinionData['channel'], sourceId: string): OpinionData {
  const title = message.title ?? (message.detail === undefined ? (message.text ?? '') : '');
  return {
    opinionId: '00000000-0000-4000-8000-000000000000',
    revision: 1,
    sourceId,
    sourceName: sourceId,
    channel,
    title,
    text: message.detail ?? (message.title === undefined ? '' : (message.text ?? '')),
    url: null,
    author: null,
    publishedAt: null,
    capturedAt: '2026-11-01T00:00:00.000Z',
    sha256: '0'.repeat(64),
    order: null,
  };
}

function rows(folder: string, file: string): Message[] {
  return readFileSync(join(folder, file), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Message); // prettier-ignore
}

function flaggedShare(messages: Message[], channel: OpinionData['channel'], sourceId: string, lexicon: CompiledLexicon) {
  const judged = messages.map((m) => ({ m, j: judge(opinion(m, channel, sourceId), lexicon) }));
  const flagged = judged.filter(({ j }) => j.publicOpinion.verdict);
  if (process.env.SHOW === `${channel}:${sourceId}`) {
    for (const { m, j } of flagged.slice(0, 60))
      console.error(m.label, m.title ?? m.text, j.publicOpinion.reasons.map((r) => r.text).join(' | '));
  }
  if (process.env.SHOW === `missed:${channel}:${sourceId}`) {
    for (const { m, j } of judged.filter(({ j }) => !j.publicOpinion.verdict).slice(0, 40)) {
      console.error(
        m.title ?? m.text,
        '##',
        j.jurisdiction.reasons[0]!.text,
        '##',
        j.publicOpinion.score,
        j.publicOpinion.reasons.map((r) => r.text).join(' | '),
      );
    }
  }
  return { rows: messages.length, flagged: flagged.length, share: share(flagged.length, messages.length) };
}

function topicFigures(messages: Message[], lexicon: CompiledLexicon) {
  const classOf = new Map<number, string>();
  lexicon.topics.forEach(({ code }, topic) => {
    const own =
      Object.entries(CLASSES).find(([, codes]) => codes.includes(code)) ??
      Object.entries(CLASSES).find(([, codes]) => codes.includes(code.slice(0, 2)));
    if (own) classOf.set(topic, own[0]);
  });
  const pairs = messages.map((m) => {
    const totals = new Map<string, number>();
    for (const { topic, score } of scoreTopics(readOpinion(opinion(m, 'forum', LOCAL), lexicon), lexicon)) {
      const name = classOf.get(topic);
      if (name) totals.set(name, Math.max(totals.get(name) ?? 0, score));
    }
    const [best] = [...totals].sort((a, b) => b[1] - a[1]);
    return [m.topic!, best?.[0] ?? 'none'] as const;
  });
  const names = Object.keys(CLASSES);
  const f1 = Object.fromEntries(
    names.map((name) => {
      const tp = pairs.filter(([t, p]) => t === name && p === name).length;
      const fp = pairs.filter(([t, p]) => t !== name && p === name).length;
      const fn = pairs.filter(([t, p]) => t === name && p !== name).length;
      return [name, round((2 * tp) / Math.max(1, 2 * tp + fp + fn))];
    }),
  );
  if (process.env.SHOW === 'confusion') {
    const confusion = new Map<string, number>();
    for (const [t, p] of pairs) if (t !== p) confusion.set(`${t} → ${p}`, (confusion.get(`${t} → ${p}`) ?? 0) + 1);
    console.error([...confusion].sort((a, b) => b[1] - a[1]).slice(0, 25));
  }
  return {
    rows: pairs.length,
    macroF1: round(names.reduce((sum, n) => sum + f1[n]!, 0) / names.length),
    accuracy: share(pairs.filter(([t, p]) => t === p).length, pairs.length),
    f1,
  };
}

function departmentFigures(messages: Message[], lexicon: CompiledLexicon) {
  const mappable = messages.filter((m) => typeof m.dept_silver === 'string' && m.dept_silver in DEPARTMENTS);
  let first = 0;
  let third = 0;
  for (const m of mappable) {
    const { departments } = judge(opinion(m, 'forum', LOCAL), lexicon);
    const right = (d: { departmentId: string } | undefined) => d !== undefined && DEPARTMENTS[m.dept_silver!]!.includes(d.departmentId);
    if (right(departments[0])) first++;
    else if (process.env.SHOW === 'departments') console.error(m.dept_silver, '←', departments.map((d) => d.name).join(','), '|', m.title);
    if (departments.slice(0, 3).some(right)) third++;
  }
  return { rows: mappable.length, top1: share(first, mappable.length), top3: share(third, mappable.length) };
}

function sentimentFigures(messages: Message[], lexicon: CompiledLexicon) {
  let tp = 0;
  let fp = 0;
  let fn = 0;
  for (const m of messages) {
    const isNegative = ['angry', 'sad', 'fear'].includes(m.label!);
    const said = judge(opinion(m, 'weibo', LOCAL), lexicon).sentiment.label === 'negative';
    if (said && isNegative) tp++;
    else if (said) fp++;
    else if (isNegative) fn++;
  }
  return { rows: messages.length, negativeF1: round((2 * tp) / (2 * tp + fp + fn)) };
}

function speed(messages: Message[], lexicon: CompiledLexicon) {
  const opinions = messages.map((m) => opinion(m, 'forum', LOCAL));
  const characters = opinions.reduce((sum, o) => sum + o.title.length + o.text.length, 0) / opinions.length;
  opinions.slice(0, 500).forEach((o) => judge(o, lexicon));
  const start = process.cpuUsage(); // CPU time: the machine may have other work
  for (const o of opinions) judge(o, lexicon);
  const { user, system } = process.cpuUsage(start);
  const perSecond = opinions.length / ((user + system) / 1e6);
  return { rows: opinions.length, averageCharacters: Math.round(characters), textsPerCpuSecond: Math.round(perSecond) };
}

function share(part: number, of: number): number {
  return round(part / Math.max(1, of));
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function main(): void {
  const data = process.env.HUIYING_DATA ?? resolve(__dirname, '../../../../../shared/data');
  if (!existsSync(join(data, 'news/titles.jsonl'))) {
    console.error(`no data in ${data}: nothing measured. Set HUIYING_DATA.`);
    return;
  }
  const lexicon = readJudgingConfig(resolve(__dirname, '../../../../config'), [LOCAL]);
  const titles = rows(data, 'news/titles.jsonl');
  const messages = rows(data, 'messages/topic.jsonl');
  const figures = {
    judgedBy: lexicon.judgedBy,
    headlinesFlagged: {
      asNews: flaggedShare(titles, 'news', ELSEWHERE, lexicon),
      asLocalNews: flaggedShare(titles, 'news', LOCAL, lexicon),
    },
    messagesFlagged: {
      asLocalForum: flaggedShare(messages, 'forum', LOCAL, lexicon),
      asHotline: flaggedShare(messages, 'hotline', LOCAL, lexicon),
    },
    topics: topicFigures(messages, lexicon),
    topicsFromTitles: topicFigures(messages.filter((m) => m.title).map((m) => ({ title: m.title!, topic: m.topic! })), lexicon), // prettier-ignore
    departments: departmentFigures(rows(data, 'messages/replies.jsonl'), lexicon),
    sentiment: sentimentFigures(rows(data, 'weibo/sentiment.jsonl'), lexicon),
    speed: speed(messages, lexicon),
  };
  console.log(JSON.stringify(figures, null, 2));
}

if (require.main === module) main();
