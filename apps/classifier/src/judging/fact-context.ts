import { matchesIn } from '@huiying/domain';
import type { Span } from '@huiying/text';
import { foreignHits } from './elsewhere.js';
import type { CompiledLexicon } from './lexicon.js';
import type { Field, Reading } from './reading.js';

/** Why a figure in the text is no fact of this matter. */
export type Dismissal = 'drill' | 'past' | 'denied' | 'defined' | 'statistic' | 'elsewhere' | 'supposed';

export const DISMISSAL_NAMES: Record<Dismissal, string> = {
  drill: '出自演练、科普或影视',
  past: '说的是以往的事',
  denied: '属文中已否认、辟谣的说法',
  defined: '是法规、标准中的数字',
  statistic: '是一段时期的统计数字',
  elsewhere: '说的是外地的事',
  supposed: '是假设或担心，并未发生',
};

/** A sentence with its place in the opinion, and the sentence before it. */
export interface Told {
  words: string;
  before: string;
  after: string;
  field: Field;
  span: Span;
}

/** Asked for each figure of a sentence by its index there: why it does not count, or null where it does. */
export function dismisser(told: Told, reading: Reading, lexicon: CompiledLexicon): (index: number) => Dismissal | null {
  let whole: Dismissal | null | undefined;
  return (index) => {
    if (whole === undefined) whole = ofSentence(told, reading); // null, the usual answer, must be kept as well
    return whole ?? ofFigure(told, index, reading, lexicon);
  };
}

function ofSentence(told: Told, reading: Reading): Dismissal | null {
  if (isDrill(told, reading)) return 'drill';
  if (isDefined(told.words)) return 'defined';
  return isStatistic(told.words) ? 'statistic' : null;
}

function ofFigure(told: Told, index: number, reading: Reading, lexicon: CompiledLexicon): Dismissal | null {
  if (isDenied(told, index)) return 'denied';
  if (isPast(told, index, reading)) return 'past';
  if (isSupposed(told.words, index)) return 'supposed';
  return isElsewhere(told, index, reading, lexicon) ? 'elsewhere' : null;
}

/** “疏散演练中‘3人受伤’”, “电影讲述5人遇难”: nothing happened. */
function isDrill({ field, span }: Told, reading: Reading): boolean {
  return reading.hits('drill').some((hit) => hit.field === field.name && span.start <= hit.start && hit.end <= span.end);
}

const GRADE = '(?:特别重大|重大|较大|一般)';
/** “造成3人以上死亡的为较大事故”, “条例规定，死亡3人以上……”. */
const DEFINED = new RegExp(
  `以[上下][^。]{0,40}(?:属于?|是指|指的?是|称为|构成|认定为|(?<![因])为)${GRADE}|${GRADE}(?:事故|事件|火灾|灾害)[^。]{0,6}(?:是指|指|标准)|(?:条例|规定|办法|预案|标准|法律)(?:》|第[一二三四五六七八九十]+条)?[^。]{0,12}(?:规定|明确|划分|所称)[^。]{0,60}以[上下]`,
);

function isDefined(words: string): boolean {
  return DEFINED.test(words);
}

/** “一年内发生12起交通事故，造成3人死亡”, “今年以来全市火灾死亡12人”. */
const STATISTIC =
  /(?:今年|去年|全年|[上下]半年|[一二三四]季度|\d{1,2}月份?|一年|[一二两三四五六七八九十\d]{1,6}年|近年|近[一二两三四五六七八九十几\d]{1,6}[年月]|[\d一二三四五六七八九十]{1,6}个月)(?:来|以来|内|间|里|中|[至到—-]\d{1,2}月)?[^。；]{0,16}(?:共|累计|接连|先后|已经?|平均)?(?:发生|接报|查处|造成|因)[^。；]{0,10}(?:\d|[一二两三四五六七八九十百几数多])+余?多?起|(?:今年|去年|全年|上半年|近年)(?:以来)[^。；]{0,30}(?:共|累计)(?:有|造成|死亡|受伤)|(?:同比|环比)(?:上升|下降|增长|减少|持平)/;

