import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import { BadInput, type Clock } from '@huiying/domain';
import { readEnvironment, SystemClock } from '@huiying/settings';
import { fileFault, frontDoor, sentenceOf, WrongUsage } from '@huiying/tables/lines';
import { openRunningDatabase } from '@huiying/platform';
import { Models, Store, type Database } from '@huiying/persistence';
import { readJudgingConfig, type CompiledLexicon } from '../judging/index.js';
import { useVersion } from './keep-version.js';
import { learnForCity } from './learn-for-city.js';
import type { LabelledText } from './labelled-text.js';
import { writeModel } from './model-file.js';
import type { ModelVersion } from './model-version.js';
import { readHistory, type History } from './read-history.js';
import { teach } from './teach.js';

const USAGE = `用法：npm run learn -- 文件 [--out 模型文件]
      npm run learn -- --list | --use 版本 | --use lexicon
  文件   本市的历史工单或留言：JSONL、CSV 或 XLSX。文字列：title、detail、text（标题、内容、诉求内容……）；
         结论列：topic（诉求分类、一级标签……）、department（承办单位、责任部门……），或 sentiment、rumour、label
  --out  把模型写到这个文件，不需要数据库；用 npm run judge -- 文件 --model 模型文件 试用。
         不写则连同值班员的纠正一起学习，存入本机系统的数据库并立即启用
  --list 本机系统的模型版本，--use 退回其中一个；lexicon 为不用模型，只按词表研判
进度写到标准错误；标准输出是 JSON：版本、数据指纹、在留出数据上的准确度。`;

/** `npm run learn -- FILE`. Ends with 0 when a model was kept, 2 when nothing could be done. */
async function main(args: string[], clock: Clock): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' }, list: { type: 'boolean' }, use: { type: 'string' } },
  });
  const [file] = positionals;
  const isOneWish = [file, values.list, values.use].filter((wish) => wish !== undefined).length === 1;
  if (!isOneWish || positionals.length > 1) throw new WrongUsage();
  const environment = readEnvironment(process.env);
  const lexicon = readJudgingConfig(environment.configFolder);
  if (file !== undefined && values.out !== undefined) {
    const { texts } = await read(file);
    const version = await learnTexts(texts, lexicon, clock);
    writeModel(values.out, version);
    return tell({ ...aboutOf(version), out: values.out });
  }
  const { database, close } = await openRunningDatabase(environment, 'learn');
  try {
    if (values.list) return await list(database);
    if (values.use !== undefined) return await use(database, values.use === 'lexicon' ? null : values.use, clock);
    return await learnHere(database, file!, lexicon, clock);
  } finally {
    await close();
  }
}

async function list(database: Database): Promise<number> {
  const models = new Models(database);
  const inUse = await models.inUse();
  for (const row of await models.all()) tell({ ...row, inUse: row.model === inUse });
  return 0;
}

async function use(database: Database, model: string | null, clock: Clock): Promise<number> {
  const wish = { by: AT_THE_SHELL, at: clock.now(), causedBy: null };
  const found = await new Store(database, 'classifier').change((tx) => useVersion(tx, model, wish));
  if (!found)
    throw new BadInput([
      { field: '--use', rule: 'must be a version of --list', got: model, message: `没有名为 ${model} 的模型；用 --list 查看` },
    ]);
  return tell({ inUse: model });
}

async function learnHere(database: Database, file: string, lexicon: CompiledLexicon, clock: Clock): Promise<number> {
  const { texts: history } = await read(file);
  const wish = { by: AT_THE_SHELL, at: clock.now(), causedBy: null };
  const { version, corrections } = await learnForCity({ database, lexicon, history, wish }, (texts) => learnTexts(texts, lexicon, clock));
  return tell({ ...aboutOf(version), corrections, inUse: true });
}

async function read(file: string): Promise<History> {
  const history = await withBar((update) => readHistory(file, (share) => update(share, '读取'))).catch((error: Error) => {
    throw error instanceof BadInput
      ? new Error(`${file}：${sentenceOf(error)}`)
      : new Error(fileFault(error, file).message, { cause: error });
  });
  for (const { line, message } of history.unreadable.slice(0, 20)) console.error(`${file} 第 ${line} 行：${message}，已略过`);
  console.error(
    `读取 ${history.texts.length} 条，略过没有文字或结论的 ${history.unlabelled} 条、无法读取的 ${history.unreadable.length} 行`,
  );
  return history;
}

function learnTexts(texts: readonly LabelledText[], lexicon: CompiledLexicon, clock: Clock): Promise<ModelVersion> {
  return withBar((update) => teach(texts, lexicon, clock.now(), (task, share) => update(share, TASK_NAMES[task])));
}

async function withBar<T>(work: (update: (share: number, what: string) => void) => T | Promise<T>): Promise<T> {
  const bar = new cliProgress.SingleBar(
    { format: '{bar} {percentage}%  {what}  {eta_formatted}', stream: process.stderr, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(1_000, 0, { what: '' });
  try {
    return await work((share, what) => bar.update(Math.floor(share * 1_000), { what }));
  } finally {
    bar.stop();
  }
}

function aboutOf({ learned: _, ...about }: ModelVersion): Omit<ModelVersion, 'learned'> {
  return about;
}

function tell(answer: unknown): number {
  console.log(JSON.stringify(answer));
  return 0;
}

const AT_THE_SHELL = '命令行';
const TASK_NAMES = { topic: '学习主题', department: '学习责任部门', sentiment: '学习情感', rumour: '学习传言提示' };

frontDoor((args) => main(args, new SystemClock()), { usage: USAGE });
