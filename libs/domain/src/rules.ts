import { HOUR_MS, localDateOf, type LocalDate } from './local-time.js';
import type { SeverityLevel } from './severity-level.js';
import { type EvidenceKind, type Milestone, type RuleTrigger, type RuleUnit, type StandardKind, type StartFact } from './rule-words.js';

export type Jurisdiction = 'national' | 'province' | 'city';

/** When people are warned: after a share of the length, or at a time of day so many working days before the last one. */
export type WarnPoint = { percent: number } | { workingDaysLeft: number; at: string };

/** How far a clock may be extended (延期): asked before it runs out, and approved. */
export interface ExtensionLimit {
  /** In the rule's unit, over all extensions. */
  most: number;
  times: number;
  /** Who approves, in words. */
  approver: string;
}

/** One deadline rule (时限规则) as data. Once published under a version it is not edited: an edit is a new version. */
export interface DeadlineRule {
  /** e.g. OP-01 */
  id: string;
  version: string;
  /** e.g. 首次权威信息 */
  name: string;
  trigger: RuleTrigger;
  /** Levels it applies to. */
  severities: readonly SeverityLevel[];
  /** The clock starts at the earliest of these facts that is known. */
  startsFrom: readonly StartFact[];
  /** What sort of matter it is for, e.g. 咨询; empty = every sort. */
  matters: readonly string[];
  /** False for a sample of another place or a rule this city has not adopted: it can be looked up and tried, and starts no clock. */
  adopted: boolean;
  /** In `unit`; parts of an hour are allowed (0.25 = 15 minutes), parts of a day are not. */
  length: number;
  unit: RuleUnit;
  /** For days: when the last day ends, 24:00 or the close of business, e.g. 17:30 (民法典第203条). */
  cutoff: string;
  /** Who must act: `department` is the department the case or task names. */
  owner: 'department' | 'duty-officer' | 'supervisor';
  /** The same in the words of the rule, e.g. 涉事责任部门. */
  ownerText: string;
  milestone: Milestone;
  metBy: readonly EvidenceKind[];
  /** Grounds on which the clock may be paused (不计入期限), e.g. 征求第三方意见; empty = it never may. */
  pausableFor: readonly string[];
  extension: ExtensionLimit | null;
  /** 文号, or a word such as 本系统内部规则 where there is none. */
  document: string;
  clause: string | null;
  /** How sure the source is, in words. */
  certainty: string;
  jurisdiction: Jurisdiction;
  effectiveFrom: LocalDate;
  /** First day it no longer holds; null = until changed. */
  effectiveUntil: LocalDate | null;
  warnAt: readonly WarnPoint[];
  /** What the rule says, for people. */
  text: string;
}

/** What is demanded and no clock counts (要求): a gate, a ratio, a fixed day of the year … Cited like a rule. */
export interface Standard {
  id: string;
  version: string;
  name: string;
  kind: StandardKind;
  /** e.g. 缺方案不得签发 · 不低于95% */
  measure: string;
  adopted: boolean;
  ownerText: string;
  document: string;
  clause: string | null;
  certainty: string;
  text: string;
}

/** A province's or city's change to a rule, or a whole rule of its own. Only what is written changes. */
export type RuleOverride = { id: string; version: string } & Partial<Omit<DeadlineRule, 'id' | 'version' | 'jurisdiction'>>;

/** A fault in a local file: which entry and which of its fields, what the rule is, and the same in Chinese. */
export interface RuleFault {
  index: number;
  field: string;
  rule: string;
  message: string;
}

/** What a rule says of pauses, extensions and sorts of matter where it says nothing. */
export const UNWRITTEN = { matters: [], adopted: true, pausableFor: [], extension: null } as const satisfies Partial<DeadlineRule>;

/** A rule under a 文号 can be recognised: 国办发〔2016〕80号, 望政办发〔2026〕3号. */
export const DOCUMENT_NUMBER = /^[\u4e00-\u9fff]{2,}〔\d{4}〕\d+号/;

const REQUIRED = [
  'name',
  'trigger',
  'severities',
  'startsFrom',
  'length',
  'unit',
  'cutoff',
  'owner',
  'ownerText',
  'milestone',
  'metBy',
  'document',
  'certainty',
  'effectiveFrom',
  'warnAt',
  'text',
] as const satisfies readonly (keyof DeadlineRule)[];

/**
 * Lays a province's or city's file over the rules above it. The rules above stay in the result for the days on which the
 * local one does not hold. A local rule may tighten freely; it may loosen only with its own 文号 (domain rule: 地方规则可更严, 放宽须有文号).
 */
