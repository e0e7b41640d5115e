import { SEVERITY_LEVELS, SEVERITY_NAMES, isAtLeast, type SeverityLevel } from './severity-level.js';

/** Kinds of incident (突发事件应对法第二条) as far as their thresholds differ. */
export const INCIDENT_NAMES = {
  'production-safety': '生产安全事故',
  fire: '火灾事故',
  traffic: '道路交通事故',
  environment: '突发环境事件',
  'food-safety': '食品安全事故',
  'public-health': '公共卫生事件',
  'natural-disaster': '自然灾害',
  'social-security': '社会安全事件',
} as const;
export type IncidentKind = keyof typeof INCIDENT_NAMES;

/** `value` null = mentioned, not known: never to be read as zero. at-most 30 (近30人) stays below 30. */
export interface FactFigure {
  value: number | null;
  bound: 'exact' | 'at-least' | 'at-most';
}
export type FactName = 'deaths' | 'injuries' | 'missing' | 'trapped' | 'evacuated' | 'poisoned' | 'loss-yuan';
/** A fact that is absent was not mentioned. `injuries` are the serious ones (重伤) where the text tells them apart. */
export type IncidentFacts = Partial<Record<FactName, FactFigure>>;

export interface Grading {
  level: SeverityLevel;
  /** law: a threshold of a law or a national plan; house: this system's own scale, law grades nothing here. */
  basis: 'law' | 'house';
  citation: string;
  /** The sums that reached the level, in Chinese; empty for IV. */
  grounds: string[];
  /** Mentioned without a figure: the level can only rise when they become known. */
  unknown: FactName[];
}

/** One measure: the facts added up, and from which sum (以上含本数) it is I, II, III; null = the rule has no such step. */
interface Measure {
  says: string;
  of: FactName[];
  unit: '人' | '元';
  from: readonly [I: number | null, II: number | null, III: number | null];
}
interface Scale {
  basis: Grading['basis'];
  citation: string;
  measures: Measure[];
}

/** Persons missing are counted with the dead for the first grading, as the national grading standard does (死亡含失踪). */
const DEAD: FactName[] = ['deaths', 'missing'];
/** 重伤, 包括急性工业中毒: 令493号第三条. */
const HURT: FactName[] = ['injuries', 'poisoned'];

/** 生产安全事故报告和调查处理条例（国务院令第493号）第三条. Also used for fires and road accidents. */
const ACCIDENT: Scale = {
  basis: 'law',
  citation: '《生产安全事故报告和调查处理条例》（国务院令第493号）第三条',
  measures: [
    { says: '死亡（含失踪）', of: DEAD, unit: '人', from: [30, 10, 3] },
    { says: '重伤（含急性中毒）', of: HURT, unit: '人', from: [100, 50, 10] },
    { says: '直接经济损失', of: ['loss-yuan'], unit: '元', from: [1e8, 5e7, 1e7] },
  ],
};

/** 国家突发环境事件应急预案（国办函〔2014〕119号）附件1. */
const ENVIRONMENT: Scale = {
  basis: 'law',
  citation: '《国家突发环境事件应急预案》（国办函〔2014〕119号）附件1',
  measures: [
    { says: '死亡（含失踪）', of: DEAD, unit: '人', from: [30, 10, 3] },
    { says: '中毒或重伤', of: HURT, unit: '人', from: [100, 50, 10] },
    { says: '疏散、转移', of: ['evacuated'], unit: '人', from: [50_000, 10_000, 5_000] },
    { says: '直接经济损失', of: ['loss-yuan'], unit: '元', from: [1e8, 2e7, 5e6] },
  ],
};

/** Sources disagree (domain facts §4): the city's own plan goes first. A death with 100 ill is II; see gradeFood. */
const FOOD: Scale = {
  basis: 'law',
  citation: '食品安全事故分级（以本市食品安全事故应急预案为准）',
  measures: [
    { says: '死亡', of: ['deaths'], unit: '人', from: [null, 10, 1] },
    { says: '中毒或发病', of: HURT, unit: '人', from: [null, null, 100] },
  ],
};

/** 特别重大、重大突发公共事件分级标准（试行）: natural disasters by the dead and missing; III follows the same steps. */
const DISASTER: Scale = {
  basis: 'law',
  citation: '《特别重大、重大突发公共事件分级标准（试行）》（较大、一般以本市预案为准）',
  measures: [
    { says: '死亡（含失踪）', of: DEAD, unit: '人', from: [30, 10, 3] },
    { says: '紧急转移安置', of: ['evacuated'], unit: '人', from: [100_000, 50_000, null] },
    { says: '直接经济损失', of: ['loss-yuan'], unit: '元', from: [1e8, 5e7, 1e7] },
  ],
};

/** 突发事件应对法第三条 grades natural disasters, accidents and public health, not social security incidents; the steps are ours. */
const HOUSE: Scale = {
  basis: 'house',
  citation: '本系统口径（参照国务院令第493号第三条的人数；法律未对该类事件分级）',
  measures: ACCIDENT.measures.slice(0, 2),
};

/** Public health is graded by disease and spread (国家突发公共卫生事件应急预案), not by these sums: they only say how grave it looks. */
const PLAGUE: Scale = { ...HOUSE, citation: '本系统口径（突发公共卫生事件按病种和波及范围分级，由卫生健康部门按预案评估）' };

