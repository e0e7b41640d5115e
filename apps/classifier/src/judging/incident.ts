import { INCIDENT_NAMES, type IncidentKind } from '@huiying/domain';
import { isPast } from './fact-context.js';
import { hasFactNear, type Facts } from './facts.js';
import { spanAt, type Hit, type Reading } from './reading.js';

export interface Incident {
  kind: IncidentKind;
  name: string;
  /** The likeliest, and the others that have a strong word: a burning tank is a fire and may be an environmental incident. */
  kinds: readonly IncidentKind[];
  /** What speaks for it, the strongest first. */
  hits: readonly Hit<'incident'>[];
  inTitle: boolean;
}

/** A title tells what a text is about; a word further down may tell of anything. */
const TITLE_WEIGHT = 3;
const STRONG_WEIGHT = 2;

/**
 * The incident (突发事件) that the text tells of, or null. Words of fear, prevention and drills do not count; a weak word
 * (事故, 坠落) counts only together with what became of people, said or denied (无人员伤亡), or with a great loss.
 */
export function findIncident(reading: Reading, facts: Facts): Incident | null {
  const people = facts.found.some((f) => f.kind !== 'loss-yuan' && f.kind !== 'evacuated');
  const things = facts.found.some((f) => f.kind === 'evacuated' || (f.figure.value ?? 0) >= LOSS_OF_NOTE);
  const harmed = (kind: IncidentKind) => people || (things && kind !== 'social-security');
  const real = reading.hits('incident').filter((h) => (h.use.strong || harmed(h.use.incident)) && hasHappened(reading, facts, h));
  if (real.length === 0) return unnamedIncident(reading, facts);
  const weights = new Map<IncidentKind, number>();
  for (const { use, field } of real) {
    const weight = (use.strong ? STRONG_WEIGHT : 1) * (field === 'title' ? TITLE_WEIGHT : 1);
    weights.set(use.incident, (weights.get(use.incident) ?? 0) + weight);
  }
  const ranked = [...weights].sort((a, b) => b[1] - a[1]).map(([kind]) => kind);
  const kind = ranked[0]!;
  const kinds = ranked.filter((k) => k === kind || real.some((hit) => hit.use.incident === k && hit.use.strong));
  const hits = real.filter((hit) => hit.use.incident === kind);
  return { kind, name: INCIDENT_NAMES[kind], kinds, hits, inTitle: hits.some((hit) => hit.field === 'title') };
}

/** What a storm or a spill does to things and homes makes it an incident too. In yuan. */
const LOSS_OF_NOTE = 1_000_000;
const NO_ACCIDENT =
  /因病|病逝|病故|疾病|癌|老人去世|自杀|轻生|跳楼|自缢|他杀|被害|杀害|命案|凶手|嫌疑人|被告|诊所|手术|抢救费|医疗纠纷|医疗事故|产妇|疫苗|抚恤|丧葬|殡|赔偿金|工亡|年均|平均|诈骗|被骗|投资|集资/;

/** Somebody was killed, or several hurt, and no word says in what: by the steps of 令493号 until the kind is known. */
function unnamedIncident(reading: Reading, facts: Facts): Incident | null {
  const value = (name: string) => facts.found.find((f) => f.kind === name)?.figure.value ?? 0;
  const grave = value('deaths') + value('missing') >= 1 || value('injuries') >= 3 || value('trapped') >= 3;
  if (!grave || NO_ACCIDENT.test(reading.title.folded + reading.text.folded)) return null;
  const kind = 'production-safety';
  const inTitle = facts.found.some((f) => f.field === 'title');
  return { kind, name: '事故（种类未明）', kinds: [kind], hits: [], inTitle };
}

/** Not in a sentence of a drill or of the past, not in a clause of fear or prevention; a counted victim in the sentence settles it. */
function hasHappened(reading: Reading, facts: Facts, hit: Hit<'incident'>): boolean {
  const field = reading[hit.field];
  const within = (kind: 'drill' | 'hypothetical', span: { start: number; end: number } | undefined) =>
    span !== undefined && reading.hits(kind).some((h) => h.field === hit.field && span.start <= h.start && h.end <= span.end);
  const sentence = spanAt(field.sentences(), hit.start);
  if (sentence === undefined || within('drill', sentence)) return false;
  const words = field.folded.slice(sentence.start, sentence.end);
  if (isPast({ words, before: '' }, hit.start - sentence.start, reading)) return false;
  return hasFactNear(facts, field, hit.start) || !within('hypothetical', spanAt(field.clauses(), hit.start));
}
