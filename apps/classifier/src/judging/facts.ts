import { matchesIn, type FactFigure, type FactName, type IncidentFacts } from '@huiying/domain';
import { FIGURE, readFigure } from '@huiying/text';
import { ANY_COUNT, COUNT_PATTERNS, MENTION_PATTERNS, NONE_PATTERN, UNKNOWN_PATTERN, namesOfNone } from './fact-patterns.js';
import { dismisser, isFeared, type Dismissal, type Told } from './fact-context.js';
import { settle, type Candidate, type Standing } from './fact-settling.js';
import type { CompiledLexicon } from './lexicon.js';
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

/** A figure that stands in the text and is no fact of this matter, with the reason. */
export interface DismissedFact extends FoundFact {
  why: Dismissal;
}

export interface Facts {
  /** One per kind: the total, or the latest. */
  found: readonly FoundFact[];
  /** For grading: as found, but of injuries only the serious ones where the text tells them apart. */
  forGrading: IncidentFacts;
  dismissed: readonly DismissedFact[];
}

const NO_FACTS: Facts = { found: [], forGrading: {}, dismissed: [] };

/**
 * Deaths, injuries, missing, trapped, evacuated, poisoned and loss, from title and text. A kind that is absent was not mentioned;
 * a null value was mentioned without a figure; 无人员伤亡 is a known zero.
 */
