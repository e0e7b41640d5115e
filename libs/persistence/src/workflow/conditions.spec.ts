import { BadInput } from '@huiying/domain';
import { readCursor, writeCursor } from './conditions.js';

const ID = '0197a1d2-33c4-7000-8000-00000000000a';

describe('readCursor', () => {
  it.each([null, undefined, ''])('begins at the first page with %p', (cursor) => expect(readCursor(cursor, 'instant', 'uuid')).toBeNull());

  it.each([
    ['a date as it prints itself', ['2026-11-27T01:02:03.456Z', ID], ['instant', 'uuid']],
    ['an instant as PostgreSQL prints it', ['2026-11-27 09:02:03.456789+08', 'GD-1'], ['instant', 'text']],
    ['one of a zone with minutes', ['2026-11-27 09:02:03+05:30', 'GD-1'], ['instant', 'text']],
    ['what never comes due', ['infinity', ID], ['instant', 'uuid']],
    ['a rank', [-1, '信源', 'paper'], ['integer', 'text', 'text']],
    ['a number of changes', ['123456789012'], ['bigint']],
  ] as const)('gives back %s', (_, values, kinds) => expect(readCursor(writeCursor(values), ...kinds)).toEqual(values.map(String)));

  it.each([
    ['no base 64', '翻页', ['uuid']],
    ['no list', Buffer.from('{"a":1}').toString('base64url'), ['uuid']],
    ['a value too many', writeCursor([ID, ID]), ['uuid']],
    ['no UUID', writeCursor(['1']), ['uuid']],
    ['no instant', writeCursor(['yesterday']), ['instant']],
    ['a day without a time', writeCursor(['2026-11-27']), ['instant']],
    ['an instant without a zone', writeCursor(['2026-11-27 09:02:03']), ['instant']],
    ['a day that does not exist', writeCursor(['2026-02-30T00:00:00Z']), ['instant']],
    ['a year that does not exist', writeCursor(['0000-01-01T00:00:00Z']), ['instant']],
    ['a zone that does not exist', writeCursor(['2026-11-27T00:00:00+23:00']), ['instant']],
    ['no number', writeCursor(['1e3']), ['integer']],
    ['a number beyond an int', writeCursor([2_147_483_648]), ['integer']],
    ['a number beyond a bigint', writeCursor(['9'.repeat(19)]), ['bigint']],
    ['a text that PostgreSQL cannot hold', writeCursor(['a\0b']), ['text']],
  ] as const)('refuses %s', (_, cursor, kinds) => expect(() => readCursor(cursor, ...kinds)).toThrow(BadInput));
});
