import type { FactFigure, FactName, IncidentFacts } from '@huiying/domain';
import { readFigure, type Span } from '@huiying/text';
import {
  CASUALTY_TRIGGERS,
  COUNT_PATTERNS,
  KIND_TRIGGERS,
  MENTION_PATTERNS,
  NONE_PATTERN,
  NUMERAL,
  UNKNOWN_PATTERN,
  namesOfNone,
} from './fact-patterns.js';
import { settle, type Candidate, type Standing } from './fact-settling.js';
import { spanAt, type Field, type FieldName, type Reading } from './reading.js';

/** A fact as the text gives it, with its place. */
export interface FoundFact {
  kind: FactName;
  figure: FactFigure;
  field: FieldName;
  start: number;
  end: number;
  /** The words as they stand in the original. */
  phrase: string;
}

export interface Facts {
  /** One per kind: the total, or the latest. */
  found: readonly FoundFact[];
  /** For grading: as found, but of injuries only the serious ones where the text tells them apart. */
  forGrading: IncidentFacts;
}

const NO_FACTS: Facts = { found: [], forGrading: {} };

/**
 * Deaths, injuries, missing, trapped, evacuated, poisoned and loss, from title and text. A kind that is absent was not mentioned;
 * a null value was mentioned without a figure; 无人员伤亡 is a known zero.
 */
export function extractFacts(reading: Reading): Facts {
  const candidates = [reading.title, reading.text].flatMap((field) => candidatesIn(field, reading));
  if (candidates.length === 0) return NO_FACTS;
  const kinds = [...new Set(candidates.map((c) => c.kind))];
  const found: FoundFact[] = [];
  const forGrading: IncidentFacts = {};
  for (const kind of kinds) {
    const settled = settle(candidates.filter((c) => c.kind === kind && !c.minor));
    if (settled === null) continue;
    found.push(toFound(kind, settled, reading));
    forGrading[kind] = settled.figure;
  }
  const serious = settle(candidates.filter((c) => c.serious));
  if (serious !== null) forGrading.injuries = serious.figure;
  else if (!('injuries' in forGrading)) addMinor(candidates, found, forGrading, reading);
  return { found, forGrading };
}

/** Only light injuries are told: shown, and graded as no serious one (令493号第三条 counts 重伤). */
function addMinor(candidates: readonly Candidate[], found: FoundFact[], forGrading: IncidentFacts, reading: Reading): void {
  const minor = settle(candidates.filter((c) => c.minor));
  if (minor === null) return;
  found.push(toFound('injuries', minor, reading));
  forGrading.injuries = { value: 0, bound: 'exact' };
}

function toFound(kind: FactName, { figure, field, start, end }: Candidate, reading: Reading): FoundFact {
  return { kind, figure, field, start, end, phrase: reading[field].original.slice(start, end) };
}

function candidatesIn(field: Field, reading: Reading): Candidate[] {
  if (!CASUALTY_TRIGGERS.test(field.folded)) return [];
  return field.sentences().flatMap((sentence) => {
    const words = field.folded.slice(sentence.start, sentence.end);
    if (!CASUALTY_TRIGGERS.test(words) || isDrill(reading, field, sentence)) return [];
    const place = { field: field.name, offset: sentence.start };
    return [...counts(words, isPast(words, reading), place), ...mentions(words, place)];
  });
}

interface Place {
  field: FieldName;
  offset: number;
}

/** “疏散演练中‘3人受伤’”, “电影讲述5人遇难”: nothing happened. */
function isDrill(reading: Reading, field: Field, sentence: Span): boolean {
  return reading.hits('drill').some((hit) => hit.field === field.name && sentence.start <= hit.start && hit.end <= sentence.end);
}

function counts(words: string, past: boolean, place: Place): Candidate[] {
  const found: Candidate[] = [];
  if (!NUMERAL.test(words)) return found;
  const told = new Set((Object.keys(KIND_TRIGGERS) as FactName[]).filter((kind) => KIND_TRIGGERS[kind].test(words)));
  for (const { kind, pattern, serious, minor } of COUNT_PATTERNS) {
    if (!told.has(kind)) continue;
    for (const match of words.matchAll(pattern)) {
      if (isInside(found, place, match.index, match[0].length, kind)) continue;
      const figure = readFigure(match.groups!.n! + (match.groups!.after ?? ''));
      if (figure === null || isSupposed(words, match.index)) continue;
      const bound = figure.bound === 'about' ? 'exact' : figure.bound;
      found.push({
        kind,
        figure: { value: figure.value, bound: match.groups!.household === undefined ? bound : 'at-least' },
        standing: past ? 'past' : standingOf(words, match.index, match[0]),
        ...spanOf(match, place),
        serious: serious ?? /重伤|危重|病危|生命垂危/.test(match[0]),
        minor: minor ?? /轻伤|轻微伤/.test(match[0]),
      });
    }
  }
  return found;
}

