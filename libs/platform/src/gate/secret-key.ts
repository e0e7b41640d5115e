import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Environment } from '@huiying/settings';
import { makeFolder } from '../make-folder.js';

const FILE = 'secret.key';

/**
 * The 32 bytes that callers' data is encrypted with: HUIYING_SECRET_KEY, or a key made once in the data folder, readable by its owner
 * only. Losing it loses the callers' data, so it belongs into the backup, apart from the database's.
 * @throws Error when the file holds something else, or can be neither found nor made
 */
export function secretKey(environment: Pick<Environment, 'secretKey' | 'dataFolder'>): Buffer {
  if (environment.secretKey !== null) return Buffer.from(environment.secretKey, 'hex');
  const path = join(environment.dataFolder, FILE);
  const text = existing(path) ?? made(path);
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new Error(`${path} must hold 64 hexadecimal digits; put the right key back, or nothing sealed with it can be read`);
  return Buffer.from(text, 'hex');
}

function existing(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code!)) return null;
    throw error;
  }
}

/** Written aside and linked into place: of two processes that start at once, both end with the key of the first. */
function made(path: string): string {
  const aside = `${path}.${process.pid}`;
  try {
    makeFolder(dirname(path));
    writeFileSync(aside, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new Error(`${path} cannot be written (${code}); set HUIYING_SECRET_KEY, or HUIYING_DATA_DIR to a folder that can.`, { cause });
  }
  try {
    linkSync(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  return readFileSync(path, 'utf8').trim();
}