export function extractFacts(reading: Reading, lexicon: CompiledLexicon): Facts {
  const all = [reading.title, reading.text].flatMap((field) => candidatesIn(field, reading, lexicon));
  if (all.length === 0) return NO_FACTS;
  const candidates = all.filter((c) => c.dismissed === null);
  const found: FoundFact[] = [];
  const forGrading: IncidentFacts = {};
  for (const kind of new Set(candidates.map((c) => c.kind))) {
    const settled = settle(candidates.filter((c) => c.kind === kind && !c.minor));
    if (settled === null) continue;
    found.push(toFound(kind, settled, reading));
    forGrading[kind] = settled.figure;
  }
  const serious = settle(candidates.filter((c) => c.serious));
  if (serious !== null) forGrading.injuries = serious.figure;
  else if (!('injuries' in forGrading)) addMinor(candidates, found, forGrading, reading);
  const dismissed = all.flatMap((c) => (c.dismissed === null ? [] : [{ ...toFound(c.kind, c, reading), why: c.dismissed }]));
  return { found, forGrading, dismissed };
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

function candidatesIn(field: Field, reading: Reading, lexicon: CompiledLexicon): Candidate[] {
  const words = reading.hits('fact').filter((hit) => hit.field === field.name);
  if (words.length === 0) return [];
  const sentences = field.sentences();
  const said = (at: number) => (sentences[at] === undefined ? '' : field.folded.slice(sentences[at].start, sentences[at].end));
  return sentences.flatMap((span, i) => {
    const kinds = new Set<FactName>();
    for (const { start, end, use } of words) if (span.start <= start && end <= span.end) kinds.add(use.fact);
    if (kinds.size === 0) return [];
    const told: Told = { words: said(i), before: said(i - 1), after: said(i + 1), field, span };
    const dismissal = dismisser(told, reading, lexicon);
    return [...counts(told, kinds, dismissal), ...mentions(told, kinds, dismissal)];
  });
}

type Dismiss = (index: number) => Dismissal | null;

function counts({ words, field, span }: Told, kinds: ReadonlySet<FactName>, dismissal: Dismiss): Candidate[] {
  const found: Candidate[] = [];
  if (!ANY_COUNT.test(words)) return found;
  const place = { field: field.name, offset: span.start };
  for (const { kind, pattern, serious, minor } of COUNT_PATTERNS) {
    if (!kinds.has(kind)) continue;
    for (const match of matchesIn(pattern, words)) {
      if (isInside(found, place, match.index, match[0].length, kind)) continue;
      const figure = readFigure(match.groups!.n! + (match.groups!.after ?? ''));
      if (figure === null || notPeople(kind, words, match)) continue;
      const bound = boundHere(figure.bound, words, match);
      const foundAgain = kind === 'missing' && FOUND_AGAIN.test(words.slice(match.index));
      found.push({
        kind,
        figure: {
          value: foundAgain ? 0 : figure.value + listed(words, match),
          bound: match.groups!.household === undefined ? bound : 'at-least',
        },
        standing: foundAgain ? 'corrected' : standingOf(words, match.index, match[0]),
        dismissed: dismissal(match.index),
        ...spanOf(match, place),
        serious: serious ?? /重伤|危重|病危|生命垂危/.test(match[0]),
        minor: minor ?? /轻伤|轻微伤/.test(match[0]),
      });
    }
  }
  return found.filter((c) => !isSameCount(c, found));
}

/** “56人中毒送医”, “3人中毒死亡”: one count of people, told by the graver word or, of the living, by what befell them. */
function isSameCount(candidate: Candidate, found: readonly Candidate[]): boolean {
  const graver: FactName[] = candidate.kind === 'injuries' ? ['poisoned'] : candidate.kind === 'poisoned' ? ['deaths'] : [];
  return found.some((c) => graver.includes(c.kind) && c.start === candidate.start);
}

/** What may be denied, left open, or said of several without a figure. */
const OF_PEOPLE: readonly FactName[] = ['deaths', 'injuries', 'missing', 'trapped', 'poisoned'];

function mentions({ words, field, span }: Told, told: ReadonlySet<FactName>, dismissal: Dismiss): Candidate[] {
  const found: Candidate[] = [];
  const place = { field: field.name, offset: span.start };
  const add = (kind: FactName, figure: FactFigure, match: RegExpExecArray) =>
    found.push({
      kind,
      figure,
      standing: 'plain',
      dismissed: dismissal(match.index),
      ...spanOf(match, place),
      serious: false,
      minor: false,
    });
  if (!OF_PEOPLE.some((kind) => told.has(kind))) return found;
  for (const match of matchesIn(NONE_PATTERN, words)) {
    for (const kind of namesOfNone(match[0])) add(kind, { value: 0, bound: 'exact' }, match);
  }
  for (const match of matchesIn(UNKNOWN_PATTERN, words)) {
    for (const kind of namesOfNone(match[0])) add(kind, { value: null, bound: 'exact' }, match);
  }
  for (const { kinds, pattern } of MENTION_PATTERNS) {
    if (!kinds.some((kind) => told.has(kind))) continue;
    for (const match of matchesIn(pattern, words)) {
      if (isFeared(words, match.index)) continue;
      for (const kind of kinds) add(kind, { value: null, bound: 'at-least' }, match);
    }
  }
  return found;
}

/** “至少已造成31人遇难”: the bound stands before the verb. */
const AT_LEAST = /(?:至少|最少|起码|不少于)(?:已经?|造成|导致|致|有|使|令){1,3}$/;

function boundHere(bound: 'exact' | 'at-least' | 'at-most' | 'about', words: string, match: RegExpExecArray): FactFigure['bound'] {
  const lead = words.slice(0, match.index + match[0].indexOf(match.groups!.n!));
  if ((bound === 'exact' || bound === 'about') && AT_LEAST.test(lead)) return 'at-least';
  return bound === 'about' ? 'exact' : bound;
}

const ITEM = `(${FIGURE})\\s?(?:名|位|个|人)[^，。；、,;0-9死伤亡失困毒难救]{0,8}[、和及与]\\s?`;
const LIST = new RegExp(`(?:${ITEM.replace('(', '(?:')}){1,3}$`);

/** In characters. */
const LONGEST_LIST = 40;

/** “2名司机、1名乘客死亡” are three: the items before the last, or the second half of “3男2女”. */
function listed(words: string, match: RegExpExecArray): number {
  if (match.groups!.more !== undefined) return readFigure(match.groups!.more)?.value ?? 0;
  if (match[0].indexOf(match.groups!.n!) > 0) return 0;
  const list = LIST.exec(words.slice(Math.max(0, match.index - LONGEST_LIST), match.index));
  if (list === null || /救出|获救|包括|其中/.test(words.slice(0, match.index - list[0].length).slice(-6))) return 0;
  return [...list[0].matchAll(new RegExp(ITEM, 'g'))].reduce((sum, item) => sum + (readFigure(item[1]!)?.value ?? 0), 0);
}

/** “失联的3人均已遇难”, “3名失踪人员全部找到”: missing no more. */
const FOUND_AGAIN =
  /^[^。；]{0,20}?(?:均|全部|都|已经?)[^，。；]{0,8}(?:找到|获救|救出|脱险|遇难|死亡|无生命体征|确认身份)|^[^。；]{0,14}(?:全部|均)[^。；]{0,20}无生命体征/;
const NOT_PEOPLE = /只|头|羽|棵|株|尾|亩|辆|栋|斤|公斤|吨|条鱼/;

/** “鱼塘3000斤鱼死亡”: no persons. */
function notPeople(kind: FactName, words: string, match: RegExpExecArray): boolean {
  if (kind === 'loss-yuan') return false;
  const figureEnd = match.index + match[0].indexOf(match.groups!.n!) + match.groups!.n!.length;
  return NOT_PEOPLE.test(words.slice(figureEnd, figureEnd + 1));
}

interface Place {
  field: FieldName;
  offset: number;
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
