import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { binaryArray } from './binary-array.js';
import { bindMessage, boundValues } from './bound-values.js';

const TEXTS = ['', 'NULL', '"quoted"', 'back\\slash', '{a,b}', "it's", '青梧区停水', '😀', 'line\nbreak', '\u2028', 'x'.repeat(100_000)];
const IDS = ['00000000-0000-0000-0000-000000000000', '0123abcd-ef45-6789-abcd-ef0123456789', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF'];
const INSTANTS = ['1999-12-31T23:59:59.999Z', '2000-01-01T00:00:00.000Z', '2026-11-23T01:02:03.004Z', '0044-03-15T00:00:00.000Z'];

describe('arrays in binary form', () => {
  let test: TestDatabase;
  beforeAll(async () => void (test = await freshDatabase(2)));
  afterAll(() => test.drop());

  const ask = async (sql: string, values: readonly unknown[]) =>
    (await test.database.prepared<{ v: unknown }>(sql, [values])).map(({ v }) => v);

  it.each<[type: string, values: unknown[], answered?: unknown[]]>([
    ['text', [...TEXTS, null]],
    ['int', [0, -1, 2 ** 31 - 1, -(2 ** 31), null]],
    ['bigint', ['9007199254740993', -5, null], ['9007199254740993', '-5', null]],
    ['real', [0, 0.1, -1.5e-3, 3e30, null]],
    ['boolean', [true, false, null]],
    ['uuid', [...IDS, null], [...IDS.map((id) => id.toLowerCase()), null]],
    ['bytea', [Buffer.alloc(0), Buffer.from([0, 1, 0x5c, 255]), null]],
    ['timestamptz', [...INSTANTS, null], [...INSTANTS.map((at) => new Date(at)), null]],
    ['timestamptz', INSTANTS.slice(0, 3).map((at) => new Date(at))],
    ['int', []],
    ['uuid', []],
  ])('PostgreSQL gets the very values: %s[] %j', async (type, values, answered = values) => {
    expect(binaryArray(type, values)).not.toBeNull();
    expect(await ask(`SELECT v FROM unnest($1::${type}[]) WITH ORDINALITY AS t(v, n) ORDER BY n`, values)).toEqual(answered);
    expect(await ask(`SELECT v FROM unnest((SELECT $1::${type}[])) WITH ORDINALITY AS t(v, n) ORDER BY n`, values)).toEqual(answered);
  });

  it.each<[type: string, values: unknown[]]>([
    ['int', ['5']],
    ['int', [1.5]],
    ['int', [2 ** 31]],
    ['bigint', ['12345678901234567890']],
    ['bigint', [0.5]],
    ['uuid', ['0123abcd-ef45-6789-abcd-ef012345678']],
    ['text', [5]],
    ['timestamptz', ['infinity']],
    ['timestamptz', ['2026-11-23']],
    ['timestamptz', [new Date(NaN)]],
    ['jsonb', [{}]],
  ])('what is not plainly a value of the type goes as text: %s[] %j', (type, values) => expect(binaryArray(type, values)).toBeNull());

  it('lets the server say what is wrong, and reads what only it can read', async () => {
    await expect(ask(`SELECT unnest($1::uuid[]) AS v`, ['no uuid'])).rejects.toThrow('invalid input syntax for type uuid: "no uuid"');
    expect(await ask(`SELECT unnest($1::timestamptz[])::text AS v`, ['infinity'])).toEqual(['infinity']);
    expect(await ask(`SELECT unnest($1::int[]) AS v`, ['5', 6])).toEqual([5, 6]);
  });

  it('takes the type only where the statement gives the parameter one type of array wherever it stands', async () => {
    const isBinary = (sql: string) => boundValues(sql, [[1], ['a']]).map((value) => Buffer.isBuffer(value));
    expect(isBinary('SELECT $1::int[], $2::text[], $1::int[]')).toEqual([true, true]);
    expect(isBinary('SELECT $1, $1::int[], $2')).toEqual([false, false]);
    expect(isBinary('SELECT $1::int[], $1::bigint[], $2::text[]::jsonb[]')).toEqual([false, true]);
    expect(await ask(`SELECT n::text AS v FROM generate_series(1, 3) AS n WHERE n = ANY($1) AND n::bigint = ANY($1::int[])`, [2])).toEqual([
      '2',
    ]);
  });

  it('writes short and long values of one message in their order', async () => {
    const long = Buffer.alloc(5_000, 7);
    const values = ['回应', null, long, Buffer.from('ab'), long, ''];
    expect(bindMessage('s', values).filter((piece) => piece === long)).toHaveLength(2);
    const [row] = await test.database.prepared(
      `SELECT $1::text AS a, $2::text AS b, length($3::bytea) AS c, $4::bytea AS d, $5::bytea = $3::bytea AS e, $6::text AS f`,
      values,
    );
    expect(row).toEqual({ a: '回应', b: null, c: 5_000, d: Buffer.from('ab'), e: true, f: '' });
  });
});
