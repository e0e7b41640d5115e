import { FIGURE, readFigure, type Figure } from './chinese-number.js';
import { splitClauses, splitSentences } from './sentences.js';
import { likeness, matterPairs } from './shared-words.js';

/** Something a text states that another text can state otherwise. */
export interface Claim {
  kind: 'count' | 'date' | 'time' | 'name';
  /** What it is said of, e.g. 受伤, 发生日期, 涉事企业; null where only the words around tell. */
  of: string | null;
  /** As written, e.g. 17名. */
  value: string;
  /** The sentence it stands in. */
  sentence: string;
}

export interface EarlierText {
  id: string;
  title: string;
  text: string;
  /** False for a text on the same topic but another matter: then only what holds beyond one event is compared. */
  isSameMatter?: boolean;
}

/** A claim of a draft against one of an earlier text. */
export interface Contradiction {
  claim: Claim;
  earlier: Claim;
  earlierId: string;
  earlierTitle: string;
  /** The draft itself says that it corrects or brings up to date. */
  isExplained: boolean;
  /** One sentence in Chinese with both citations. */
  said: string;
}

interface Read extends Claim {
  figure: Figure | null;
  unit: string;
  around: Set<string>;
  normal: string;
}

const UNIT = '(?:余|多)?(人|名|位|户|家|起|处|辆|栋|吨|公里|米|万元|亿元|元|个点位|个|座|条|所|次|小时|天|个工作日|个月)';
const COUNT = new RegExp(`(${FIGURE})\\s?${UNIT}`, 'g');
const COUNTED: [string, RegExp][] = [
  ['死亡', /死亡|遇难|身亡|丧生|罹难/g],
  ['受伤', /受伤|伤者|伤员|送医|收治|住院/g],
  ['失联', /失联|失踪|下落不明/g],
  ['被困', /被困/g],
  ['转移安置', /转移|疏散|撤离|安置/g],
  ['受影响用户', /停水|停电|停气|受影响/g],
  ['经济损失', /损失/g],
];
const EVENTS = '(发生|起火|泄漏|爆炸|坍塌|接报|恢复供[水电气]|恢复|召开|公布|完工|完成|开工|通车|竣工|停[水电气])';
const DATE = /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日/g;
const TIME = /(?<!\d)(\d{1,2})(?:时|点|:)(\d{1,2})(?:分)?(?!\d)/g;
const NAMES: RegExp[] = [
  /(涉事(?:企业|单位|公司|学校|医院|车辆)|牵头单位|责任单位|施工单位|建设单位|供货(?:商|单位)|联系人|负责人|新闻发言人)(?:为|是|系|：|:)\s?([^，。；、,;\s]{2,24})/g,
  /((?:求助|咨询|监督|举报|联系|服务)(?:电话|热线))(?:为|是|：|:)?\s?(\d[\d-]{2,14}\d)/g,
];
const EXPLAINS = /更正|更新|更正为|核减|核增|此前|前期|原通报|由[^，。]{0,12}(?:增|升|降|减|更)|新增|上升至|增至|升至|降至/;
/** Counts with no known subject are the same where the words around them are this much alike. */
const SAME_MATTER = 0.5;
const ABOUT = 0.2;

/** What a text states in numbers, dates, times and names. */
export function claimsIn(text: string): Claim[] {
  return read(text).map(({ kind, of, value, sentence }) => ({ kind, of, value, sentence }));
}

/** Where a draft states otherwise than earlier texts on the matter; each pair of claims once. */
export function contradictionsOf(draft: string, earlier: readonly EarlierText[]): Contradiction[] {
  const claims = read(draft);
  return earlier.flatMap(({ id, title, text, isSameMatter: isOfEvent = true }) => {
    const said = read(text).filter((claim) => isOfEvent || holdsBeyond(claim));
    return claims.flatMap((claim) => {
      const others = said.filter((other) => isSameMatter(claim, other));
      // One text may give several figures on a matter; where one of them agrees, nothing is contradicted.
      if (others.length === 0 || others.some((other) => agrees(claim, other))) return [];
      const other = others[others.length - 1]!;
      const isExplained = EXPLAINS.test(claim.sentence);
      return [
        {
          claim: bare(claim),
          earlier: bare(other),
          earlierId: id,
          earlierTitle: title,
          isExplained,
          said: sentenceOf(claim, other, title, isExplained),
        },
      ];
    });
  });
}

