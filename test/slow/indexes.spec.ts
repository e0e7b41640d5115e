import { mendIndexes, Retention } from '@huiying/persistence';
import { freshDatabase } from '../support/database.js';

jest.setTimeout(300_000);

/** What the first pruning of an archive of two years leaves of the index by which stories are found, and what building it anew gives back. */
it('the index of terms is built anew after the first pruning, and is small again', async () => {
  const { database, drop } = await freshDatabase();
  try {
    const fill = (from: number, days: string) =>
      database.query(
        `INSERT INTO classifier.story_term SELECT hashint4(n % 50021), extract(epoch FROM now() - make_interval(secs => ${days})) / 60, n / 8
         FROM generate_series(${from}::int, ${from} + 999999) n`,
      );
    const megabytes = async () =>
      (await database.query<{ mb: number }>(`SELECT round(pg_relation_size('classifier.story_term_pkey') / 1048576.0)::int AS mb`))[0]!.mb;
    await fill(0, '(1000000 - n) * 62.0');
    const whole = await megabytes();
    await new Retention(database).prune(new Date(performance.timeOrigin + performance.now()));
    await database.query('VACUUM classifier.story_term');
    const pruned = await megabytes();
    const before = performance.now();
    const mended = await mendIndexes(database, ['classifier.story_term'], 1);
    const seconds = (performance.now() - before) / 1_000;
    const built = await megabytes();
    console.log(JSON.stringify({ whole, pruned, built, seconds: Number(seconds.toFixed(1)), mended: mended.length }));
    expect(pruned).toBe(whole);
    expect(built).toBeLessThan(whole / 2);
  } finally {
    await drop();
  }
});
