import { BadInput, type Fault } from '@huiying/domain';
import type { CatalogueConfig, CatalogueEntry } from '@huiying/settings';
import { topicsOnly, type CompiledLexicon } from '../judging/index.js';
import { opinionOfWords } from '../learning/index.js';

/** Columns of catalogues as they are handed round: code and name of each level, or names alone. */
const CODE_KEYS = ['level_3_code', 'l3_code', 'code3', '三级代码', 'code', '代码'];
const NAME_KEYS = [
  ['level_1_name', 'l1', '一级类目', '一级'],
  ['level_2_name', 'l2', '二级类目', '二级'],
  ['level_3_name', 'l3', '三级类目', '三级'],
];
const REMARK_KEYS = ['remark', '备注', '说明'];
/** In points of the lexicon: fewer, and the mapping is left to people. */
const LEAST = 2;

export interface CatalogueAbout {
  id: string;
  title: string;
  version: string;
  source: string;
}

/** A code that stood in the file before. */
export interface DoubledCode {
  line: number;
  code: string;
  kept: string;
}

/**
 * Rows of a catalogue's file as a version of it, with a mapping to our topics as far as the words of the lexicon tell; people mend it in the
 * file. Codes that the file lacks are made: AA-BB-CC, in the order of the file.
 * A published standard may print a code twice: the second is kept with its line added, and told.
 * @throws BadInput naming the rows without a name
 */
export function catalogueOf(
  rows: readonly Record<string, unknown>[],
  about: CatalogueAbout,
  lexicon: CompiledLexicon,
  doubled: (code: DoubledCode) => void = () => undefined,
): CatalogueConfig {
  const faults: Fault[] = [];
  const made = new CodeMaker();
  const seen = new Set<string>();
  const codes = new Map(lexicon.topics.map(({ name, code }) => [name, code]));
  const entries: CatalogueEntry[] = [];
  rows.forEach((row, i) => {
    const path = NAME_KEYS.map((keys) => valueOf(row, keys)).filter((name) => name !== null);
    if (path.length === 0) return void faults.push({ field: `line ${i + 1}`, rule: 'must have a name of at least one level' });
    const given = valueOf(row, CODE_KEYS) ?? made.next(path);
    const code = seen.has(given) ? `${given}-${i + 1}` : given;
    if (code !== given) doubled({ line: i + 1, code: given, kept: code });
    seen.add(code);
    entries.push({ code, path, topics: topicsFor(path, valueOf(row, REMARK_KEYS), lexicon, codes) });
  });
  if (faults.length > 0) throw new BadInput(faults);
  return { ...about, entries };
}

function topicsFor(path: string[], remark: string | null, lexicon: CompiledLexicon, codes: Map<string, string>): string[] {
  const best = topicsOnly(opinionOfWords(path.at(-1)!, [...path.slice(0, -1), remark ?? ''].join('，')), lexicon)[0];
  return best !== undefined && best.score >= LEAST ? [codes.get(best.name)!] : [];
}

function valueOf(row: Record<string, unknown>, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = row[key];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    if (typeof value === 'number') return String(value);
  }
  return null;
}

/** AA-BB-CC by first sight of each name at its level. */
class CodeMaker {
  private readonly levels = new Map<string, Map<string, number>>();

  next(path: readonly string[]): string {
    const parts = path.map((name, level) => {
      const above = path.slice(0, level).join('\u0000');
      const here = this.levels.get(above) ?? new Map<string, number>();
      this.levels.set(above, here);
      if (!here.has(name)) here.set(name, here.size + 1);
      return String(here.get(name)).padStart(2, '0');
    });
    while (parts.length < 3) parts.push('00');
    return parts.join('-');
  }
}
