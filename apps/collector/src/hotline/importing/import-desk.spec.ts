import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { MovableClock } from '@huiying/domain';
import { ImportDesk, type ImportDeskParts } from './import-desk.js';

const MEGABYTE = Buffer.alloc(1 << 20, 'a');
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'huiying-desk-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What is tested here ends before a file is looked at: no database is asked. */
const deskIn = (folder: string) =>
  new ImportDesk({ folder, clock: new MovableClock(new Date('2026-11-02T09:00:00+08:00')) } as unknown as ImportDeskParts);

/** So many megabytes, and then what an upload breaks off with. */
function body(megabytes: number, end?: Error): Readable {
  function* chunks(): Generator<Buffer> {
    for (let i = 0; i < megabytes; i++) yield MEGABYTE;
    if (end) throw end;
  }
  return Readable.from(chunks(), { objectMode: false });
}

/** Files below the folder that this process holds open, removed ones among them. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return []; // the one that read the list
    }
  });
}

describe('an upload', () => {
  (existsSync('/proc/self/fd') ? it : it.skip)('that breaks off leaves no file, neither on the disk nor open', async () => {
    const desk = deskIn(folder);
    for (const megabytes of [0, 1, 3])
      await expect(desk.upload('a.csv', body(megabytes, new Error('aborted')), '席位')).rejects.toThrow('aborted');
    expect([readdirSync(folder), openFiles()]).toEqual([[], []]);
  });

  it('that cannot be written is refused, and the process goes on', async () => {
    const done = deskIn(folder).upload('a.csv', body(1), '席位');
    // The file is opened in the next turn of the loop.
    rmSync(folder, { recursive: true });
    await expect(done).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('that is too large is refused in words, and does not stay', async () => {
    const done = deskIn(folder).upload('a.csv', body(65), '席位');
    await expect(done).rejects.toMatchObject({
      name: 'BadInput',
      faults: [{ field: 'file', message: '文件超过 64 MB，请分成几个文件导入' }],
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});
