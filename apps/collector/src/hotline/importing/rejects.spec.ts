import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Rejects } from './rejects.js';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'huiying-rejects-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Linux has a disk that is always full. */
const onFullDisk = existsSync('/dev/full') ? it : it.skip;
/** Until the stream has met its error, and been written to after it. */
const addTwice = async (rejects: Rejects) => {
  rejects.add({ a: 1 });
  await pause(50);
  rejects.add({ a: 2 });
};

onFullDisk('a disk that is full ends the import, not the process, and leaves what an earlier import rejected', async () => {
  const file = join(folder, 'orders.jsonl');
  writeFileSync(file, 'half mended');
  symlinkSync('/dev/full', `${file}.part`);
  const rejects = new Rejects(file);
  await addTwice(rejects);
  await expect(rejects.close(true)).rejects.toMatchObject({ code: 'ENOSPC' });
  expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['half mended', ['orders.jsonl']]);
});

it('a folder that is none is told at the end, however late that comes', async () => {
  writeFileSync(join(folder, 'file'), '');
  const rejects = new Rejects(join(folder, 'file', 'orders.jsonl'));
  await addTwice(rejects);
  await expect(rejects.close(true)).rejects.toMatchObject({ code: 'ENOTDIR' });
});

onFullDisk('says nothing of the disk where something else has ended the import', async () => {
  const file = join(folder, 'orders.jsonl');
  symlinkSync('/dev/full', `${file}.part`);
  const rejects = new Rejects(file);
  await addTwice(rejects);
  expect([await rejects.close(false), readdirSync(folder)]).toEqual([null, []]);
});
