import type { Judgement, Reason } from '@huiying/contracts';
import {
  gradeByAttention,
  gradeIncident,
  gradeWithReach,
  INCIDENT_NAMES,
  isAtLeast,
  SEVERITY_NAMES,
  type FactName,
  type Grading,
  type IncidentKind,
  type ReachSign,
  type Spread,
} from '@huiying/domain';
import { DISMISSAL_NAMES, type Dismissal } from './fact-context.js';
import type { DismissedFact, Facts, FoundFact } from './facts.js';
import type { Findings } from './public-opinion.js';
import type { CompiledLexicon } from './lexicon.js';
import { findReach } from './reach.js';
import { quoted, reasonOf, type Hit, type Reading } from './reading.js';

type Spot = Pick<Hit, 'field' | 'start' | 'end'>;

const FACT_NAMES: Record<FactName, string> = {
  deaths: '死亡',
  injuries: '受伤',
  missing: '失踪',
  trapped: '被困',
  evacuated: '疏散转移',
  poisoned: '中毒',
  'loss-yuan': '损失',
};

/**
 * The level I–IV: by the thresholds of law where an incident's facts are known, else by the house's own scale. It is a proposal
 * (初判): the duty officer confirms, and unknown facts can only raise it.
 */
export function judgeSeverity(found: Findings, isKeyCategory: boolean, reading: Reading, lexicon: CompiledLexicon): Judgement['severity'] {
  const { incident, facts } = found;
  const reach = incident === null ? null : findReach(incident.kinds, reading, lexicon);
  const graded = gravest(found, reach);
  const byLaw = graded?.grading ?? null;
  const grading = byLaw ?? gradeByAttention(isKeyCategory, spreadOf(reading));
  const reasons: Reason[] = [levelReason(grading, reading, reach === null ? facts.found : [...facts.found, reach])];
  if (incident !== null) reasons.push(...factReasons(facts.found, reading));
  const open = byLaw === null && incident !== null ? ['伤亡、损失'] : grading.unknown.map((name) => FACT_NAMES[name]);
  if (open.length > 0) reasons.push({ text: `${open.join('、')}情况尚未掌握，按已知情况初判，掌握后只可上调`, matches: [] });
  if (byLaw !== null && byLaw.basis === 'house') reasons.push({ text: UNGRADED, matches: [] });
  if (incident?.hits.length === 0) reasons.push({ text: '文中未写明是何种事故，先按生产安全事故的标准初判', matches: [] });
  reasons.push(...dismissedReasons(facts, reading));
  if (usesAllInjuries(found)) reasons.push({ text: '文中未区分轻重伤，先按受伤人数初判，核实重伤人数后再定', matches: [] });
  return {
    level: grading.level,
    eventLevel: byLaw?.basis === 'law' ? byLaw.level : null,
    incident: graded === null ? (incident?.name ?? null) : INCIDENT_NAMES[graded.kind],
    facts: facts.found.map(({ kind, figure, phrase }) => ({ kind, ...figure, phrase })),
    reasons,
  };
}

/** Where an incident may be of several kinds, the gravest grading goes first until the kind is settled. */
function gravest({ incident, facts }: Findings, reach: ReachSign | null): { kind: IncidentKind; grading: Grading } | null {
  let best: { kind: IncidentKind; grading: Grading } | null = null;
  for (const kind of incident?.kinds ?? []) {
    const grading = gradeWithReach(gradeIncident(kind, facts.forGrading), reach?.kind === kind ? reach : null);
    if (grading !== null && (best === null || outranks(grading, best.grading))) best = { kind, grading };
  }
  return best;
}

/** What law grades goes before the house's scale, then the graver. */
function outranks(one: Grading, other: Grading): boolean {
  if (one.basis !== other.basis) return one.basis === 'law';
  return !isAtLeast(other.level, one.level);
}

const UNGRADED = '《突发事件应对法》第三条只对自然灾害、事故灾难、公共卫生事件分级，本级别只作内部处置参考，不是法定事件级别';

/** Each wording once: “未采用……”. */
function dismissedReasons({ dismissed }: Facts, reading: Reading): Reason[] {
  const byWhy = new Map<Dismissal, DismissedFact[]>();
  for (const fact of dismissed) if (fact.figure.value !== 0) byWhy.set(fact.why, [...(byWhy.get(fact.why) ?? []), fact]);
  return [...byWhy].map(([why, facts]) => reasonOf(reading, `未计入${quoted(reading, facts)}：${DISMISSAL_NAMES[why]}`, facts));
}

function levelReason({ level, citation, grounds }: Grading, reading: Reading, facts: readonly Spot[]): Reason {
  const why = grounds.length > 0 ? grounds.join('；') : '未达到更高级别的标准';
  return reasonOf(reading, `初判${level}级（${SEVERITY_NAMES[level]}）：${why}。依据${citation}`, grounds.length > 0 ? facts : []);
}

function factReasons(facts: readonly FoundFact[], reading: Reading): Reason[] {
  return facts.map((fact) => reasonOf(reading, `${FACT_NAMES[fact.kind]}：${shown(fact)}`, [fact]));
}

function shown({ figure: { value, bound }, phrase, kind }: FoundFact): string {
  if (value === null) return `有提及，人数不详（“${phrase}”）`;
  const unit = kind === 'loss-yuan' ? '元' : '人';
  const how = bound === 'at-least' ? '至少' : bound === 'at-most' ? '不足' : '';
  return `${how}${value}${unit}（“${phrase}”）`;
}

function usesAllInjuries({ facts, incident }: Findings): boolean {
  const hurt = facts.forGrading.injuries?.value ?? 0;
  const found = facts.found.find((f) => f.kind === 'injuries');
  return incident !== null && hurt >= 10 && found?.figure.value === hurt && !/重伤|危重/.test(found.phrase);
}

function spreadOf(reading: Reading): Spread {
  if (reading.signals('national').length > 0) return 'national';
  return reading.signals('local').length > 0 ? 'local' : 'none';
}
