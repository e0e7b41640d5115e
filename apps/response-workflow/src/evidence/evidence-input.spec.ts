import { decodeFile, LARGEST_FILE_BYTES, mediaTypeOf, sha256Of } from './evidence-input.js';

const file = (bytes: Buffer | string) => ({ name: 'x', contentBase64: Buffer.from(bytes).toString('base64') });

it.each([
  ['nothing', null, null],
  ['a file', file('abc'), 'abc'],
])('decodes %s', (_, given, text) => expect(decodeFile(given)?.bytes.toString() ?? null).toBe(text));

it.each([
  ['an empty one', file('')],
  ['what is no base64', { name: 'x', contentBase64: '不是' }],
  ['one byte more than 6 MB', file(Buffer.alloc(LARGEST_FILE_BYTES + 1))],
])('refuses %s', (_, given) => expect(() => decodeFile(given)).toThrow(/file\.contentBase64/));

it('takes 6 MB', () => expect(decodeFile(file(Buffer.alloc(LARGEST_FILE_BYTES)))!.bytes).toHaveLength(LARGEST_FILE_BYTES));

it.each([
  [[0x89, 0x50, 0x4e, 0x47, 0x0d], 'image/png'],
  [[0xff, 0xd8, 0xff, 0xe0], 'image/jpeg'],
  [[...Buffer.from('%PDF-1.7')], 'application/pdf'],
  [[...Buffer.from('....ftypisom')], 'video/mp4'],
  [[...Buffer.from('<script>alert(1)</script>')], 'application/octet-stream'],
  [[...Buffer.from('<svg onload=x>')], 'application/octet-stream'],
  [[], 'application/octet-stream'],
])('knows a file by its first bytes', (bytes, type) => expect(mediaTypeOf(Buffer.from(bytes))).toBe(type));

it('hashes', () => expect(sha256Of(Buffer.from('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'));
