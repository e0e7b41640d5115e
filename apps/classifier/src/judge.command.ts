import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { channel } from '@huiying/contracts';
import { readEnvironment, SystemClock } from '@huiying/settings';
import { bytesOf, frontDoor, LineCrew, lineBlocks, say, WrongUsage } from '@huiying/tables/lines';
import { blockJudge, type JudgedBlock, type JudgeSetup } from './judge-block.js';
import { OUR_SOURCE } from './judge-lines.js';
import { readLexiconSources, readLexiconSourcesOf } from './judging/index.js';

const USAGE = `用法：npm run --silent judge -- 文件 [--ours] [--channel 渠道] [--city 文件] [--model 模型] [--only topic] [--threads 数]
  文件      每行一个 JSON：{id, title, text 或 detail, time, channel}
  --ours    这些信息出自本市的信源（本地论坛、留言板、热线）；不写则只按文中地名判断属地
  --channel news weibo wechat forum gov-site hotline other；不写则为 other，行内的 channel 优先
  --model   npm run learn 学出的模型；不写则只凭词表（冷启动）
  --only    topic：只判主题，最快
  --city    另一城市的地名文件（格式同 config/city.yaml）
  --threads 用几个线程；不写则与处理器核数相同，短文件总是一个
结果逐行写到标准输出（JSON Lines），进度和问题写到标准错误；有不合格的行时退出码为 1。
time 无法识别的行照常研判（按现在的时间），在标准错误中指出，不影响退出码。`;

/** Two digits; a machine with more processors is given no more. */
const MOST_THREADS = 99;

const OPTIONS = {
  ours: { type: 'boolean', default: false },
  channel: { type: 'string', default: 'other' },
  city: { type: 'string' },
  model: { type: 'string' },
  only: { type: 'string' },
  threads: { type: 'string', default: String(Math.min(availableParallelism(), MOST_THREADS)) },
} as const;

/** `npm run judge -- FILE`: the whole judgement of every line, without server or database. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const said = channel.safeParse(values.channel);
  const [file] = positionals;
  const isFaulty = !said.success || ![undefined, 'topic'].includes(values.only) || !/^[1-9]\d?$/.test(values.threads);
  if (!file || positionals.length > 1 || isFaulty) throw new WrongUsage();
  const crew = new LineCrew<JudgeSetup, JudgedBlock>(join(__dirname, `judge.worker${extname(__filename)}`), Number(values.threads));
  crew.callFor(file);
  const folder = readEnvironment(process.env).configFolder;
  const sources = values.city ? readLexiconSourcesOf(values.city, folder, [OUR_SOURCE]) : readLexiconSources(folder, [OUR_SOURCE]);
  const model = values.model === undefined ? null : { file: values.model, bytes: bytesOf(values.model) };
  const source = { ours: values.ours, channel: said.data, now: new SystemClock().now() };
  return judgeFile(file, crew, { sources, model, onlyTopic: values.only === 'topic', source });
}

async function judgeFile(file: string, crew: LineCrew<JudgeSetup, JudgedBlock>, setup: JudgeSetup): Promise<number> {
  const here = blockJudge(setup);
  const before = performance.now();
  const sum = { lines: 0, refused: 0, doubted: 0 };
  const tell = async ({ out, said, lines, refused, doubted }: JudgedBlock) => {
    for (const sentence of said) console.error(`${file}: ${sentence}`);
    sum.lines += lines;
    sum.refused += refused;
    sum.doubted += doubted;
    if (out.length > 0) await say(out);
  };
  await crew.answer({ blocks: lineBlocks(file), setup, here, tell });
  if (sum.lines + sum.refused === 0) {
    sum.refused++;
    console.error(`${file}: line 1 must be one JSON object; the file is empty`);
  }
  const seconds = ((performance.now() - before) / 1000).toFixed(1);
  const doubted = sum.doubted > 0 ? `，时间未能识别 ${sum.doubted} 行` : '';
  console.error(`研判 ${sum.lines} 行，用时 ${seconds} 秒，不合格 ${sum.refused} 行${doubted}`);
  return sum.refused > 0 ? 1 : 0;
}

frontDoor(main, { usage: USAGE });
