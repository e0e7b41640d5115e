import { linesIn, type LineBlock } from '@huiying/tables/lines';
import { judgedLine, opinionOfLine, scoresOf, type JudgeSource } from './judge-lines.js';
import { compileLexicon, judgeWithTopics, topicsOnly, type CompiledLexicon, type Learned, type LexiconSources } from './judging/index.js';
import { unpackVersion } from './learning/model-version.js'; // not the whole of learning: it brings the database, half a second

/** What the lines of a file are judged by, as plain data: each thread makes a judge of it for itself. */
export interface JudgeSetup {
  sources: LexiconSources;
  /** As `npm run learn` wrote it; null for none. */
  model: { file: string; bytes: Uint8Array } | null;
  onlyTopic: boolean;
  source: JudgeSource;
}

/** A block's judgements. */
export interface JudgedBlock {
  /** JSON Lines in UTF-8. */
  out: Uint8Array;
  /** What is to be said of single lines, in their order. */
  said: string[];
  lines: number;
  refused: number;
  /** Lines that were judged although their time could not be read. */
  doubted: number;
}

/** @throws BadInput where the model is none */
export function blockJudge({ sources, model, onlyTopic, source }: JudgeSetup): (block: LineBlock) => JudgedBlock {
  const lexicon = compileLexicon(sources);
  const learned = model === null ? undefined : unpackVersion(Buffer.from(model.bytes), model.file).learned;
  const answer = onlyTopic ? topicAnswer(lexicon, learned) : wholeAnswer(lexicon, learned);
  return (block) => judgeBlock(block, source, answer);
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

function judgeBlock(block: LineBlock, source: JudgeSource, answer: Answer): JudgedBlock {
  const judged = { said: [] as string[], lines: 0, refused: 0, doubted: 0 };
  let out = '';
  const refuse = (fault: string) => {
    judged.refused++;
    judged.said.push(fault);
  };
  for (const line of linesIn(block)) {
    if ('fault' in line) {
      refuse(`line ${line.number} ${line.fault}`);
      continue;
    }
    if (line.text.trim() === '') continue;
    judged.lines++;
    try {
      const read = opinionOfLine(line.text, line.number, source);
      out += `${JSON.stringify(answer(read))}\n`;
      if (read.doubt !== null) {
        judged.doubted++;
        judged.said.push(read.doubt);
      }
    } catch (error) {
      refuse((error as Error).message);
    }
  }
  return { ...judged, out: Buffer.from(out) };
}
