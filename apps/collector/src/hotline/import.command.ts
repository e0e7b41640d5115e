import { accessSync, constants, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import { parse as parseYaml } from 'yaml';
import { readEnvironment, SystemClock } from '@huiying/settings';
import { bytesOf, fileFault, frontDoor, WrongUsage } from '@huiying/tables/lines';
import { faultWords, importFile, mappingWith, openTarget, USUAL_COLUMNS, type ImportSummary, type RowFault } from './importing/index.js';

const USAGE = `用法：npm run import:hotline -- 文件 [--mapping 映射文件] [--sheet 工作表] [--url 地址] [--key 接口密钥]
  文件      XLSX、CSV 或 JSONL（编码自动识别）；列名所在行自动查找，上方可有标题
  --sheet   XLSX 的工作表名；不写则取列名最相符的一张
  --mapping YAML 或 JSON：「字段: 列名」，补充内置的列名对照
  --url     正在运行的系统地址；不写则查找正在运行的系统（须有接口密钥），否则直接写入数据库
  --key     接口密钥；不写则用环境变量 HUIYING_API_KEYS 的第一个`;

/** Rows told of one by one; the rest stand in the file of rejected rows. */
const FAULTS_SHOWN = 20;

/** `npm run import:hotline -- FILE`. Ends with 0 when all rows went in, 1 when some were rejected, 2 when nothing could be done. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      mapping: { type: 'string' },
      sheet: { type: 'string' },
      url: { type: 'string' },
      key: { type: 'string' },
    },
  });
  const [file] = positionals;
  if (positionals.length !== 1 || !file) throw new WrongUsage();
  proveReadable(file);
  const mapping = values.mapping === undefined ? USUAL_COLUMNS : mappingWith(parseYaml(bytesOf(values.mapping).toString('utf8')));
  const environment = readEnvironment(process.env);
  const target = await openTarget({ url: values.url, key: values.key, environment, clock: new SystemClock() });
  console.error(`导入到 ${target.description}`);
  const bar = new cliProgress.SingleBar(
    {
      format: '{bar} {percentage}%  接收 {accepted}  未变 {unchanged}  拒绝 {rejected}  {eta_formatted}',
      stream: process.stderr,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  );
  const faults: RowFault[] = [];
  const before = performance.now();
  bar.start(1_000, 0, { accepted: 0, unchanged: 0, rejected: 0 });
  try {
    const summary = await importFile({
      file,
      mapping,
      sheet: values.sheet,
      take: target.take,
      progress: ({ accepted, unchanged, rejected }, share) => bar.update(Math.floor(share * 1_000), { accepted, unchanged, rejected }),
      rejected: (fault) => void (faults.length < FAULTS_SHOWN && faults.push(fault)),
    });
    bar.stop();
    tell(summary, faults, (performance.now() - before) / 1_000);
    return summary.rejected > 0 ? 1 : 0;
  } finally {
    bar.stop();
    await target.close();
  }
}

function tell(summary: ImportSummary, faults: readonly RowFault[], seconds: number): void {
  for (const { line, faults: found } of faults) {
    for (const fault of found) {
      const { field, rule } = fault;
      console.error(`第 ${line} 行  ${faultWords(fault)}  [${field ? `${field} ` : ''}${rule}]`);
    }
  }
  if (summary.rejected > faults.length) console.error(`…… 另有 ${summary.rejected - faults.length} 行未列出`);
  if (summary.unusedColumns.length > 0) console.error(`未使用的列：${summary.unusedColumns.join('、')}`);
  const inOriginal = summary.unreadable > 0 ? `（其中 ${summary.unreadable} 行读不出，须在原文件中改好）` : '';
  if (summary.rejectedFile) console.error(`被拒绝的行已写入 ${summary.rejectedFile}，修改后可直接导入该文件${inOriginal}`);
  const { rows, accepted, unchanged, rejected } = summary;
  console.log(
    `共 ${rows} 行：接收 ${accepted}，未变 ${unchanged}，拒绝 ${rejected}（${seconds.toFixed(1)} 秒，每秒 ${Math.round(rows / seconds)} 行）`,
  );
}

/** A large file is read later, piece by piece. @throws BadInput in one sentence that names it */
function proveReadable(file: string): void {
  try {
    accessSync(file, constants.R_OK);
    if (statSync(file).isDirectory()) throw Object.assign(new Error(file), { code: 'EISDIR' });
  } catch (error) {
    throw fileFault(error as Error, file);
  }
}

frontDoor(main, { usage: USAGE });