function isStatistic(words: string): boolean {
  return STATISTIC.test(words) && !/截至(?:目前|今|发稿|\d)|此次事故|该事故|本次事故/.test(words);
}

const HEARSAY = /网传|网上传|传言|传闻|谣传|误传|所谓|谎称|谣称|有人称|声称|造谣称|朋友圈(?:里)?(?:流传|传)|流传|群里传|散布|编造|发布虚假/;
const DENIAL =
  '不实|不属实|谣言|失实|虚假|是假的|假消息|假的|辟谣|纯属(?:虚构|捏造|编造|谣言)|子虚乌有|并非事实|与事实不符|没有(?:此事|这回事)|无此事|并无此事|未发生(?:此|该|上述)|不是真的|编造';
const DENIALS = new RegExp(DENIAL, 'g');
const DENIED_AFTER = new RegExp(`(?:该|此|上述|以上|相关|这)?(?:消息|信息|说法|传言|内容|视频|情况)?[^。]{0,8}(?:${DENIAL})`);
const DENIED_QUOTE = new RegExp(`^[”"」](?:的?(?:消息|说法|信息|传言|言论|内容))?(?:纯?属|为|是|系)?(?:${DENIAL})`);
const TURN = /实际(?:上|情况)?|事实上|真实情况|经(?:核实|查|核查|调查)|通报[:：]|(?:该|此|本)次?(?:事故|事件|起)|真相|截至/;

/** “网传……致30人死亡，系谣言，实际1人轻伤”: what was said counts for nothing, what really was counts. */
function isDenied({ words, before, after }: Told, index: number): boolean {
  if (/(?:并非|不是|没有)(?:如)?(?:网传|传言|传闻|所谓|所传)(?:的|那样)?[^，。；]{0,6}$/.test(words.slice(0, index))) return true;
  const hearsay = HEARSAY.exec(words);
  const denials = matchesIn(DENIALS, words).map((m) => m.index);
  if (hearsay === null) {
    // “辟谣：车祸死亡12人？假的！” – a denial behind the figure, and nothing that turns between.
    return (
      (denials.some((at) => at > index && at - index < 25) && !TURN.test(words.slice(index, Math.max(...denials)))) ||
      isDeniedQuote(words, index)
    );
  }
  const turnedAt = turnAfter(words, Math.max(hearsay.index, ...denials.filter((at) => at < index)));
  if (hearsay.index > index || (turnedAt !== null && turnedAt < index)) return false;
  return denials.length > 0 || DENIED_AFTER.test(after) || /辟谣/.test(before);
}

