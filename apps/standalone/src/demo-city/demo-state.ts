import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a copy keeps of its demo city between starts. */
export interface DemoState {
  /** When it was first loaded: its past is a function of this instant. */
  startedAt: Date;
  /** Port of the demo's web site; kept, because addresses in the database hold it. 0 = not yet given. */
  sitePort: number;
  /** Key with which the demo's own hotline posts. */
  hotlineKey: string;
  /** When its past was whole, and what happens from then on began: a slow machine must not miss the first alert. null until then. */
  liveAt: Date | null;
  /** False while its past is being played: a copy that was killed then begins anew. */
  loaded: boolean;
}

const FILE = 'demo.json';

export function readDemoState(folder: string): DemoState | null {
  const file = join(folder, FILE);
  if (!existsSync(file)) return null;
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Omit<DemoState, 'startedAt' | 'liveAt'> & {
    startedAt: string;
    liveAt?: string | null;
  };
  // What an older version loaded has no such instant: there it went on from the start.
  const liveAt = kept.liveAt ?? (kept.loaded ? kept.startedAt : null);
  return { ...kept, startedAt: new Date(kept.startedAt), liveAt: liveAt === null ? null : new Date(liveAt) };
}

export function newDemoState(startedAt: Date): DemoState {
  return { startedAt, liveAt: null, sitePort: 0, hotlineKey: randomBytes(24).toString('hex'), loaded: false };
}

/** Written whole or not at all. */
export function writeDemoState(folder: string, state: DemoState): void {
  const file = join(folder, FILE);
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
