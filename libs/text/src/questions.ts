import { FIGURE } from './chinese-number.js';
import { splitSentences } from './sentences.js';
import { likeness, matterPairs, sharedCount } from './shared-words.js';

/** What an answer must hold: a time, a figure, somebody, a cause, a place; `matter` is anything on the matter. */
export type AskedFor = 'when' | 'how-much' | 'who' | 'why' | 'where' | 'matter';

export interface AskedText {
  id: string;
  text: string;
}

/** A question as it was asked, by how many of the texts. */
export interface Question {
  text: string;
  asks: AskedFor;
  /** Ids of the texts that ask it, in their order. */
  askedIn: string[];
}

export interface OpenQuestion extends Question {
  /** In Chinese: what the draft lacks. */
  said: string;
}

const ASKS =
  /[？?]|请问|询问|能不能|是不是|有没有|会不会|是否|能否|什么时候|何时|多久|为什么|为何|到底|究竟|怎么回事|(?:希望|要求|请求|盼望|请)[^，。]{0,16}(?:公布|公开|告知|说明|回应|解释|答复|给个说法|说清)/;
const KINDS: [AskedFor, RegExp][] = [
  ['when', /什么时候|什么时间|何时|多久|多长时间|几点|哪天|几号|时间表/],
  ['how-much', /多少|几[个人名户家元]|多大|多高|名单|数据|监测结果/],
  ['why', /为什么|为何|原因|怎么回事|怎么会/],
  ['who', /谁|哪个(?:部门|单位|公司)|哪家|由哪/],
  ['where', /哪里|哪儿|哪个(?:地方|医院|学校|点)|往哪|去哪|在哪/],
];
const ANSWERS: Record<AskedFor, RegExp> = {
  when: /\d+\s?[月日号时点天年]|\d+\s?(?:个)?(?:小时|工作日)|今[日天晚]|明[日天]|即日|每(?:小时|日|天)|年底|月底|本周|[一二三四五六七八九十]+(?:个)?(?:小时|天|日|工作日)/,
  'how-much': new RegExp(`${FIGURE}\\s?[人名户家元起处个吨％%]|标准限值|未(?:超标|见异常)|未检出`),
  who: /局|委|公司|部门|办公室|负责人|责任人|单位|街道|管委会|政府|机关|法院/,
  why: /原因|由于|因[^此]|系[^列统]|所致|导致|引发|正在调查/,
  where: /位于|地址|地点|[路街镇村]|小区|学校|医院|安置点|社区|网站|窗口/,
  matter: /./,
};
const LACKS: Record<AskedFor, string> = {
  when: '没有给出时间',
  'how-much': '没有给出数字',
  who: '没有说明由谁负责',
  why: '没有说明原因或调查进展',
  where: '没有说明地点',
  matter: '没有回应',
};
/** Questions this much alike are one. */
const SAME = 0.45;
const LONGEST = 80;

/** The questions that texts ask, those asked by most first. */
export function questionsIn(texts: readonly AskedText[]): Question[] {
  const found: (Question & { pairs: Set<string> })[] = [];
  for (const { id, text } of texts) {
    for (const { start, end } of splitSentences(text)) {
      const sentence = text.slice(start, end);
      const pairs = matterPairs(sentence);
      if (!ASKS.test(sentence) || pairs.size === 0) continue;
      const asks = KINDS.find(([, pattern]) => pattern.test(sentence))?.[0] ?? 'matter';
      const same = found.find((one) => one.asks === asks && likeness(one.pairs, pairs) >= SAME);
      if (same === undefined) found.push({ text: shortened(sentence), asks, askedIn: [id], pairs });
      else if (!same.askedIn.includes(id)) same.askedIn.push(id);
    }
  }
  return found.sort((a, b) => b.askedIn.length - a.askedIn.length).map(({ pairs: _, ...question }) => question);
}

/**
 * The questions that a draft does not answer. A question counts as answered where a sentence of the draft is on its matter and
 * holds what was asked for, or the sentence after it does. A hint for the one who approves: it can miss and it can be wrong.
 */
export function unansweredIn(questions: readonly Question[], draft: string): OpenQuestion[] {
  const sentences = splitSentences(draft).map(({ start, end }) => draft.slice(start, end));
  const pairs = sentences.map(matterPairs);
  return questions.flatMap((question) => {
    const asked = matterPairs(question.text);
    const needed = asked.size <= 3 ? 1 : 2;
    const near = sentences.flatMap((sentence, i) =>
      sharedCount(asked, pairs[i]!) >= needed ? [`${sentence}${sentences[i + 1] ?? ''}`] : [],
    );
    if (near.some((sentence) => ANSWERS[question.asks].test(sentence))) return [];
    return [{ ...question, said: near.length === 0 ? '没有回应' : `提到了此事，但${LACKS[question.asks]}` }];
  });
}

function shortened(sentence: string): string {
  return sentence.length > LONGEST ? `…${sentence.slice(-LONGEST)}` : sentence;
}
