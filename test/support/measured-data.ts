import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/**
 * A file or folder of the data we measure against, from HUIYING_DATA or the folder shared/data beside the repository.
 * It is not ours to publish, so a machine without it says so aloud and skips: use `describeWith(path)` around what needs it.
 */
export function measuredData(...path: string[]): string | null {
  const folder = process.env['HUIYING_DATA'] ?? resolve(ROOT, '../shared/data');
  const file = join(folder, ...path);
  return existsSync(file) ? file : null;
}

/** describe, or a skipped one with a warning when the data is not on this machine. */
export function describeWith(path: string | null, what: string): jest.Describe {
  if (path !== null) return describe;
  process.stderr.write(`\n  NOT RUN: ${what}: the data is not on this machine (set HUIYING_DATA)\n`);
  return describe.skip;
}
