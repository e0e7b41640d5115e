import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import { BadInput, type Clock } from '@huiying/domain';
import { readEnvironment, SystemClock } from '@huiying/settings';
import { readJudgingConfig } from '../judging/index.js';
import { learn } from './learn.js';
import { writeModel } from './model-file.js';
import { versionName, type ModelVersion } from './model-version.js';
import { historyFingerprint, readHistory } from './read-history.js';

const USAGE = `用法：npm run learn -- 文件 [--out 模型文件]
  文件   本市的历史工单或留言：JSONL、CSV 或 XLSX。文字列：title、detail、text（标题、内容、诉求内容……）；
         结论列：topic（诉求分类、一级标签……）、department（承办单位、责任部门……），或 sentiment、rumour、label
  --out  把模型写到这个文件，不需要数据库；用 npm run judge -- 文件 --model 模型文件 试用
进度写到标准错误；标准输出是一个 JSON：版本、数据指纹、在留出数据上的准确度。`;

/** `npm run learn -- FILE --out MODEL`. Ends with 0 when a model was kept, 2 when nothing could be done. */
async function main(args: string[], clock: Clock): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const [file] = positionals;
  if (values.help || !file || positionals.length > 1 || !values.out) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  const version = await learnFile(file, clock);
  writeModel(values.out, version);
  const { learned: _, ...about } = version;
  console.log(JSON.stringify({ ...about, out: values.out }));
  return 0;
}

/** Reads, learns and measures, with progress on standard error. @throws BadInput */
async function learnFile(file: string, clock: Clock): Promise<ModelVersion> {
  const lexicon = readJudgingConfig(readEnvironment(process.env).configFolder);
  const bar = new cliProgress.SingleBar(
    { format: '{bar} {percentage}%  {what}  {eta_formatted}', stream: process.stderr, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(1_000, 0, { what: '读取' });
  try {
    const history = await readHistory(file, (share) => bar.update(Math.floor(share * 1_000), { what: '读取' }));
    const rows = history.texts.length;
    const learnedAt = clock.now();
    const dataFingerprint = historyFingerprint(history.texts);
    const name = versionName(learnedAt, dataFingerprint);
    const { learned, figures } = learn(history.texts, lexicon, name, (task, share) =>
      bar.update(Math.floor(share * 1_000), { what: TASK_NAMES[task] }),
    );
    bar.stop();
    for (const { line, message } of history.unreadable.slice(0, 20)) console.error(`第 ${line} 行  ${message}，已略过`);
    console.error(`学习 ${rows} 条，略过没有文字或结论的 ${history.unlabelled} 条、无法读取的 ${history.unreadable.length} 行`);
    if (Object.keys(learned.tasks).length === 0) throw tooFew(rows);
    return { version: name, learnedAt: learnedAt.toISOString(), dataFingerprint, lexicon: lexicon.judgedBy, rows, figures, learned };
  } finally {
    bar.stop();
  }
}

function tooFew(rows: number): BadInput {
  return new BadInput([
    {
      field: 'file',
      rule: `must have two labels of at least three texts each; got ${rows} rows`,
      message: '可供学习的记录太少：至少要有两类结论，每类三条',
    },
  ]);
}

const TASK_NAMES = { topic: '学习主题', department: '学习责任部门', sentiment: '学习情感', rumour: '学习传言提示' };

function sentence(error: Error & { code?: string; path?: string }): string {
  if (error instanceof BadInput) return error.faults.map((f) => f.message ?? f.rule).join('\n');
  if (error.code === 'ENOENT' || error.code === 'EACCES') return `无法读取文件 ${error.path}（${error.code}）`;
  return error.code?.startsWith('ERR_PARSE_ARGS') ? `${error.message}\n${USAGE}` : error.message;
}

main(process.argv.slice(2), new SystemClock()).then(
  (status) => void (process.exitCode = status),
  (error: Error) => {
    console.error(sentence(error));
    process.exitCode = 2;
  },
);
