import { RE2JS } from 're2js';
import { fold } from './fold.js';
import { TermMatcher } from './term-matcher.js';

/** One word or pattern of a scheme; `said` is any of the spellings (别名), `shown` what lists call it. */
export interface SchemeTerm {
  said: readonly string[];
  /** The source of a regular expression, in RE2's language: it runs in time linear in the text, whatever was written. */
  pattern: string | null;
  shown: string;
}

/** Matches where all of `must`, at least one of `any` (where there are any) and none of `not` stand in title or text. */
export interface SchemeGroup {
  name: string | null;
  must: readonly SchemeTerm[];
  any: readonly SchemeTerm[];
  not: readonly SchemeTerm[];
}

export interface Scheme {
  groups: readonly SchemeGroup[];
  /** 全局排除: a text with one of these matches no group. */
  never: readonly SchemeTerm[];
}

/** What is wrong in which line, counted from 1; line 0 is the whole. */
export interface SchemeFault {
  line: number;
  message: string;
}

const MOST_LINES = 300;
const LONGEST_WORD = 50;
const LONGEST_PATTERN = 200;
const NEVER = /^\[(?:全局排除|GLOBAL_FILTER)\]$/i;
const SECTION = /^\[([^[\]]{1,30})\]$/;

interface DraftGroup {
  name: string | null;
  must: SchemeTerm[];
  any: SchemeTerm[];
  not: SchemeTerm[];
  line: number;
}

/**
 * Reads the syntax that analysts know, a line a word: `词` any of these, `+词` must, `!词` must not, `/正则/`, `词|别名`, `词 => 显示名`,
 * `[组名]` names a group, an empty line ends one, `[全局排除]` begins words that no group may have, `#` is a remark.
 */
export function parseScheme(text: string): { scheme: Scheme; faults: SchemeFault[] } {
  const faults: SchemeFault[] = [];
  const groups: DraftGroup[] = [];
  const never: SchemeTerm[] = [];
  let group: DraftGroup | null = null;
  let inNever = false;
  const lines = text.split(/\r?\n/);
  if (lines.length > MOST_LINES) faults.push({ line: 0, message: `最多${MOST_LINES}行，现有${lines.length}行` });
  lines.slice(0, MOST_LINES).forEach((raw, i) => {
    const line = raw.trim();
    if (line.startsWith('#')) return;
    if (line === '') {
      group = null;
      inNever = false;
      return;
    }
    if (NEVER.test(line)) {
      inNever = true;
      return;
    }
    const section = SECTION.exec(line);
    if (section !== null) {
      inNever = false;
      groups.push((group = { name: section[1]!, must: [], any: [], not: [], line: i + 1 }));
      return;
    }
    const read = readTerm(line);
    if ('message' in read) {
      faults.push({ line: i + 1, message: read.message });
      return;
    }
    if (inNever) {
      never.push(read.term);
      return;
    }
    if (group === null) groups.push((group = { name: null, must: [], any: [], not: [], line: i + 1 }));
    group[read.part].push(read.term);
  });
  for (const { must, any, line, name } of groups) {
    if (must.length + any.length === 0) faults.push({ line, message: `${name ? `“${name}”` : '这一组'}只有排除词，至少要有一个词` });
  }
  if (groups.length === 0 && faults.length === 0) faults.push({ line: 0, message: '还没有词' });
  return { scheme: { groups: groups.map(({ name, must, any, not }) => ({ name, must, any, not })), never }, faults };
}

type ReadTerm = { part: 'must' | 'any' | 'not'; term: SchemeTerm } | { message: string };

function readTerm(line: string): ReadTerm {
  const part = /^[+＋]/.test(line) ? 'must' : /^[!！]/.test(line) ? 'not' : 'any';
  const body = part === 'any' ? line : line.slice(1).trim();
  const [source, shown] = body.split(/\s*=>\s*/, 2) as [string, string | undefined];
  const pattern = /^\/(.+)\/[a-z]*$/.exec(source);
  if (pattern !== null) return readPattern(part, pattern[1]!, shown);
  const said = source.split(/[|｜]/).map((word) => word.trim()).filter((word) => word !== ''); // prettier-ignore
  if (said.length === 0) return { message: '缺少词' };
  const short = said.find((word) => [...word].length < 2);
  if (short !== undefined) return { message: `“${short}”只有一个字，会命中太多，请至少写两个字` };
  if (said.some((word) => word.length > LONGEST_WORD)) return { message: `一个词最多${LONGEST_WORD}字` };
  return { part, term: { said, pattern: null, shown: shown ?? said[0]! } };
}