function sentenceOf(claim: Read, other: Read, title: string, isExplained: boolean): string {
  const of = claim.of === null ? '' : `${claim.of}：`;
  return `${of}本稿为“${claim.value}”，《${title}》中为“${other.value}”（“${other.sentence}”）${isExplained ? '；本稿已说明变化' : '，请核对或说明变化'}`;
}

/** A fee or a telephone number holds for every matter of a topic; who was hurt and when holds for one. */
function holdsBeyond({ kind, of }: Read): boolean {
  return (kind === 'count' && of === null) || (kind === 'name' && /电话|热线/.test(of ?? ''));
}

const bare = ({ kind, of, value, sentence }: Read): Claim => ({ kind, of, value, sentence });

function read(text: string): Read[] {
  return splitSentences(text).flatMap(({ start, end }) => {
    const sentence = text.slice(start, end);
    return [...countsIn(sentence), ...momentsIn(sentence), ...namesIn(sentence)];
  });
}

function countsIn(sentence: string): Read[] {
  return splitClauses(sentence).flatMap(({ start, end }) => {
    const clause = sentence.slice(start, end);
    return [...clause.matchAll(COUNT)].flatMap((match) => {
      const figure = readFigure(match[0]);
      if (figure === null) return [];
      const unit = match[2] === '名' || match[2] === '位' ? '人' : match[2]!;
      const of = nearest(clause, match.index + match[0].length / 2);
      const around = matterPairs(clause.replace(match[0], ' '));
      return [{ kind: 'count' as const, of, value: match[0].trim(), sentence, figure, unit, around, normal: '' }];
    });
  });
}

/** The known subject whose word stands nearest to the figure. */
function nearest(clause: string, at: number): string | null {
  let best: { of: string; distance: number } | null = null;
  for (const [of, pattern] of COUNTED) {
    for (const match of clause.matchAll(pattern)) {
      const distance = Math.abs(match.index + match[0].length / 2 - at);
      if (best === null || distance < best.distance) best = { of, distance };
    }
  }
  return best?.of ?? null;
}

function momentsIn(sentence: string): Read[] {
  const event = new RegExp(EVENTS).exec(sentence)?.[1];
  if (event === undefined) return [];
  const of = (word: string) => `${event}${word}`;
  const plain = { sentence, figure: null, unit: '', around: matterPairs(sentence) };
  const dates = [...sentence.matchAll(DATE)]
    .slice(0, 1)
    .map((m) => ({ ...plain, kind: 'date' as const, of: of('日期'), value: m[0], normal: `${Number(m[2])}-${Number(m[3])}` }));
  const times = [...sentence.matchAll(TIME)]
    .slice(0, 1)
    .filter((m) => Number(m[1]) < 25 && Number(m[2]) < 60)
    .map((m) => ({ ...plain, kind: 'time' as const, of: of('时间'), value: m[0], normal: `${Number(m[1])}:${Number(m[2])}` }));
  return [...dates, ...times];
}

function namesIn(sentence: string): Read[] {
  return NAMES.flatMap((pattern) =>
    [...sentence.matchAll(pattern)].map((m) => ({
      kind: 'name' as const,
      of: m[1]!,
      value: m[2]!,
      sentence,
      figure: null,
      unit: '',
      around: new Set<string>(),
      normal: m[2]!.replace(/[-\s]/g, ''),
    })),
  );
}

function isSameMatter(one: Read, other: Read): boolean {
  if (one.kind !== other.kind || one.unit !== other.unit || one.of !== other.of) return false;
  if (one.of !== null) return one.kind === 'count' || one.kind === 'name' || likeness(one.around, other.around) >= 0.2;
  return likeness(one.around, other.around) >= SAME_MATTER;
}

function agrees(one: Read, other: Read): boolean {
  if (one.figure === null || other.figure === null)
    return one.normal === other.normal || one.normal.includes(other.normal) || other.normal.includes(one.normal);
  const [a, b] = [rangeOf(one.figure), rangeOf(other.figure)];
  return a[0] <= b[1] && b[0] <= a[1];
}

/** What values a figure allows. 万 and 余 leave room: “1.2万余” is not contradicted by 12600. */
function rangeOf({ value, bound }: Figure): [number, number] {
  if (bound === 'at-least') return [value, value * 1.1 + 9];
  if (bound === 'at-most') return [value * 0.9 - 9, value];
  return bound === 'about' ? [value * (1 - ABOUT), value * (1 + ABOUT)] : [value, value];
}
