import {
  configFingerprint,
  placeNamesOf,
  type CityConfig,
  type DepartmentConfig,
  type LexiconsConfig,
  type TopicConfig,
  type TopicsConfig,
} from '@huiying/settings';
import { type BodyInTime, type FactName, type IncidentKind } from '@huiying/domain';
import { fold, TermMatcher, tokenOf } from '@huiying/text';
import { FACT_WORDS } from './fact-patterns.js';
import { addCity } from './lexicon-places.js';
import { addDepartments } from './lexicon-departments.js';
import type { Namesake } from './namesakes.js';

/** A place of the city. */
export interface Place {
  name: string;
  /** city 4, district 3, town 2, village 1, landmark 1: more specific is lower. */
  rank: 'city' | 'district' | 'town' | 'village' | 'landmark';
  /** Code of the district it lies in; null for the city itself and for what crosses districts. */
  district: string | null;
  /** Many cities have the name: alone it is no evidence. */
  common: boolean;
  /** Places elsewhere that bear one of its names. */
  namesakes: readonly Namesake[];
}

export interface Department {
  id: string;
  /** What lists show: the first short name. */
  name: string;
  config: Readonly<DepartmentConfig>;
}

export interface Topic {
  code: string;
  name: string;
  /** Code of the first level over it. */
  parent: string;
  config: Readonly<TopicConfig>;
}

/** What a term means where it is found. One string may have several uses. */
export type TermUse =
  | { kind: 'place'; place: Place; full: boolean }
  | { kind: 'organ' }
  | { kind: 'self' }
  | { kind: 'elsewhere'; suffixed: boolean }
  | { kind: 'department'; department: Department; validTo: string | null; generic: boolean }
  /** `tokens`: what the learners are told of it. */
  | { kind: 'topic'; topic: number; weight: number; tokens: readonly number[] }
  | { kind: 'signal'; signal: Signal }
  | { kind: 'incident'; incident: IncidentKind; strong: boolean }
  | { kind: 'fact'; fact: FactName }
  | { kind: 'drill' }
  | { kind: 'hypothetical' }
  | { kind: 'mood'; negative: boolean }
  | { kind: 'negator' }
  | { kind: 'exception'; of: Family };
export type UseKind = TermUse['kind'];

/** A lexicon whose exceptions swallow its own terms only. */
export type Family = 'place' | 'grievance' | 'policy' | 'rumour' | 'spread' | 'unrelated' | 'incident' | 'mood' | 'negator';

/** A group of words that speaks for or against 政务舆情. */
export interface Signal {
  id: string;
  family: Family;
  weight: number;
  say: string;
  /** What the learners are told of it. */
  token: number;
}

/** Everything the judgement needs, compiled once at boot. Immutable, shared by all calls. */
export interface CompiledLexicon {
  readonly matcher: TermMatcher;
  readonly uses: readonly TermUse[];
  readonly topics: readonly Topic[];
  readonly departments: ReadonlyMap<string, Department>;
  /** The same by what they were in time. */
  readonly bodies: ReadonlyMap<string, BodyInTime>;
  /** District code → the government of the district. */
  readonly districtGovernments: ReadonlyMap<string, Department>;
  readonly districtNames: ReadonlyMap<string, string>;
  readonly cityName: string;
  /** Names and aliases of the city and its places. */
  readonly placeNames: readonly string[];
  /** Ids of the sources that are of this city (belongsToCity). */
  readonly citySources: ReadonlySet<string>;
  /** Words after a foreign place name that make it a street, a bank or a dish. */
  readonly notBefore: readonly string[];
  readonly judgedBy: string;
}

export interface LexiconSources {
  city: Readonly<CityConfig>;
  departments: readonly Readonly<DepartmentConfig>[];
  topics: Readonly<TopicsConfig>;
  lexicons: LexiconsConfig;
  citySources: Iterable<string>;
}

/** Collects (term, use) pairs while compiling. */
export type AddTerm = (term: string, use: TermUse) => void;

/** decisive : terms : hints, as config/topics.yaml says. */
const TOPIC_WEIGHTS = { decisive: 4, terms: 2, hints: 1 } as const;
const SIGNAL_FAMILIES = ['grievance', 'policy', 'rumour', 'spread', 'unrelated'] as const;