function mentions(words: string, place: Place): Candidate[] {
  const found: Candidate[] = [];
  const add = (kind: FactName, figure: FactFigure, match: RegExpExecArray) =>
    found.push({ kind, figure, standing: 'plain', ...spanOf(match, place), serious: false, minor: false });
  for (const match of words.matchAll(NONE_PATTERN)) {
    for (const kind of namesOfNone(match[0])) add(kind, { value: 0, bound: 'exact' }, match);
  }
  for (const match of words.matchAll(UNKNOWN_PATTERN)) {
    for (const kind of namesOfNone(match[0])) add(kind, { value: null, bound: 'exact' }, match);
  }
  for (const { kinds, pattern } of MENTION_PATTERNS) {
    for (const match of words.matchAll(pattern)) {
      if (SUPPOSED.test(words.slice(0, match.index))) continue; // without a figure, a fear reaches over the comma
      for (const kind of kinds) add(kind, { value: null, bound: 'at-least' }, match);
    }
  }
  return found;
}

/** A figure is read once per kind: “造成3人死亡” must not count again as “3人死亡”. */
function isInside(found: readonly Candidate[], { field, offset }: Place, index: number, length: number, kind: FactName): boolean {
  const start = offset + index;
  return found.some((c) => c.kind === kind && c.field === field && c.start < start + length && start < c.end);
}

function spanOf(match: RegExpExecArray, { field, offset }: Place) {
  const lead = match[0].length - match[0].trimStart().length;
  return { field, start: offset + match.index + lead, end: offset + match.index + match[0].length };
}

const SUPPOSED = /可能|或将|如果|假如|假设|要是|一旦|万一|倘若|否则|险些|差点|避免|防止|以免|足以|恐将|预防|会不会|谁来负责/;

/** In the same clause before the figure: feared, not happened. */
function isSupposed(words: string, index: number): boolean {
  const clause = words
    .slice(0, index)
    .split(/[，,。；;：:]/)
    .at(-1)!;
  return SUPPOSED.test(clause);
}

const PAST = /去年|前年|上月|上个月|此前也曾|此前曾|曾经?(?:发生|造成|导致|有)|历史上|年前|当年|往年|早年|追责|一审|二审|判处|宣判|被告人/;

/** Another, earlier matter told along: another year, 去年, 此前也曾, a trial. */
export function isPast(words: string, { data }: Reading): boolean {
  if (PAST.test(words)) return true;
  const named = /((?:19|20)\d\d)\s?年/.exec(words);
  return named !== null && Number(named[1]) < Number((data.publishedAt ?? data.capturedAt).slice(0, 4));
}

function standingOf(words: string, index: number, phrase: string): Standing {
  const clause =
    words
      .slice(0, index)
      .split(/[，,。；;]/)
      .at(-1)! + phrase;
  if (/更正为|修正为|核定为|核实为|更新为|最新/.test(clause)) return 'corrected';
  if (/此前|早前|先前|最初|起初|初步统计|早些时候|原通报/.test(clause)) return 'superseded';
  if (/其中|包括|含/.test(clause)) return 'part';
  if (/共|总计|累计|合计|升至|升到|增至|增加到|增加至|增到|人数为|人数达/.test(clause)) return 'total';
  if (/另有|另外|又有|还有|另|再增|新增|再有/.test(clause)) return 'added';
  if (/抢救无效|不治|送医后/.test(phrase) && /当场(?:死亡|身亡)/.test(words.slice(0, index))) return 'added';
  return 'plain';
}

/** Whether a sentence of the field holds a fact: an incident told there is not only feared. */
export function hasFactNear(facts: Facts, field: Field, offset: number): boolean {
  const sentence = spanAt(field.sentences(), offset);
  return sentence !== undefined && facts.found.some((f) => f.field === field.name && sentence.start <= f.start && f.end <= sentence.end);
}
