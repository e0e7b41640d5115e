const DIGIT: Record<string, number> = {
  零: 0, 〇: 0, '○': 0, 一: 1, 二: 2, 两: 2, 俩: 2, 三: 3, 仨: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9,
  壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9,
}; // prettier-ignore
const UNIT: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 拾: 10, 佰: 100, 仟: 1000 };
const BIG_UNIT: Record<string, number> = { 万: 1e4, 亿: 1e8 };

const ARABIC = '[0-9][0-9,]*(?:\\.[0-9]+)?';
/** 1亿2千万, 3万5千: two steps in one figure; 半个亿, 一个多亿: as people say it. */
const STEPPED = '[半一两二三四五六七八九十0-9.]+个多?亿|[0-9]+(?:\\.[0-9]+)?亿[0-9]+(?:\\.[0-9]+)?[十百千]?万|[0-9]+万[0-9]+[百千]';
const HAN = '[零〇○一二两俩三仨四五六七八九十廿卅百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+(?:点[零〇一二三四五六七八九]+)?';
const ROUND = '(?:(?:数以|成百上|成千上|好几|[数几上半])(?=[十百千万亿]))';
/** 1.5个亿 · 3至5 · 300万-500万: of a span, the lower end is certain. */
const OF_YI = '(?:个(?=亿))?';
const SPAN_MARK = '[-–—~～至到]{1,2}';
/** 余 多 来 几 inside a number: “三千余万”, “十几”. */
const INEXACT = '[余多来几]';

const AT_LEAST = ['至少', '最少', '起码', '少说也', '少说', '不少于', '不低于', '不下于', '不下', '不止', '不只', '超过', '超出', '已超', '超', '逾', '多达', '高达', '突破', '[过破](?=[半百千万亿])']; // prettier-ignore
const AT_MOST = ['将近', '接近', '临近', '不足', '不到', '不超过', '不超', '未超过', '最多', '至多', '近'];
const ABOUT = ['大约', '大概', '约为', '约', '大致', '估计', '预计'];
const PREFIX = `(?:${[...AT_MOST, ...AT_LEAST, ...ABOUT].join('|')})(?:有|达到?|为|是)?`;

/**
 * A figure as regular-expression source, without groups that capture: an optional 约/近/至少, then “3”, “1,200”, “三十”,
 * “数十”, “上百”, “1.2亿”, “三千余万”. Measure words (人 名 元) follow it and are not part of it.
 */
const PLAIN = `(?:${STEPPED}|${ARABIC}\\s?${OF_YI}[十百千万亿]{0,2}|${ROUND}?${HAN}${OF_YI})`;
export const FIGURE = `(?:${PREFIX}\\s?)?${PLAIN}\\s?${INEXACT}?\\s?[十百千万亿]{0,2}${INEXACT}?(?:\\s?${SPAN_MARK}\\s?${PLAIN})?`;

/** exact; at-least and at-most are bounds (近30 stays below 30); about has no direction. */
export type Bound = 'exact' | 'at-least' | 'at-most' | 'about';
export interface Figure {
  value: number;
  bound: Bound;
}

const CORE = new RegExp(
  `(${ROUND})?(${STEPPED}|${ARABIC}\\s?${OF_YI}[十百千万亿]{0,2}|${HAN}${OF_YI})\\s?(${INEXACT})?\\s?([十百千万亿]{0,2})(${INEXACT})?`,
);
const SPANS = new RegExp(`^\\s?${SPAN_MARK}\\s?(${PLAIN})`);
const ALONE = /^(?:数|好几|几)$/;
const LEADS_UP = new RegExp(`(?:${AT_LEAST.join('|').replace(/\(\?=[^)]*\)/, '')})(?:有|达到?|为|是)?\\s?$`);
const LEADS_DOWN = new RegExp(`(?:${AT_MOST.join('|')})(?:有|达到?|为|是)?\\s?$`);
const LEADS_ABOUT = new RegExp(`(?:${ABOUT.join('|')})(?:有|达到?|为|是)?\\s?$`);

/**
 * Reads a figure with what stands around it: “近30人”, “三千余万元”, “3人以上”, “上百户”, “十二三人”.
 * Words that only say "several" (数人, 多人, 若干) have no value: null.
 */
export function readFigure(phrase: string): Figure | null {
  const core = CORE.exec(phrase);
  if (core === null || ALONE.test(phrase)) return null;
  const [whole, round, digits, inexact, units, trailing] = core;
  const span = widen(digits!.replace(/个多?/, ''));
  const value = valueOf(span.digits, units!, round);
  if (value === null) return null;
  const before = phrase.slice(0, core.index);
  const after = phrase.slice(core.index + whole.length);
  const upper = SPANS.exec(after);
  if (upper !== null) return { value: inUnitsOf(value, upper[1]!, digits! + units!), bound: 'at-least' };
  const isWide = (round !== undefined && round !== HALF) || span.widened;
  return { value, bound: boundOf(before, after, (digits!.match(/多/)?.[0] ?? '') + (inexact ?? '') + (trailing ?? ''), isWide) };
}