/** “车祸致5死”不实: the quotation is what is denied. */
function isDeniedQuote(words: string, index: number): boolean {
  const close = words.slice(index).search(/[”"」]/);
  return close >= 0 && DENIED_QUOTE.test(words.slice(index + close));
}

function turnAfter(words: string, from: number): number | null {
  const turn = TURN.exec(words.slice(from));
  return turn === null ? null : from + turn.index;
}

const YEAR = /((?:19|20)\d\d)\s?年(?:(\d{1,2})\s?月(?:(\d{1,2})\s?日)?)?/g;
const TRIAL = /追责|一审|二审|判处|宣判|被告人|获刑|死刑|公诉|庭审/;
const PAST =
  /去年|前年|上月|上个月|上周(?!末)|此前也?曾|之前也?曾|也曾|还曾|曾经?(?:发生|造成|导致|有|出现|酿成)|历史上|[一二两三四五六七八九十几数\d多]年[多余]?前|当年|往年|早年|那(?:次|场|起|年)|同期|上一次|旧闻/g;
/** The year of a thing, not of the deed: a house built then may burn now. */
const BUILT =
  /^[^，,。；]{0,8}?(?:建成|建于|始建|开业|投产|成立|入住|竣工|启用|购买|购置|签订|通车|毕业|入职|退休|出生|参加工作|拆迁|立项)/;
const NOW =
  /今[天日晨早晚年]|昨[天日晚晨]|凌晨|目前|截至|刚刚|近日|日前|再次|此次|本次|这次|现在|当日\d|\d{1,2}月\d{1,2}日|\d{1,2}日(?:\d|凌晨|上午|下午|晚)/;

/** Another, earlier matter told along: another year, 去年, 此前也曾, a trial. */
export function isPast({ words, before }: Pick<Told, 'words' | 'before'>, index: number, reading: Reading): boolean {
  if (TRIAL.test(words)) return true;
  if (/当时|那一次|事后/.test(words.slice(0, index)) && !NOW.test(words.slice(0, index)) && marksPast(before, before.length, reading))
    return true;
  if (/发生[在于](?:19|20)\d\d年|(?:19|20)\d\d年[^，。]{0,10}(?:的)?(?:旧闻|旧事|往事)/.test(words) && !NOW.test(words.slice(0, index)))
    return true;
  return marksPast(words, index, reading);
}

function marksPast(words: string, index: number, { data }: Reading): boolean {
  const marks = matchesIn(PAST, words).map((m) => ({ at: m.index, end: m.index + m[0].length }));
  for (const year of matchesIn(YEAR, words)) {
    if (isEarlier(year, data.publishedAt, data.capturedAt, words)) marks.push({ at: year.index, end: year.index + year[0].length });
  }
  return marks.some(({ at, end }) => at < index && !BUILT.test(words.slice(end)) && !NOW.test(words.slice(end, index)));
}

const DAYS_OF_NEWS = 90;
/** A report gives the day; a look back gives the year. An undated text is believed to report the day that it gives. */
function isEarlier([, year, month, day]: RegExpExecArray, publishedAt: string | null, capturedAt: string, words: string): boolean {
  const now = publishedAt ?? capturedAt;
  if (Number(year) >= Number(now.slice(0, 4))) return false;
  if (day === undefined) return true;
  if (publishedAt === null) return /曾|纪念|回顾|当年|历史/.test(words);
  const told = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return Date.parse(now) - told > DAYS_OF_NEWS * 86_400_000;
}

const SUPPOSED =
  /可能|或将|或致|恐致|将造成|将导致|如果|假如|假设|要是|一旦|万一|倘若|若是|若(?:不|再|发生)|否则|险些|差点|避免|防止|以免|足以|恐将|预防|会不会|谁来负责|难道要|非要|等到|才(?:管|重视)|估计会|怕会|担心/;

/** In the same clause before the figure: feared, not happened. “怀疑可能有3人被困” is a report all the same. */
function isSupposed(words: string, index: number): boolean {
  const clause = words.slice(0, index).split(/[，,。；;：:]/).at(-1)!; // prettier-ignore
  return SUPPOSED.test(clause) || /难道(?:非)?要|是不是(?:非)?要|非要等|非得|等(?:到|着)?(?:出|死|有人)/.test(words.slice(0, index));
}

/** Without a figure, a fear reaches over the comma. */
export function isFeared(words: string, index: number): boolean {
  return SUPPOSED.test(words.slice(0, index));
}

const LESSON = /吸取|汲取|举一反三|警示|敲响警钟|引以为戒|大?排查|大检查|专项整治|部署|我[市省县区]|本市|全市/;
const VAGUELY_ELSEWHERE = /外[省市地]|邻[省市县]|某[省市]|兄弟[省市]|国外|境外|外国/;

/** Told of another place so that ours may learn from it: “河南一工厂火灾致38人死亡，我市开展大检查”. */
function isElsewhere({ words, field, span }: Told, index: number, reading: Reading, lexicon: CompiledLexicon): boolean {
  const lead = words.slice(0, index);
  const inLead = (hit: { field: string; start: number }) =>
    hit.field === field.name && span.start <= hit.start && hit.start < span.start + index;
  if (!VAGUELY_ELSEWHERE.test(lead) && !foreignHits(reading, lexicon).some(inLead)) return false;
  if ([...reading.hits('place'), ...reading.hits('organ'), ...reading.hits('self')].some(inLead)) return false;
  const rest = [reading.title.folded, reading.text.folded].join('\n').replace(lead, '');
  return LESSON.test(rest) || reading.hits('place').length + reading.hits('organ').length > 0;
}