/** Compiles the configuration for judge(). Takes some 20 ms. */
export function compileLexicon(sources: LexiconSources): CompiledLexicon {
  const uses: TermUse[] = [];
  const pairs: [string, number][] = [];
  const add: AddTerm = (term, use) => pairs.push([term, uses.push(use) - 1]);
  const departments = new Map(sources.departments.map((config) => [config.id, { id: config.id, name: config.short[0]!, config }]));
  const topics = sources.topics.topics.flatMap((parent) =>
    parent.children.map((config) => ({ code: config.code, name: config.name, parent: config.code.slice(0, 2), config })),
  );
  addCity(sources.city, add);
  addDepartments([...departments.values()], add);
  addTopics(topics, add);
  addLexicons(sources.lexicons, add);
  for (const [fact, words] of Object.entries(FACT_WORDS)) for (const word of words) add(word, { kind: 'fact', fact: fact as FactName });
  return {
    matcher: new TermMatcher(pairs),
    uses,
    topics,
    departments,
    bodies: new Map(sources.departments.map((config) => [config.id, config])),
    districtGovernments: new Map(
      [...departments.values()].flatMap((d) => (d.config.district === undefined ? [] : [[d.config.district, d]])),
    ),
    placeNames: placeNamesOf(sources.city),
    districtNames: new Map(sources.city.districts.map((d) => [d.code, d.name])),
    cityName: sources.city.city.name,
    citySources: new Set(sources.citySources),
    notBefore: sources.lexicons.elsewhere.notBefore,
    judgedBy: `lexicon@${configFingerprint(sources.city, sources.departments, sources.topics, sources.lexicons)}`,
  };
}

function addTopics(topics: readonly Topic[], add: AddTerm): void {
  const owners = new Map<string, number>();
  const tiers = Object.keys(TOPIC_WEIGHTS) as (keyof typeof TOPIC_WEIGHTS)[];
  for (const { config } of topics) {
    for (const term of new Set(tiers.flatMap((tier) => config[tier]))) owners.set(term, (owners.get(term) ?? 0) + 1);
  }
  topics.forEach(({ config }, topic) => {
    const seen = new Set<string>();
    for (const tier of tiers) {
      for (const term of config[tier]) {
        if (seen.has(term)) continue; // the heavier tier was first
        seen.add(term);
        // A word that several topics share tells less about each.
        const weight = TOPIC_WEIGHTS[tier] / Math.sqrt(owners.get(term)!);
        add(term, { kind: 'topic', topic, weight, tokens: [`w${fold(term)}`, `t${config.code}`, `l${config.lead}`].map(tokenOf) });
      }
    }
  });
}

function addLexicons(lexicons: LexiconsConfig, add: AddTerm): void {
  for (const family of SIGNAL_FAMILIES) {
    const { groups, exceptions } = lexicons[family];
    for (const [id, { terms, weight, say }] of Object.entries(groups)) {
      const signal: Signal = { id, family, weight: family === 'unrelated' ? -weight : weight, say, token: tokenOf(`s${id}`) };
      for (const term of terms) add(term, { kind: 'signal', signal });
    }
    for (const term of exceptions) add(term, { kind: 'exception', of: family });
  }
  const { incident, sentiment, negation, elsewhere } = lexicons;
  for (const [kind, { strong, weak }] of Object.entries(incident.kinds)) {
    for (const term of strong) add(term, { kind: 'incident', incident: kind as IncidentKind, strong: true });
    for (const term of weak) add(term, { kind: 'incident', incident: kind as IncidentKind, strong: false });
  }
  for (const term of incident.drill) add(term, { kind: 'drill' });
  for (const term of incident.hypothetical) add(term, { kind: 'hypothetical' });
  for (const term of incident.exceptions) add(term, { kind: 'exception', of: 'incident' });
  for (const term of new Set(sentiment.negative)) add(term, { kind: 'mood', negative: true });
  for (const term of new Set(sentiment.positive)) add(term, { kind: 'mood', negative: false });
  for (const term of sentiment.exceptions) add(term, { kind: 'exception', of: 'mood' });
  for (const term of negation.negators) add(term, { kind: 'negator' });
  for (const term of negation.notNegators) add(term, { kind: 'exception', of: 'negator' });
  const lookalike = new Set(elsewhere.lookalike);
  for (const name of [...elsewhere.provinces, ...elsewhere.cities, ...elsewhere.abroad]) {
    if (!lookalike.has(name)) add(name, { kind: 'elsewhere', suffixed: false });
    for (const suffix of ['省', '市', '州', '县', '区', '盟', '地区']) add(name + suffix, { kind: 'elsewhere', suffixed: true });
  }
}