/** “3至5万”: the unit of the upper end holds for both, where the lower has none. */
function inUnitsOf(value: number, upper: string, lower: string): number {
  const units = /[百千万亿]+$/.exec(upper)?.[0];
  return units === undefined || /[十百千万亿]/.test(lower) ? value : value * unitsOf(units);
}

const HALF = '半';

/** The value of digits alone: “1,234.5”, “三百零五”, “一万二”, “二〇二六”; null where they make no number. */
export function readNumber(digits: string): number | null {
  if (digits.startsWith(HALF)) return readNumber(`一${digits.slice(1)}`)! / 2;
  if (/^[0-9]/.test(digits)) {
    const stepped = /^([0-9.]+[万亿])([0-9.]+[十百千万]+)$/.exec(digits);
    if (stepped !== null) return readNumber(stepped[1]!)! + readNumber(stepped[2]!)!;
    const arabic = /^([0-9][0-9,]*(?:\.[0-9]+)?)\s?([十百千万亿]*)$/.exec(digits);
    if (arabic === null) return null;
    return Number(arabic[1]!.replaceAll(',', '')) * unitsOf(arabic[2]!);
  }
  const [whole, fraction] = digits.replace('廿', '二十').replace('卅', '三十').split('点');
  const value = readHan(whole!);
  if (value === null || fraction === undefined) return value;
  const decimals = [...fraction].map((han) => DIGIT[han]);
  return decimals.some((digit) => digit === undefined) ? null : Number(`${value}.${decimals.join('')}`);
}

function valueOf(digits: string, units: string, round: string | undefined): number | null {
  // “百”, “千”, “数十”: a unit that stands first counts once, or for 数 and 几 at least twice.
  const leading = round === undefined ? '' : /数$|几$/.test(round) ? '二' : '一';
  const share = round === HALF ? 0.5 : 1;
  const whole =
    /^[十百千万亿]/.test(digits) && digits !== '十' && !/^十[一二三四五六七八九万亿]/.test(digits)
      ? `${leading || '一'}${digits}`
      : leading + digits;
  const value = readNumber(whole);
  return value === null ? null : value * unitsOf(units) * share;
}

/** “十二三” is 12 or 13, “三四十” 30 or 40: the lower is certain. */
function widen(digits: string): { digits: string; widened: boolean } {
  const pair = /(?<![一二两三四五六七八九])([一二两三四五六七八])([两二三四五六七八九])(?=[十百千万亿]?$|[万亿])/.exec(digits);
  if (pair === null || DIGIT[pair[2]!]! - DIGIT[pair[1]!]! !== 1) return { digits, widened: false };
  return { digits: digits.slice(0, pair.index + 1) + digits.slice(pair.index + 2), widened: true };
}

function boundOf(before: string, after: string, inexact: string, wide: boolean): Bound {
  if (/^\s?[人名个位户元起例]?\s?(?:以上|之多|不止)/.test(after)) return 'at-least';
  if (/^\s?[人名个位户元起例]?\s?(?:以下|以内|之内)/.test(after)) return 'at-most';
  if (LEADS_DOWN.test(before)) return 'at-most';
  if (LEADS_UP.test(before)) return 'at-least';
  if (wide || /[余多几]/.test(inexact)) return 'at-least';
  if (inexact !== '' || LEADS_ABOUT.test(before) || /^\s?[人名个位户元起例]?\s?(?:左右|上下)/.test(after)) return 'about';
  return 'exact';
}

function readHan(han: string): number | null {
  if (/^[零〇○一二三四五六七八九]{2,}$/.test(han)) return Number([...han].map((digit) => DIGIT[digit]).join('')); // 二〇二六
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  let lastUnit = 0;
  for (const sign of han) {
    if (sign in DIGIT) {
      if (digit !== null && digit !== 0) return null;
      digit = DIGIT[sign]!;
      if (digit === 0) lastUnit = 0; // 一百零五: no longer 一百五
    } else if (sign in UNIT) {
      section += (digit ?? 1) * UNIT[sign]!;
      lastUnit = UNIT[sign]!;
      digit = null;
    } else {
      const unit = BIG_UNIT[sign]!;
      total = unit === 1e8 ? (total + section + (digit ?? 0)) * unit : total + (section + (digit ?? 0)) * unit;
      section = 0;
      lastUnit = unit;
      digit = null;
    }
  }
  // 一万二, 三百五: a last digit without unit counts in tenths of the unit before it.
  return total + section + (digit ?? 0) * (lastUnit >= 100 ? lastUnit / 10 : 1);
}

function unitsOf(units: string): number {
  let product = 1;
  for (const unit of units) product *= UNIT[unit] ?? BIG_UNIT[unit] ?? 1;
  return product;
}
