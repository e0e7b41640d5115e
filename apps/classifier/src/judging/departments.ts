import type { Judgement, Reason } from '@huiying/contracts';
import { answersOn, localDateOf } from '@huiying/domain';
import { ourPlaces } from './jurisdiction.js';
import { asInHistory, type DepartmentVotes } from './departments-learned.js';
import { departmentOfLabel, isOfThisCity, learnedWeight } from './learned.js';
import type { CompiledLexicon, Department } from './lexicon.js';
import { grouped, longest, matchOf, reasonOf, type Hit, type Reading } from './reading.js';
import type { TopicScore } from './topic.js';

export type Departments = Judgement['departments'];

/** What speaks for a department, in points. The hotline's own dispatch outweighs all reading of the text. */
const POINTS = {
  order: 3,
  history: 2.5,
  namedInTitle: 1.3,
  named: 0.6,
  namedGenerically: 0.4,
  lead: 1,
  co: 0.4,
  secondLead: 0.6,
  district: 0.3,
};
/** From here a department is worth proposing beside the lead. */
const LEAST_CO = 0.3;
const MOST = 4;
/** A learned share below this is noise. */
const LEAST_SHARE = 0.1;
/** A second topic counts when it is nearly as strong as the first. */
const NEAR_SECOND = 0.6;

interface Claim {
  department: Department;
  points: number;
  reasons: Reason[];
}

/**
 * The responsible bodies, 牵头 first. They follow from the topic (领责清单), from bodies named in the text, from the hotline's dispatch
 * and, for the place, from the district's government (属地管理). A district leads only where the order says so or nothing else is known.
 */
export function judgeDepartments(
  scores: readonly TopicScore[],
  reading: Reading,
  lexicon: CompiledLexicon,
  learned?: DepartmentVotes,
): Departments {
  const claims = new Map<string, Claim>();
  const today = localDateOf(new Date(reading.data.capturedAt));
  const claim = (meant: Department | undefined, points: number, reason: Reason) => {
    if (meant === undefined) return;
    const department = lexicon.departments.get(answersOn(lexicon.bodies, meant.id, today)?.id ?? meant.id) ?? meant;
    const reasons = department === meant ? [reason] : [reason, handedOver(meant, department)];
    const so = claims.get(department.id);
    if (so === undefined) return void claims.set(department.id, { department, points, reasons });
    so.points += points;
    so.reasons.push(...reasons.filter((one) => !so.reasons.some((said) => said.text === one.text)));
  };
  claimByOrder(reading, lexicon, claim);
  claimByName(reading, lexicon, claim);
  claimByTopic(scores, reading, lexicon, claim);
  claimByDistrict(reading, lexicon, claim);
  if (learned && !isOfThisCity(learned.task, (label) => departmentOfLabel(label, lexicon) !== undefined)) {
    return asInHistory(learned, [...claims.values()], lexicon);
  }
  if (learned) claimByHistory(learned, lexicon, claim);
  return ranked([...claims.values()]);
}

/** A body that has ended, or is not yet one: its duties are another's today. */
function handedOver(meant: Department, today: Department): Reason {
  const { validTo, validFrom, successor } = meant.config;
  const text =
    successor === undefined
      ? `${meant.name}自${validFrom}起设立，此前仍由${today.name}承办`
      : `${meant.name}存续至${validTo}，职责现由${today.name}承担`;
  return { text, matches: [] };
}

type MakeClaim = (department: Department | undefined, points: number, reason: Reason) => void;

function ranked(claims: Claim[]): Departments {
  const weight = ({ department, points }: Claim) => (department.config.kind === 'district' && points < POINTS.order ? points - 1 : points);
  const order = claims.sort((a, b) => weight(b) - weight(a) || (a.department.id < b.department.id ? -1 : 1));
  return order
    .filter((c, i) => i === 0 || c.points >= LEAST_CO)
    .slice(0, MOST)
    .map(({ department, points, reasons }, i) => ({
      departmentId: department.id,
      name: department.name,
      role: i === 0 ? ('lead' as const) : ('co' as const),
      score: Math.round(points * 1000) / 1000,
      reasons: department.config.vertical ? [...reasons, verticalReason(department)] : reasons,
    }));
}

function verticalReason({ name }: Department): Reason {
  return { text: `${name}实行垂直管理，由其上级部门办公厅（室）会同宣传部门协调（国办发〔2016〕61号）`, matches: [] };
}

function claimByOrder(reading: Reading, lexicon: CompiledLexicon, claim: MakeClaim): void {
  const unit = reading.data.order?.leadUnit;
  if (!unit) return;
  claim(departmentNamed(unit, lexicon), POINTS.order, { text: `热线工单已派给“${unit}”`, matches: [] });
}

/** The department a name of a hotline order means: its own name, a short or former one, or a district's office. */
export function departmentNamed(name: string, lexicon: CompiledLexicon): Department | undefined {
  let best: { department: Department; length: number } | undefined;
  for (const department of lexicon.departments.values()) {
    const { name: full, short, aliases } = department.config;
    for (const called of [full, ...short, ...aliases.map((a) => a.name)]) {
      if (name.includes(called) && called.length > (best?.length ?? 0)) best = { department, length: called.length };
    }
  }
  return best?.department;
}

