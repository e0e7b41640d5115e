import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { encode } from 'iconv-lite';
import { BadInput } from '@huiying/domain';
import { judge, learnedTextOf, readJudgingConfig, readOpinion } from '../judging/index.js';
import { judgeLearnedTopic } from '../judging/topic-learned.js';
import { learn } from './learn.js';
import { labelledText, type LabelledText } from './labelled-text.js';
import { packVersion, unpackVersion, versionName } from './model-version.js';
import { opinionOfWords } from './opinion-of-words.js';
import { historyFingerprint, readHistory } from './read-history.js';

const lexicon = readJudgingConfig(resolve(__dirname, '../../../../config'));
const folder = mkdtempSync(join(tmpdir(), 'huiying-learn-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, content: string | Buffer): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

describe('labelledText', () => {
  it.each([
    [{ title: '停水', detail: '三天', text: '停水三天', topic: '供水' }, { title: '停水', text: '三天', labels: { topic: '供水' } }],
    [{ title: null, detail: null, text: '停水三天', topic: '供水' }, { title: '', text: '停水三天', labels: { topic: '供水' } }],
    [{ 工单标题: '停水', 诉求内容: '三天', 诉求分类: '供水', 承办单位: '水务局' }, { title: '停水', text: '三天', labels: { topic: '供水', department: '水务局' } }],
    [{ title: '停水', detail: '三天', dept_silver: '水务' }, { title: '停水', text: '三天', labels: { department: '水务' } }],
    [{ text: '气死了', label: 'angry' }, { title: '', text: '气死了', labels: { sentiment: 'negative' } }],
    [{ text: '转发', label: 'non-rumor' }, { title: '', text: '转发', labels: { rumour: 'none' } }],
    [{ text: '停水', label: '供水' }, { title: '', text: '停水', labels: { topic: '供水' } }],
    [{ text: '停水', dept_silver: null }, { title: '', text: '停水', labels: {} }],
    [{ topic: '供水' }, null],
  ] as const)('reads %j', (row, read) => expect(labelledText(row)).toEqual(read)); // prettier-ignore
});

describe('readHistory', () => {
  it('reads the CSV of a spreadsheet in GBK, and counts what teaches nothing', async () => {
    const file = fileOf('history.csv', encode('2026年工单\n标题,内容,承办单位\n停水,三天了,水务局\n路灯,坏了,\n', 'gbk'));
    const { texts, unlabelled } = await readHistory(file);
    expect(texts).toEqual([{ title: '停水', text: '三天了', labels: { department: '水务局' } }]);
    expect(unlabelled).toBe(1);
  });
  it('refuses a file without a label, and says which columns it looks for', async () => {
    await expect(readHistory(fileOf('none.jsonl', '{"text":"停水"}\n'))).rejects.toThrow(BadInput);
  });
  it('tells of a line that is no JSON, and reads the others', async () => {
    const { texts, unreadable } = await readHistory(fileOf('bad.jsonl', '{"text":"停水","topic":"供水"}\n{oops\n'));
    expect([texts.length, unreadable.map(({ line }) => line)]).toEqual([1, [2]]);
  });
});

/** A history of made-up messages: so many of each kind. */
function history(labels: { water: LabelledText['labels']; noise: LabelledText['labels'] }, each = 24): LabelledText[] {
  const places = ['柳林路', '东关', '纺织新村', '雁鸣里', '北塘', '学府街'];
  return Array.from({ length: each }, (_, i) => [
    { title: `${places[i % 6]}${i}号又没水了`, text: `从早上起龙头里一滴也没有，打电话说管网在修，已经第${i}天。`, labels: labels.water },
    { title: `${places[i % 6]}夜里吵得睡不着`, text: `楼下工地搅拌机响到凌晨${i % 5}点，老人孩子都受不了。`, labels: labels.noise },
  ]).flat();
}

describe('learn', () => {
  const foreign = history({ water: { topic: '水的事', department: '水厂' }, noise: { topic: '吵的事', department: '环保站' } });
  const { learned, figures } = learn(foreign, lexicon, 'm-test');
  const judged = judge(opinionOfWords('北塘又没水了', '龙头里一滴也没有'), lexicon, learned);

  it('measures on texts that were held out', () => {
    expect(figures.topic).toMatchObject({ rows: 48, macroF1: 1, top1: 1 });
    expect(figures.department!.top1).toBe(1);
  });
  it('answers in the words of the history, with its version and how sure it is', () => {
    expect(judged.topic).toMatchObject({ name: '水的事' });
    expect(judged.topic!.reasons[0]!.text).toMatch(/m-test，48条.*把握\d+%/);
    expect(judged.departments[0]).toMatchObject({ name: '水厂', role: 'lead' });
    expect(judged.judgedBy).toContain('m-test');
  });
  it('says 拿不准 and asks, where no topic has half', () => {
    const asked = { version: 'm-test', task: learned.tasks.topic!, votes: [] };
    const reading = readOpinion(opinionOfWords('', '又来了'), lexicon);
    const topicOf = (share: number) => {
      const best = { code: '水的事', name: '水的事', share, learned: share, words: 0, hits: [] };
      return judgeLearnedTopic([best], asked, reading, learnedTextOf(reading))!;
    };
    expect(topicOf(0.49).reasons[0]!.text).toMatch(/^拿不准.*49%.*请值班员确认/);
    expect(topicOf(0.5).reasons[0]!.text).not.toMatch(/拿不准/);
  });
  it('weighs what it learned with the lexicon where the history has the topics of this city, and says how much each', () => {
    const own = history({ water: { topic: '0301' }, noise: { topic: lexicon.topics.find((t) => t.name.includes('噪'))!.code } });
    const ours = learn(own, lexicon, 'm-ours').learned;
    const { topic } = judge(opinionOfWords('学校附近夜里吵得睡不着', '工地搅拌机响到凌晨，噪音扰民'), lexicon, ours);
    expect(topic!.name).toMatch(/噪/);
    expect(topic!.reasons.map(({ text }) => text).join()).toMatch(/占判定的\d+%.*词表也指向.*占判定的\d+%/);
  });
  it('learns nothing of a label with two texts, and names it', () => {
    const rare = [...foreign, { title: '狗', text: '没拴绳', labels: { topic: '狗的事' } }];
    expect(learn(rare, lexicon, 'm').figures.topic!.leftOut).toEqual(['狗的事']);
  });
  it('comes back from its bytes', () => {
    const about = { version: 'm-test', learnedAt: '2026-11-26T00:00:00.000Z', dataFingerprint: 'f', lexicon: 'l', rows: 48, figures };
    const back = unpackVersion(packVersion({ ...about, learned }));
    expect(back).toMatchObject(about);
    expect(judge(opinionOfWords('北塘又没水了', '龙头里一滴也没有'), lexicon, back.learned).topic!.name).toBe('水的事');
    expect(() => unpackVersion(Buffer.from('no model'))).toThrow(BadInput);
  });
});

describe('the fingerprint of a history', () => {
  const [a, b] = history({ water: { topic: 'x' }, noise: { topic: 'y' } }, 1) as [LabelledText, LabelledText];
  it('does not heed the order, and changes with a label', () => {
    expect(historyFingerprint([a, b])).toBe(historyFingerprint([b, a]));
    expect(historyFingerprint([a, b])).not.toBe(historyFingerprint([a, { ...b, labels: { topic: 'z' } }]));
  });
  it('names the version', () => expect(versionName(new Date('2026-11-26T08:00:00Z'), 'abcdef0123')).toBe('m-20261126-abcdef'));
});
