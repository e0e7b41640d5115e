import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const LOADER = resolve(__dirname, '../../../../test/support/typescript.cjs');
const DOOR = join(__dirname, 'front-door.ts');
const run = (main: string, ...args: string[]) => {
  const program = `require(${JSON.stringify(LOADER)}); require(${JSON.stringify(DOOR)}).frontDoor(${main}, { usage: 'usage: run' });`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', program, 'command', ...args], { timeout: 20_000, encoding: 'utf8' });
  return [status, stderr];
};

describe('frontDoor', () => {
  it.each<[string, string, number, string, ...string[]]>([
    ['its answer', 'async () => 1', 1, ''],
    ['2 and the sentence of an error', "async () => { throw new Error('no such file') }", 2, 'no such file\n'],
    [
      '2 where its work broke off: what it waits for can no longer come',
      '() => new Promise(() => {})',
      2,
      'ended before the work was done\n',
    ],
    ['2, the sentence and the usage of a call that it does not know',
      "async (args) => void require('node:util').parseArgs({ args, options: {} })", 2, "Unknown option '--foo'\nusage: run\n", '--foo'], // prettier-ignore
    ['0 and the usage where that is asked for', "async () => { throw new Error('not reached') }", 0, 'usage: run\n', '--help'],
  ])('ends with %s', (_, main, status, said, ...args) => expect(run(main, ...args)).toEqual([status, said]));
});
