import type { Judgement, Reason } from '@huiying/contracts';
import { readFigure, FIGURE } from '@huiying/text';
import type { CompiledLexicon } from './lexicon.js';
import type { Findings } from './public-opinion.js';
import { quoted, reasonOf, type Hit, type Reading } from './reading.js';

type KeyCategory = NonNullable<Judgement['publicOpinion']['keyCategory']>;
export interface KeyFinding {
  category: KeyCategory;
  reasons: Reason[];
}

/** So many people or households make a matter one of many (涉及公众切身利益且产生较大影响). */
const MANY = { 人: 50, 户: 30 } as const;
/** Fewer hurt than this, nobody dead and the facts known: an everyday accident, not 突发事件处置 in the sense of 61号. */
const FEW_INJURED = 3;

/**
 * Which of the 重点回应五类 (国办发〔2016〕61号) or the sixth that provinces add, the gravest first; null where none.
 * 突发事件 · 道德底线 · 上级要求 · 社会热点 · 切身利益 · 误解误读.
 */
export function judgeKeyCategory(found: Findings, reading: Reading, lexicon: CompiledLexicon): KeyFinding | null {
  return (
    emergency(found, reading) ??
    byWords('moral-shock', 'moral-shock', '触及社会道德底线', reading) ??
    byWords('superior-request', 'superior', '上级机关要求回应或督办', reading) ??
    byWords('social-hotspot', 'national', '已成社会热点', reading) ??
    vitalInterest(found, reading, lexicon) ??
    policyMisread(reading)
  );
}

function finding(category: KeyCategory, reading: Reading, text: string, hits: readonly Pick<Hit, 'field' | 'start' | 'end'>[]): KeyFinding {
  return { category, reasons: [reasonOf(reading, `属需重点回应的政务舆情：${text}`, hits)] };
}

function emergency({ incident, facts }: Findings, reading: Reading): KeyFinding | null {
  if (incident === null) return null;
  const value = (kind: string) => facts.found.find((f) => f.kind === kind)?.figure.value;
  const grave = facts.found.some(
    (f) => f.figure.value !== 0 && !(f.kind === 'injuries' && (f.figure.value ?? FEW_INJURED) < FEW_INJURED) && f.kind !== 'loss-yuan',
  );
  const open =
    value('deaths') === undefined && value('injuries') === undefined && incident.inTitle && incident.hits.some((h) => h.use.strong);
  if (!grave && !open) return null;
  return finding('emergency', reading, `涉及突发事件处置（${incident.name}${open && !grave ? '，伤亡尚不掌握' : ''}）`, [
    ...facts.found,
    ...incident.hits,
  ]);
}

function byWords(category: KeyCategory, signal: string, text: string, reading: Reading): KeyFinding | null {
  const hits = reading.signals(signal);
  return hits.length === 0 ? null : finding(category, reading, `${text}，文中有${quoted(reading, hits)}`, hits);
}

function vitalInterest({ topics }: Findings, reading: Reading, lexicon: CompiledLexicon): KeyFinding | null {
  const topic = topics[0] === undefined ? undefined : lexicon.topics[topics[0].topic];
  const together = reading.signals('masses');
  const many = [...crowds(reading), ...together];
  if (topic === undefined || many.length === 0 || !(topic.config.vital || together.length > 0)) return null;
  return finding('vital-interest', reading, `涉及公众切身利益且影响面较大（${topic.name}），文中有${quoted(reading, many)}`, many);
}

/** A measure, and doubt about what it says: in the title, or together with hearsay. Mere disagreement is no misreading. */
function policyMisread(reading: Reading): KeyFinding | null {
  const misread = reading.signals('misread');
  const measure = reading.signals('measure');
  const rumour = reading.signals('hearsay');
  const inTitle = misread.some((hit) => hit.field === 'title');
  if (measure.length === 0 || misread.length === 0 || !(inTitle || rumour.length > 0 || misread.length >= 2)) return null;
  const talk = [...misread, ...rumour];
  return finding('policy-misread', reading, `对政策措施有误解误读，文中有${quoted(reading, talk)}`, [...talk, ...measure]);
}

const CROWD = new RegExp(`(${FIGURE})\\s?(?:多|余)?\\s?(?:名|位|个)?(人(?![民员才均次工行口])|户|业主|家长|居民|村民|职工|学生|群众|家庭)`);
const NOUN = 1;
const NUMERAL = 2;
/** May stand between the numeral and the noun. */
const BETWEEN = 4;
/** May stand in a figure or before it. */
const IN_FIGURE = 8;
/** What a sign is to CROWD, by its code unit: the pattern is only tried where a noun follows a numeral. */
const ROLES = new Uint8Array(0x10000);
const setRoles = (signs: string, role: number) => {
  for (const sign of signs) ROLES[sign.charCodeAt(0)]! |= role;
};
setRoles('人户业家居村职学群', NOUN);
setRoles('0123456789零〇○一二两俩三仨四五六七八九十廿卅百千万亿壹贰叁肆伍陆柒捌玖拾佰仟', NUMERAL | IN_FIGURE);
setRoles(' \n,余多来几名位个', BETWEEN | IN_FIGURE);
setRoles('.点半数好成上以将近接临不足到超过未最至少起码说也于低下止只出已逾达高突破大约概为致估计预有是-–—~～', IN_FIGURE);
/** Longer ones are no figures. In characters. */
const LONGEST_FIGURE = 40;

/** “三百多户业主”, “上千名学生”. */
function crowds(reading: Reading): { field: 'title' | 'text'; start: number; end: number }[] {
  const found: { field: 'title' | 'text'; start: number; end: number }[] = [];
  for (const { name, folded } of [reading.title, reading.text]) {
    for (let noun = 1; noun < folded.length; noun++) {
      if ((roleAt(folded, noun) & NOUN) === 0 || !followsNumeral(folded, noun)) continue;
      let start = noun;
      while (noun - start < LONGEST_FIGURE && (roleAt(folded, start - 1) & IN_FIGURE) !== 0) start--;
      const match = CROWD.exec(folded.slice(start, noun + LONGEST_NOUN + 1)); // and the sign after it, which may deny it
      if (match === null) continue;
      const [phrase, figure, unit] = match;
      const least = unit === '户' || unit === '家庭' ? MANY.户 : MANY.人;
      const read = readFigure(figure!);
      const at = start + match.index;
      if (read !== null && read.value >= least && read.value < 1e7) found.push({ field: name, start: at, end: at + phrase.length });
    }
  }
  return found;
}

const LONGEST_NOUN = 2;

function followsNumeral(folded: string, noun: number): boolean {
  let at = noun - 1;
  while ((roleAt(folded, at) & BETWEEN) !== 0) at--;
  return (roleAt(folded, at) & NUMERAL) !== 0;
}

/** 0 before the beginning. */
function roleAt(folded: string, at: number): number {
  return at < 0 ? 0 : ROLES[folded.charCodeAt(at)]!;
}