function readPattern(part: 'must' | 'any' | 'not', source: string, shown: string | undefined): ReadTerm {
  if (source.length > LONGEST_PATTERN) return { message: `正则最多${LONGEST_PATTERN}个字符` };
  try {
    if (compiled(source).matches('')) return { message: `正则 /${source}/ 会命中空白，请写得具体些` };
  } catch (error) {
    return { message: `正则 /${source}/ 有误：${(error as Error).message}` };
  }
  return { part, term: { said: [], pattern: source, shown: shown ?? `/${source}/` } };
}

function compiled(source: string): RE2JS {
  return RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
}

export interface SchemeSpan {
  field: 'title' | 'text';
  start: number;
  end: number;
}

/** A scheme that a text matches: by which group, and the words that did it. */
export interface SchemeHit<K> {
  key: K;
  group: string | null;
  /** What the group's words are called, in the scheme's order. */
  shown: readonly string[];
  spans: readonly SchemeSpan[];
}

/** Texts beyond this are matched by their beginning, as they are judged. */
const LONGEST_TEXT = 6_000;

/** Many schemes compiled together: one pass over the text finds the words of all. */
export class SchemeMatcher<K> {
  private readonly matcher: TermMatcher;
  private readonly patterns: { id: number; regex: RE2JS }[] = [];
  private readonly schemes: { key: K; scheme: Scheme; ids: Map<SchemeTerm, number> }[];

  constructor(schemes: readonly { key: K; scheme: Scheme }[]) {
    const words: [string, number][] = [];
    let next = 0;
    this.schemes = schemes.map(({ key, scheme }) => {
      const ids = new Map<SchemeTerm, number>();
      const all = [...scheme.never, ...scheme.groups.flatMap((g) => [...g.must, ...g.any, ...g.not])];
      for (const term of all) {
        const id = next++;
        ids.set(term, id);
        for (const word of term.said) words.push([word, id]);
        if (term.pattern !== null) this.patterns.push({ id, regex: compiled(term.pattern) });
      }
      return { key, scheme, ids };
    });
    this.matcher = new TermMatcher(words);
  }

  find(title: string, text: string): SchemeHit<K>[] {
    if (this.schemes.length === 0) return [];
    const found = new Map<number, SchemeSpan[]>();
    this.findIn('title', fold(title), found);
    this.findIn('text', fold(text.slice(0, LONGEST_TEXT)), found);
    if (found.size === 0) return [];
    return this.schemes.flatMap(({ key, scheme, ids }) => {
      const has = (term: SchemeTerm) => found.has(ids.get(term)!);
      if (scheme.never.some(has)) return [];
      const group = scheme.groups.find((g) => g.must.every(has) && (g.any.length === 0 || g.any.some(has)) && !g.not.some(has));
      if (group === undefined) return [];
      const terms = [...group.must, ...group.any].filter(has);
      return [{ key, group: group.name, shown: terms.map((t) => t.shown), spans: terms.flatMap((t) => found.get(ids.get(t)!)!) }];
    });
  }

  private findIn(field: SchemeSpan['field'], folded: string, found: Map<number, SchemeSpan[]>): void {
    const add = (id: number, start: number, end: number) => {
      const spans = found.get(id);
      if (spans) spans.push({ field, start, end });
      else found.set(id, [{ field, start, end }]);
    };
    for (const { start, end, ids } of this.matcher.find(folded)) for (const id of ids) add(id, start, end);
    for (const { id, regex } of this.patterns) {
      const matcher = regex.matcher(folded);
      if (matcher.find() && matcher.end() > matcher.start()) add(id, matcher.start(), matcher.end());
    }
  }
}
