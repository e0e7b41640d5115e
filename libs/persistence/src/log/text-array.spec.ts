import { freshDatabase } from '../../../../test/support/database.js';
import { textArray } from './text-array.js';

describe('textArray', () => {
  it('gives PostgreSQL the very texts', async () => {
    const texts = [
      '',
      'NULL',
      '"quoted"',
      'back\\slash',
      '{a,b}',
      "it's",
      '青梧区停水',
      '😀',
      'line\nbreak',
      '\u2028',
      'x'.repeat(100_000),
      '{"a":"\\"b\\""}',
    ];
    const { database, drop } = await freshDatabase(2);
    try {
      expect(await database.query(`SELECT t FROM unnest($1::text[]) WITH ORDINALITY AS u(t, n) ORDER BY n`, [textArray(texts)])).toEqual(
        texts.map((t) => ({ t })),
      );
      expect(await database.query(`SELECT t FROM unnest($1::text[]) AS t`, [textArray([])])).toEqual([]);
    } finally {
      await drop();
    }
  });
});
