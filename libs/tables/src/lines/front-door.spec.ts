import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const LOADER = resolve(__dirname, '../../../../test/support/typescript.cjs');
const DOOR = join(__dirname, 'front-door.ts');
const run = (main: string) => {
  const program = `require(${JSON.stringify(LOADER)}); require(${JSON.stringify(DOOR)}).frontDoor(${main});`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  return [status, stderr];
};

describe('frontDoor', () => {
  it.each<[string, string, number, string]>([
    ['its answer', 'async () => 1', 1, ''],
    ['2 and the sentence of an error', "async () => { throw new Error('no such file') }", 2, 'no such file\n'],
    [
      '2 where its work broke off: what it waits for can no longer come',
      '() => new Promise(() => {})',
      2,
      'ended before the work was done\n',
    ],
  ])('ends with %s', (_, main, status, said) => expect(run(main)).toEqual([status, said]));
});
