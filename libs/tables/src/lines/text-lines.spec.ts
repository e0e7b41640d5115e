import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { LONGEST_LINE_BYTES, textLines } from './text-lines.js';

const folder = mkdtempSync(join(tmpdir(), 'text-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));
const all = async (content: string | Buffer) => {
  const file = join(folder, 'file');
  writeFileSync(file, content);
  const lines = [];
  for await (const line of textLines(file)) lines.push('text' in line ? line.text : `${line.number}: ${line.fault}`);
  return lines;
};

it.each<[string, string | Buffer, string[]]>([
  ['nothing', '', []],
  ['a last line without an end', 'a\nb', ['a', 'b']],
  ['a mark and Windows’ ends', '\ufeffa\r\n\r\nb\r\n', ['a', '', 'b']],
  ['a mark inside', 'a\n\ufeffb\n', ['a', '\ufeffb']],
  ['another encoding', Buffer.from([0x61, 0x0a, 0xcb, 0xae, 0xb9, 0xdc, 0x0a, 0x62]), ['a', '2: must be text in UTF-8', 'b']],
  ['a line that is too long', `${'水'.repeat(LONGEST_LINE_BYTES / 2)}\nb\n`, ['1: must be no longer than 4 MB; got 6.0 MB', 'b']],
])('reads %s', async (_, content, lines) => expect(await all(content)).toEqual(lines));

it('a letter in two pieces is one letter', async () => {
  const bytes = Buffer.from('水\n电');
  const lines = [];
  for await (const line of textLines(Readable.from([bytes.subarray(0, 2), bytes.subarray(2, 5), bytes.subarray(5)]))) lines.push(line);
  expect(lines).toEqual([
    { number: 1, text: '水' },
    { number: 2, text: '电' },
  ]);
});
it('what stands before bytes of no text is read', async () => {
  const lines: unknown[] = [];
  const read = async () => {
    for await (const line of textLines(Readable.from([Buffer.from('水\n'), Buffer.from('电\n气\0\n热\n')]))) lines.push(line);
  };
  await expect(read()).rejects.toThrow('-: line 3: must be text');
  expect(lines).toEqual([
    { number: 1, text: '水' },
    { number: 2, text: '电' },
  ]);
});

it('after a line that is too long, in however many pieces, the others keep their numbers', async () => {
  const pieces = [...Array.from({ length: 5 }, () => 'x'.repeat(1 << 20)), 'x\nb\n', 'c', '', 'd\n'];
  const lines = [];
  for await (const line of textLines(Readable.from(pieces))) lines.push('text' in line ? `${line.number} ${line.text}` : line.fault);
  expect(lines).toEqual(['must be no longer than 4 MB; got 5.0 MB', '2 b', '3 cd']);
});

it.each<[string, () => Promise<unknown>, RegExp]>([
  ['bytes of no text', () => all(Buffer.from('a\nb\0c')), /file: line 2: must be text/],
  ['a directory', async () => textLines(folder).next(), /text-lines-\w+: must be a file, it is a directory \(EISDIR\)/],
  ['a file there is not', async () => textLines('/nowhere').next(), /\/nowhere: must be a file, there is none of this name \(ENOENT\)/],
])('refuses %s', (_, act, said) => expect(act()).rejects.toThrow(said));
