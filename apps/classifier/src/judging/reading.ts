import type { OpinionCollectedV1, Reason } from '@huiying/contracts';
import { fold, splitClauses, splitSentences, type Span } from '@huiying/text';
import type { CompiledLexicon, Family, TermUse, UseKind } from './lexicon.js';

export type OpinionData = OpinionCollectedV1['data'];
export type FieldName = 'title' | 'text';
type Match = Reason['matches'][number];
type UseOf<K extends UseKind> = Extract<TermUse, { kind: K }>;

/** A term found, with one of its uses. */
export interface Hit<K extends UseKind = UseKind> {
  field: FieldName;
  start: number;
  end: number;
  use: UseOf<K>;
}

export interface Field {
  name: FieldName;
  original: string;
  /** As the matchers read it; same length, so offsets hold in the original. */
  folded: string;
  sentences(): readonly Span[];
  clauses(): readonly Span[];
}

/** An opinion read once: its two fields and all terms in them. The judgement's parts look here, never at the text again. */
export interface Reading {
  data: OpinionData;
  title: Field;
  text: Field;
  hits<K extends UseKind>(kind: K): readonly Hit<K>[];
  /** The words of one group of signals. */
  signals(id: string): readonly Hit<'signal'>[];
}

/** Texts beyond this length are judged by their beginning: a policy document is not a complaint. In UTF-16 code units. */
const LONGEST = 6_000;

const NONE: readonly never[] = [];

/** Folds both fields and finds every term of the lexicon in them, less those inside an exception of their own family. */
export function readOpinion(data: OpinionData, lexicon: CompiledLexicon): Reading {
  return new OpinionReading(data, lexicon);
}

class OpinionReading implements Reading {
  readonly title: Field;
  readonly text: Field;
  private readonly byKind = new Map<UseKind, Hit[]>();
  private byId: Map<string, Hit<'signal'>[]> | undefined;

  constructor(
    readonly data: OpinionData,
    lexicon: CompiledLexicon,
  ) {
    this.title = field('title', data.title);
    this.text = field('text', data.text.slice(0, LONGEST));
    this.find(this.title, lexicon);
    this.find(this.text, lexicon);
  }

  hits<K extends UseKind>(kind: K): readonly Hit<K>[] {
    return (this.byKind.get(kind) ?? NONE) as unknown as readonly Hit<K>[];
  }

  signals(id: string): readonly Hit<'signal'>[] {
    return (this.byId ??= grouped(this.hits('signal'), (hit) => hit.use.signal.id)).get(id) ?? NONE;
  }

  private find({ name, folded }: Field, { matcher, uses }: CompiledLexicon): void {
    const hits: Hit[] = [];
    const exceptions: Hit<'exception'>[] = [];
    let places: Hit<'place'>[] = [];
    matcher.each(folded, (start, end, ids) => {
      for (let i = 0; i < ids.length; i++) {
        const hit: Hit = { field: name, start, end, use: uses[ids[i]!]! };
        hits.push(hit);
        if (hit.use.kind === 'exception') exceptions.push(hit as Hit<'exception'>);
        else if (hit.use.kind === 'place') places.push(hit as Hit<'place'>);
      }
    });
    places = places.filter((place) => isRegion(place) && !isExcepted(place, exceptions));
    for (const hit of hits) if (!isExcepted(hit, exceptions) && !isPlacePart(hit, places)) addTo(this.byKind, hit.use.kind, hit);
  }
}

/** A landmark, a school or a hospital, tells what a text is about; the city's own name has no parts. */
function isRegion({ use }: Hit<'place'>): boolean {
  return use.place.rank !== 'landmark' && use.place.rank !== 'city';
}

/** “社区” in “水厂社区” is no topic, nor is “水厂”. */
function isPlacePart(hit: Hit, places: readonly Hit<'place'>[]): boolean {
  if (places.length === 0 || (hit.use.kind !== 'topic' && hit.use.kind !== 'signal')) return false;
  return places.some((place) => isWithin(hit, place));
}

function isExcepted(hit: Pick<Hit, 'start' | 'end' | 'use'>, exceptions: readonly Hit<'exception'>[]): boolean {
  if (exceptions.length === 0) return false;
  const family = familyOf(hit.use);
  return family !== null && exceptions.some((exception) => exception.use.of === family && isWithin(hit, exception));
}

function isWithin(inner: Pick<Hit, 'start' | 'end'>, outer: Pick<Hit, 'start' | 'end'>): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The hits under each key, in the order in which they stand. */
export function grouped<K, H>(hits: readonly H[], keyOf: (hit: H) => K): Map<K, H[]> {
  const groups = new Map<K, H[]>();
  for (const hit of hits) addTo(groups, keyOf(hit), hit);
  return groups;
}

function addTo<K, H>(groups: Map<K, H[]>, key: K, hit: H): void {
  const same = groups.get(key);
  if (same) same.push(hit);
  else groups.set(key, [hit]);
}

/** The hit as the reasons show it: the words as they stand in the original. */
export function matchOf(reading: Reading, { field: name, start, end }: Pick<Hit, 'field' | 'start' | 'end'>): Match {
  return { field: name, start, end, term: reading[name].original.slice(start, end) };
}

/** At most so many matches per reason: an officer reads a few, the console lights a few. */
const MOST_MATCHES = 8;

/** A reason with the words it rests on, each wording once. */
export function reasonOf(reading: Reading, text: string, hits: readonly Pick<Hit, 'field' | 'start' | 'end'>[] = []): Reason {
  const matches: Match[] = [];
  for (const hit of hits) {
    if (matches.length === MOST_MATCHES) break;
    const match = matchOf(reading, hit);
    if (!matches.some(({ term }) => term === match.term)) matches.push(match);
  }
  return { text, matches };
}

/** “甲”“乙”“丙”等: the words of the hits as a sentence quotes them. */
export function quoted(reading: Reading, hits: readonly Pick<Hit, 'field' | 'start' | 'end'>[], most = 3): string {
  const terms: string[] = [];
  for (const { field: name, start, end } of hits) {
    const term = reading[name].original.slice(start, end);
    if (terms.includes(term)) continue;
    if (terms.length === most) return `“${terms.join('”“')}”等`;
    terms.push(term);
  }
  return terms.length === 0 ? '' : `“${terms.join('”“')}”`;
}

/** Of hits in order of place, those not inside a longer one of the same list. */
export function longest<H extends Pick<Hit, 'field' | 'start' | 'end'>>(hits: readonly H[]): readonly H[] {
  if (hits.length < 2) return hits;
  return hits.filter(
    (h) => !hits.some((o) => o.field === h.field && o.start <= h.start && h.end <= o.end && o.end - o.start > h.end - h.start),
  );
}

/** The span among `spans` that holds the offset. */
export function spanAt(spans: readonly Span[], offset: number): Span | undefined {
  return spans.find((span) => span.start <= offset && offset < span.end);
}

function field(name: FieldName, original: string): Field {
  const folded = fold(original);
  let sentences: Span[] | undefined;
  let clauses: Span[] | undefined;
  return {
    name,
    original,
    folded,
    sentences: () => (sentences ??= splitSentences(folded)),
    clauses: () => (clauses ??= splitClauses(folded)),
  };
}

function familyOf(use: TermUse): Family | null {
  switch (use.kind) {
    case 'signal':
      return use.signal.family;
    case 'place':
    case 'incident':
    case 'mood':
    case 'negator':
      return use.kind;
    default:
      return null;
  }
}
