import { INCIDENT_NAMES, type IncidentKind } from '@huiying/domain';
import { hasFactNear, isPast, type Facts } from './facts.js';
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
 * (事故, 坠落) counts only together with somebody hurt, trapped or lost.
 */
export function findIncident(reading: Reading, facts: Facts): Incident | null {
  const harmed = facts.found.some((f) => f.kind !== 'loss-yuan' && f.kind !== 'evacuated' && f.figure.value !== 0);
  const real = reading.hits('incident').filter((hit) => (hit.use.strong || harmed) && hasHappened(reading, facts, hit));
  if (real.length === 0) return null;
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

/** Not in a sentence of a drill or of the past, not in a clause of fear or prevention; a counted victim in the sentence settles it. */
function hasHappened(reading: Reading, facts: Facts, hit: Hit<'incident'>): boolean {
  const field = reading[hit.field];
  const within = (kind: 'drill' | 'hypothetical', span: { start: number; end: number } | undefined) =>
    span !== undefined && reading.hits(kind).some((h) => h.field === hit.field && span.start <= h.start && h.end <= span.end);
  const sentence = spanAt(field.sentences(), hit.start);
  if (sentence === undefined || within('drill', sentence) || isPast(field.folded.slice(sentence.start, sentence.end), reading))
    return false;
  return hasFactNear(facts, field, hit.start) || !within('hypothetical', spanAt(field.clauses(), hit.start));
}