const SCALES: Record<IncidentKind, Scale> = {
  'production-safety': ACCIDENT,
  fire: ACCIDENT,
  traffic: ACCIDENT,
  environment: ENVIRONMENT,
  'food-safety': FOOD,
  'public-health': PLAGUE,
  'natural-disaster': DISASTER,
  'social-security': HOUSE,
};

/**
 * The level (分级) that the known facts give, by the thresholds for the kind of incident; any one measure reached is enough.
 * Facts not known are left out, so the level can only rise later. Null where no fact that counts is known.
 */
export function gradeIncident(kind: IncidentKind, facts: IncidentFacts): Grading | null {
  const scale = SCALES[kind];
  const counted = new Set(scale.measures.flatMap((m) => m.of));
  const isKnown = (name: FactName) => typeof facts[name]?.value === 'number';
  if (![...counted].some(isKnown)) return null;
  const unknown = (Object.keys(facts) as FactName[]).filter((name) => !isKnown(name));
  let level: SeverityLevel = 'IV';
  let grounds: string[] = [];
  for (const measure of scale.measures) {
    const reached = levelOf(measure, facts);
    if (reached === null || !isAtLeast(reached, level)) continue;
    if (reached !== level) grounds = [];
    level = reached;
    grounds.push(groundOf(measure, facts, reached));
  }
  if (kind === 'food-safety') ({ level, grounds } = gradeFood(facts, { level, grounds }));
  return { level, basis: scale.basis, citation: scale.citation, grounds, unknown };
}

/** ≥ 100 ill and a death: 重大. */
function gradeFood(facts: IncidentFacts, so: { level: SeverityLevel; grounds: string[] }) {
  const severe = sum(HURT, facts) >= 100 && sum(['deaths'], facts) >= 1;
  return severe && !isAtLeast(so.level, 'II') ? { level: 'II' as const, grounds: ['中毒100人以上且有死亡'] } : so;
}

function levelOf(measure: Measure, facts: IncidentFacts): SeverityLevel | null {
  const total = sum(measure.of, facts);
  const step = measure.from.findIndex((from) => from !== null && total >= from);
  return step < 0 ? null : SEVERITY_LEVELS[step]!;
}

function groundOf(measure: Measure, facts: IncidentFacts, level: SeverityLevel): string {
  const from = measure.from[SEVERITY_LEVELS.indexOf(level)]!;
  return `${measure.says}${shown(sum(measure.of, facts), measure.unit)}，达到${SEVERITY_NAMES[level]}标准（${shown(from, measure.unit)}以上）`;
}

function sum(names: readonly FactName[], facts: IncidentFacts): number {
  return names.reduce((total, name) => total + certain(facts[name]), 0);
}

/** What is certainly reached: 近30人 is below 30, so at most 29. */
function certain(figure: FactFigure | undefined): number {
  if (figure === undefined || figure.value === null) return 0;
  return figure.bound === 'at-most' ? Math.max(0, Math.ceil(figure.value) - 1) : figure.value;
}

function shown(value: number, unit: '人' | '元'): string {
  if (unit === '人') return `${value}人`;
  if (value >= 1e8) return `${round(value / 1e8)}亿元`;
  return value >= 1e4 ? `${round(value / 1e4)}万元` : `${round(value)}元`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A sign of reach that the national plans grade by itself, whatever the sums: where drinking water fails, which borders are crossed. */
export interface ReachSign {
  kind: IncidentKind;
  level: SeverityLevel;
  says: string;
}

/** The grading with a sign of reach weighed in: the graver of the two holds. */
export function gradeWithReach(graded: Grading | null, sign: ReachSign | null): Grading | null {
  if (sign === null || (graded !== null && isAtLeast(graded.level, sign.level) && graded.basis === 'law')) return graded;
  const { basis, citation } = SCALES[sign.kind];
  const ground = `${sign.says}，达到${SEVERITY_NAMES[sign.level]}标准`;
  return {
    level: sign.level,
    basis: sign.kind === 'public-health' ? 'law' : basis,
    citation: sign.kind === 'public-health' ? HEALTH_PLAN : citation,
    grounds: [ground],
    unknown: graded?.unknown ?? [],
  };
}

const HEALTH_PLAN = '《国家突发公共卫生事件应急预案》';

/** How far the talk has spread, as far as the text itself tells. */
export type Spread = 'none' | 'local' | 'national';

/**
 * The level where law grades nothing: this system's own scale (国家没有统一的舆情分级标准). National attention II,
 * one of the 重点回应 classes (国办发〔2016〕61号) or spread in the city III, everything else IV. The duty officer confirms.
 */
export function gradeByAttention(isKeyCategory: boolean, spread: Spread): Grading {
  const citation = '本系统舆情分级口径（国家未统一规定，可由值班员改定）';
  const house = (level: SeverityLevel, grounds: string[]): Grading => ({ level, basis: 'house', citation, grounds, unknown: [] });
  if (spread === 'national') return house('II', ['已引起全国性媒体或全网关注']);
  const grounds = [...(isKeyCategory ? ['属需重点回应的政务舆情'] : []), ...(spread === 'local' ? ['在本地已有扩散'] : [])];
  return house(grounds.length > 0 ? 'III' : 'IV', grounds);
}
