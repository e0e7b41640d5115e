import { readdirSync, readFileSync } from 'node:fs';

/** Processor time of each process of a PostgreSQL server so far, in hundredths of a second. */
export function serverTicks(postmaster: number): Map<string, number> {
  const ticks = new Map<string, number>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      if (Number(pid) === postmaster || Number(fields[1]) === postmaster) ticks.set(pid, Number(fields[11]) + Number(fields[12]));
    } catch {
      // ended meanwhile
    }
  }
  return ticks;
}

/** Seconds of processor time the server used since then; what a process used that has ended meanwhile is not known any more. */
export function serverSeconds(postmaster: number, since: ReadonlyMap<string, number>): number {
  return [...serverTicks(postmaster)].reduce((sum, [pid, now]) => sum + now - (since.get(pid) ?? 0), 0) / 100;
}
