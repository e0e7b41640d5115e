import { parseArgs } from 'node:util';
import { channel } from '@huiying/contracts';
import { readEnvironment, SystemClock } from '@huiying/settings';
import { fileFault, frontDoor, say, textLines } from '@huiying/tables/lines';
import { judgedLine, opinionOfLine, OUR_SOURCE, scoresOf, type JudgeSource } from './judge-lines.js';
import {
  judgeWithTopics,
  readJudgingConfig,
  readJudgingConfigOf,
  topicsOnly,
  type CompiledLexicon,
  type Learned,
} from './judging/index.js';
import { readModel } from './learning/model-file.js'; // not the whole of learning: it brings the database, half a second

const USAGE = `用法：npm run --silent judge -- 文件 [--ours] [--channel 渠道] [--city 文件] [--model 模型] [--only topic]
  文件      每行一个 JSON：{id, title, text 或 detail, time, channel}
  --ours    这些信息出自本市的信源（本地论坛、留言板、热线）；不写则只按文中地名判断属地
  --channel news weibo wechat forum gov-site hotline other；不写则为 other，行内的 channel 优先
  --model   npm run learn 学出的模型；不写则只凭词表（冷启动）
  --only    topic：只判主题，最快
  --city    另一城市的地名文件（格式同 config/city.yaml）
结果逐行写到标准输出（JSON Lines），进度和问题写到标准错误；有不合格的行时退出码为 1。`;

/** `npm run judge -- FILE`: the whole judgement of every line, without server or database. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ours: { type: 'boolean', default: false },
      channel: { type: 'string', default: 'other' },
      city: { type: 'string' },
      model: { type: 'string' },
      only: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const said = channel.safeParse(values.channel);
  const [file] = positionals;
  if (values.help || !file || positionals.length > 1 || !said.success || ![undefined, 'topic'].includes(values.only)) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  const folder = readEnvironment(process.env).configFolder;
  const lexicon = values.city ? readJudgingConfigOf(values.city, folder, [OUR_SOURCE]) : readJudgingConfig(folder, [OUR_SOURCE]);
  const learned = values.model === undefined ? undefined : modelOf(values.model);
  const answer = values.only === 'topic' ? topicAnswer(lexicon, learned) : wholeAnswer(lexicon, learned);
  return judgeFile(file, { ours: values.ours, channel: said.data, now: new SystemClock().now() }, answer);
}

function modelOf(file: string): Learned {
  try {
    return readModel(file);
  } catch (error) {
    throw fileFault(error as Error, file);
  }
}

type Answer = (read: ReturnType<typeof opinionOfLine>) => unknown;

function topicAnswer(lexicon: CompiledLexicon, learned?: Learned): Answer {
  return ({ id, opinion }) => {
    const topics = topicsOnly(opinion, lexicon, learned);
    return { id, topic: topics[0]?.name ?? null, topicScores: scoresOf(topics) };
  };
}

function wholeAnswer(lexicon: CompiledLexicon, learned?: Learned): Answer {
  return ({ id, opinion }) => {
    const { judgement, topics } = judgeWithTopics(opinion, lexicon, learned);
    return judgedLine(id, judgement, scoresOf(topics));
  };
}

async function judgeFile(file: string, source: JudgeSource, answer: Answer): Promise<number> {
  let lines = 0;
  let refused = 0;
  let out = '';
  const refuse = (fault: string) => {
    refused++;
    console.error(`${file}: ${fault}`);
  };
  const before = performance.now();
  for await (const line of textLines(file)) {
    if ('fault' in line) {
      refuse(`line ${line.number} ${line.fault}`);
      continue;
    }
    if (line.text.trim() === '') continue;
    lines++;
    try {
      const read = opinionOfLine(line.text, line.number, source);
      if (read.doubt !== null) console.error(`${file}: ${read.doubt}`);
      out += `${JSON.stringify(answer(read))}\n`;
    } catch (error) {
      refuse((error as Error).message);
    }
    if (out.length > 1 << 16) {
      await say(out);
      out = '';
    }
  }
  if (out !== '') await say(out);
  if (lines + refused === 0) refuse('line 1 must be one JSON object; the file is empty');
  console.error(`研判 ${lines} 行，用时 ${((performance.now() - before) / 1000).toFixed(1)} 秒，不合格 ${refused} 行`);
  return refused > 0 ? 1 : 0;
}

frontDoor(main, { usage: USAGE });