export function mergeRules(
  above: readonly DeadlineRule[],
  local: readonly RuleOverride[],
  jurisdiction: Exclude<Jurisdiction, 'national'>,
): { rules: DeadlineRule[]; faults: RuleFault[] } {
  const rules = [...above];
  const faults: RuleFault[] = [];
  local.forEach((override, index) => {
    const base = newest(above.filter((rule) => rule.id === override.id));
    const missing = base ? [] : REQUIRED.filter((field) => override[field] === undefined);
    if (missing.length > 0) {
      faults.push(
        ...missing.map((field) => fault(index, field, 'is needed: no rule of this id exists to change', '上级规则中没有此编号，须写全')),
      );
      return;
    }
    const rule: DeadlineRule = {
      ...(base ?? { ...UNWRITTEN, clause: null, effectiveUntil: null }),
      ...override,
      jurisdiction,
    } as DeadlineRule; // complete: either the base or the check above supplies every field
    if (base && base.document !== rule.document) {
      rule.clause = override.clause ?? null;
      rule.certainty = override.certainty ?? '本地文件，核对情况未注明';
    }
    if (base && !hasOwnDocument(base, override)) faults.push(...looserFields(base, rule).map((f) => ({ ...f, index })));
    rules.push(rule);
  });
  return { rules, faults };
}

/**
 * The rules in force at an instant: of each id the one of the nearest jurisdiction, and of those the latest in force.
 */
export function rulesInForce(rules: readonly DeadlineRule[], at: Date): DeadlineRule[] {
  const day = localDateOf(at);
  const best = new Map<string, DeadlineRule>();
  for (const rule of rules) {
    if (rule.effectiveFrom > day || (rule.effectiveUntil !== null && rule.effectiveUntil <= day)) continue;
    const other = best.get(rule.id);
    if (!other || rank(rule) > rank(other) || (rank(rule) === rank(other) && rule.effectiveFrom >= other.effectiveFrom))
      best.set(rule.id, rule);
  }
  return [...best.values()];
}

/** `国办发〔2016〕80号 第三条`: how a list and a page cite the rule. */
export function citationOf(rule: Pick<DeadlineRule, 'document' | 'clause'>): string {
  return rule.clause === null ? rule.document : `${rule.document} ${rule.clause}`;
}

/** `5小时` · `15分钟` · `3个工作日` · `30日` */
export function lengthText(rule: Pick<DeadlineRule, 'length' | 'unit'>): string {
  if (rule.unit === 'workingDays') return `${rule.length}个工作日`;
  if (rule.unit === 'naturalDays') return `${rule.length}日`;
  return rule.length < 1 ? `${Math.round(rule.length * 60)}分钟` : `${rule.length}小时`;
}

function rank(rule: DeadlineRule): number {
  return { national: 0, province: 1, city: 2 }[rule.jurisdiction];
}

function newest(rules: DeadlineRule[]): DeadlineRule | undefined {
  return rules.reduce<DeadlineRule | undefined>((best, rule) => (!best || rank(rule) >= rank(best) ? rule : best), undefined);
}

function hasOwnDocument(base: DeadlineRule, override: RuleOverride): boolean {
  return override.document !== undefined && override.document !== base.document && DOCUMENT_NUMBER.test(override.document);
}

function looserFields(base: DeadlineRule, rule: DeadlineRule): Omit<RuleFault, 'index'>[] {
  const loose: [keyof DeadlineRule, boolean][] = [
    ['length', rule.unit === base.unit && rule.length > base.length],
    ['unit', rule.unit !== base.unit && !surelySooner(base, rule)],
    ['cutoff', rule.unit !== 'hours' && base.unit !== 'hours' && rule.cutoff > base.cutoff],
    ['severities', base.severities.some((level) => !rule.severities.includes(level))],
    ['startsFrom', base.startsFrom.some((fact) => !rule.startsFrom.includes(fact))],
    ['metBy', rule.metBy.some((kind) => !base.metBy.includes(kind))],
    ['trigger', rule.trigger !== base.trigger],
    ['adopted', base.adopted && !rule.adopted],
    ['matters', rule.matters.length > 0 && (base.matters.length === 0 || base.matters.some((one) => !rule.matters.includes(one)))],
    ['pausableFor', rule.pausableFor.some((ground) => !base.pausableFor.includes(ground))],
    ['extension', extendsFurther(base, rule)],
  ];
  return loose
    .filter(([, isLooser]) => isLooser)
    .map(([field]) =>
      fault(
        0,
        field,
        `loosens rule ${base.id} (${citationOf(base)}) without a 文号 of its own in "document"`,
        `放宽了 ${base.id}（${citationOf(base)}），须在 document 写明本地文号`,
      ),
    );
}

function extendsFurther(base: DeadlineRule, rule: DeadlineRule): boolean {
  if (rule.extension === null) return false;
  const { most, times } = base.extension ?? { most: 0, times: 0 };
  return rule.extension.most > most || rule.extension.times > times;
}

/**
 * n natural days never end after n working days, not even moved off a day off. Hours in place of n days are surely sooner
 * when they fit into the shortest stretch n days can take: begun as the first day ends, then n − 1 whole days and the last
 * one up to its cutoff.
 */
function surelySooner(base: DeadlineRule, rule: DeadlineRule): boolean {
  if (base.unit === 'hours') return false;
  if (rule.unit === 'naturalDays') return base.unit === 'workingDays' && rule.length <= base.length;
  if (rule.unit !== 'hours') return false;
  const [hours, minutes] = base.cutoff.split(':').map(Number) as [number, number];
  return rule.length * HOUR_MS <= ((base.length - 1) * 24 + hours + minutes / 60) * HOUR_MS;
}

function fault(index: number, field: string, rule: string, message: string): RuleFault {
  return { index, field, rule, message };
}
