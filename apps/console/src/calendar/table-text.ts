import type { CalendarTable } from '@huiying/contracts/http';

type Named = CalendarTable['holidays'];

const DAY_MS = 86_400_000;
const dayMs = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Days as a person reads and edits them: 2027-02-05~2027-02-11、2027-02-14 */
export function daysText(days: readonly string[]): string {
  const runs: [string, string][] = [];
  for (const day of [...days].sort()) {
    const last = runs.at(-1);
    if (last && dayMs(day) - dayMs(last[1]) === DAY_MS) last[1] = day;
    else runs.push([day, day]);
  }
  return runs.map(([first, last]) => (first === last ? first : `${first}~${last}`)).join('、');
}

/** One line for each holiday: `春节：2027-02-05~2027-02-11` */
export function linesOf(named: Named): string {
  return named.map(({ name, days }) => `${name}：${daysText(days)}`).join('\n');
}

/** What was edited, or the first line that cannot be read, in words. */
export function readLines(text: string): { named: Named; fault: null } | { named: null; fault: string } {
  const named: Named = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const [, name, list] = /^([^：:]+)[：:](.*)$/.exec(line) ?? [];
    if (name === undefined || list === undefined) return { named: null, fault: `“${line}”应写作“名称：日期”` };
    const days = list
      .split(/[、，,\s]+/)
      .filter((part) => part !== '')
      .map(daysOf);
    const bad = days.find((one) => typeof one === 'string');
    if (bad !== undefined) return { named: null, fault: `“${String(bad)}”不是日期，应写作 2027-02-05 或 2027-02-05~2027-02-11` };
    if (days.length === 0) return { named: null, fault: `“${line}”没有日期` };
    named.push({ name: name.trim(), days: (days as string[][]).flat() });
  }
  return { named, fault: null };
}

/** The days of one part; the part itself where it is none. */
function daysOf(part: string): string[] | string {
  const [first = '', last = first] = part.split(/~|～|至/);
  if (![first, last].every(isDay) || last < first || dayMs(last) - dayMs(first) > 60 * DAY_MS) return part;
  return Array.from({ length: (dayMs(last) - dayMs(first)) / DAY_MS + 1 }, (_, index) => dayOf(dayMs(first) + index * DAY_MS));
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(dayMs(text)) && dayOf(dayMs(text)) === text;
}
