import { BadInput, dayNumber, type LocalDate } from '@huiying/domain';

/** What may be asked of the calendar and the rules from the shell. */
export type DueQuestion =
  | { kind: 'rule'; rule: string; start: Date }
  | { kind: 'working-days'; days: number; from: LocalDate }
  | { kind: 'between'; from: LocalDate; to: LocalDate };

const FORMS = '--rule ID --start INSTANT, --working-days N --from DATE, or --between DATE DATE';
const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;

/** One line of a file: arguments as in the shell, or the same as a JSON object. Empty lines and lines that begin with # ask nothing. */
export function questionOfLine(line: string): DueQuestion | null {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return null;
  return text.startsWith('{') ? questionOfObject(text) : questionOfWords(text.split(/\s+/).map((word) => word.replace(/^["']|["']$/g, '')));
}

/** @throws BadInput naming the option, its rule and what came */
export function questionOfWords(words: readonly string[]): DueQuestion {
  const options = new Map<string, string[]>();
  let values: string[] | null = null;
  for (const word of words) {
    if (word.startsWith('--')) {
      const [name, value] = word.slice(2).split(/=(.*)/s) as [string, string?];
      if (options.has(name)) refuse(`--${name}`, 'must be given once');
      options.set(name, (values = value === undefined ? [] : [value]));
    } else if (values) values.push(word);
    else refuse('the question', `must be ${FORMS}`, word);
  }
  return questionOf(Object.fromEntries([...options].map(([name, given]) => [name, name === 'between' ? given : given.join(' ')])));
}

function questionOfObject(text: string): DueQuestion {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return refuse('the line', 'must be JSON where it begins with {', text);
  }
  const { workingDays, ...rest } = given as Record<string, unknown>;
  return questionOf(workingDays === undefined ? rest : { 'working-days': String(workingDays), ...rest });
}

function questionOf(given: Record<string, unknown>): DueQuestion {
  const names = Object.keys(given).sort().join(' ');
  if (names === 'rule start') return { kind: 'rule', rule: String(given['rule']), start: instantOf('--start', String(given['start'])) };
  if (names === 'from working-days') {
    return { kind: 'working-days', days: countOf(String(given['working-days'])), from: dateOf('--from', String(given['from'])) };
  }
  if (names === 'between') {
    const [from, to, more] = Array.isArray(given['between']) ? given['between'].map(String) : [];
    if (from === undefined || to === undefined || more !== undefined) return refuse('--between', 'must be two days', given['between']);
    return { kind: 'between', from: dateOf('--between', from), to: dateOf('--between', to) };
  }
  return refuse('the question', `must be ${FORMS}`, names);
}

/** An instant as ISO 8601; without a zone it is Beijing time, a day alone is its midnight there. */
function instantOf(field: string, text: string): Date {
  const found = INSTANT.exec(text);
  if (!found) return refuse(field, 'must be an instant as 2026-02-14T20:30+08:00', text);
  const [, date, time = '00:00', seconds = ':00', zone = '+08:00'] = found;
  const instant = new Date(`${dateOf(field, date!)}T${time}${seconds}${zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`}`);
  return Number.isNaN(instant.getTime()) ? refuse(field, 'must be an instant as 2026-02-14T20:30+08:00', text) : instant;
}

function dateOf(field: string, text: string): LocalDate {
  try {
    dayNumber(text);
    return text;
  } catch {
    return refuse(field, 'must be a day as YYYY-MM-DD', text);
  }
}

function countOf(text: string): number {
  const count = Number(text);
  return /^\d+$/.test(text) && count <= 10_000 ? count : refuse('--working-days', 'must be a whole number from 0 to 10000', text);
}

function refuse(field: string, rule: string, got?: unknown): never {
  throw new BadInput([{ field, rule, ...(got === undefined ? {} : { got }) }]);
}