/** Who answered such matters before. */
function claimByHistory({ version, task, votes }: DepartmentVotes, lexicon: CompiledLexicon, claim: MakeClaim): void {
  const weight = learnedWeight(task);
  for (const { label, share } of votes) {
    if (share < LEAST_SHARE) continue;
    const department = departmentOfLabel(label, lexicon);
    const text = `按历史工单学习（${version}，${task.rows}条），此类事项由${department?.name ?? label}办理的把握为${Math.round(share * 100)}%`;
    claim(department, POINTS.history * weight * share, { text, matches: [] });
  }
}

function claimByName(reading: Reading, lexicon: CompiledLexicon, claim: MakeClaim): void {
  const ours = longest(reading.hits('department')).filter((hit) => !isForeign(reading, hit));
  for (const [department, hits] of grouped(ours, (hit) => hit.use.department)) {
    const inTitle = hits.some((hit) => hit.field === 'title');
    const generic = hits.every((hit) => hit.use.generic);
    const points = inTitle ? POINTS.namedInTitle : generic ? POINTS.namedGenerically : POINTS.named;
    claim(department, points, reasonOf(reading, namedText(reading, department, hits, lexicon), hits));
  }
}

function namedText(reading: Reading, { name, config }: Department, hits: readonly Hit<'department'>[], lexicon: CompiledLexicon): string {
  const hit = hits[0]!;
  const called = `${districtBefore(reading, hit, lexicon)}${matchOf(reading, hit).term}`;
  const { validTo } = hit.use;
  const day = (reading.data.publishedAt ?? reading.data.capturedAt).slice(0, 10);
  if (validTo !== null && validTo < day) return `文中点名“${called}”，是${validTo}前的旧称，现为${name}`;
  // An old text calls it by the name of its time; who answers today is its successor.
  if (validTo !== null && validTo < reading.data.capturedAt.slice(0, 10)) {
    return `文中点名“${called}”，是发布时的名称（用至${validTo}），职责现由${name}承担`;
  }
  if (called !== matchOf(reading, hit).term) return `文中点名“${called}”，市级对口部门为${name}`;
  return called === name || config.name === called ? `文中点名“${called}”` : `文中点名“${called}”，即${name}`;
}

/** “青梧区” before “教育局”: the district's own bureau. */
function districtBefore(reading: Reading, hit: Hit<'department'>, lexicon: CompiledLexicon): string {
  const before = reading[hit.field].original.slice(Math.max(0, hit.start - 6), hit.start);
  return [...lexicon.districtNames.values()].find((name) => before.endsWith(name)) ?? '';
}

/** “杭州市” before “教育局”: not ours. */
function isForeign(reading: Reading, hit: Hit<'department'>): boolean {
  return reading.hits('elsewhere').some((e) => e.field === hit.field && e.end <= hit.start && hit.start - e.end <= 1);
}

function claimByTopic(scores: readonly TopicScore[], reading: Reading, lexicon: CompiledLexicon, claim: MakeClaim): void {
  const [best, second] = scores;
  if (best === undefined) return;
  const sure = Math.min(1, 0.5 + best.score / 12);
  const { name, config } = lexicon.topics[best.topic]!;
  const department = (id: string) => lexicon.departments.get(id);
  claim(department(config.lead), POINTS.lead * sure, reasonOf(reading, `“${name}”由${department(config.lead)!.name}牵头`, best.hits));
  for (const id of config.co) claim(department(id), POINTS.co * sure, { text: `“${name}”由${department(id)!.name}协办`, matches: [] });
  if (second === undefined || second.score < NEAR_SECOND * best.score) return;
  const other = lexicon.topics[second.topic]!;
  const points = POINTS.secondLead * sure * (second.score / best.score);
  const lead = department(other.config.lead);
  claim(lead, points, reasonOf(reading, `也涉及“${other.name}”，由${lead!.name}牵头`, second.hits));
}

function claimByDistrict(reading: Reading, lexicon: CompiledLexicon, claim: MakeClaim): void {
  const { order } = reading.data;
  const named = new Map<string, Hit<'place'>[]>();
  for (const hit of ourPlaces(reading)) {
    const code = hit.use.place.district;
    if (code !== null) named.set(code, [...(named.get(code) ?? []), hit]);
  }
  for (const [code, hits] of named) {
    const government = lexicon.districtGovernments.get(code);
    claim(government, POINTS.district, reasonOf(reading, `发生地在${lexicon.districtNames.get(code)}，按属地管理协办`, hits));
  }
  if (!order?.region || named.size > 0) return;
  const code = [...lexicon.districtNames].find(([, name]) => order.region!.includes(name))?.[0];
  if (code === undefined) return;
  claim(lexicon.districtGovernments.get(code), POINTS.district, { text: `工单登记区域为${order.region}，按属地管理协办`, matches: [] });
}
