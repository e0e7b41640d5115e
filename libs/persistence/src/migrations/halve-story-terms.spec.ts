import type { QueryRunner } from 'typeorm';
import { stableId } from '@huiying/domain';
import { freshDatabase } from '../../../../test/support/database.js';
import { StoryMatters } from '../classifier/index.js';
import { HalveStoryTerms1795761081912 } from './1795761081912-halve-story-terms.js';

const AT = new Date('2026-11-20T08:30:15.250Z');
const BOUNDS = { storiesPerTerm: 8, candidates: 12, shared: 2, days: 240 };

it('stories are found by their terms as before, down and up again; an entry of no story is left behind', async () => {
  const { database, drop } = await freshDatabase();
  try {
    const matters = new StoryMatters(database);
    const story = (n: number, minutes: number, newTerms: number[]) => {
      const at = new Date(AT.getTime() + minutes * 60_000);
      const rest = { matter: [], opinions: 1, graves: 0, firstAt: at, lastAt: at, places: [], isFixed: false, apart: [] };
      return { storyId: stableId('story', n), posted: newTerms, newTerms, ...rest };
    };
    await matters.save([story(1, 0, [5, -6, 7]), story(2, 1, [5, -6]), story(3, 2, [7, 8])]);
    const found = async (): Promise<string[]> => {
      const terms = [5, -6, 7].map((term) => ({ term, weight: 0.5 }));
      const numbers = await matters.search([{ terms, at: AT }], BOUNDS);
      return (await matters.load(numbers, [])).stories.map((one) => one.storyId);
    };
    const expected = [stableId('story', 1), stableId('story', 2)];
    expect(await found()).toEqual(expected);

    const migration = new HalveStoryTerms1795761081912();
    const runner = { query: (sql: string) => database.query(sql) } as unknown as QueryRunner;
    await migration.down(runner);
    const [before] = await database.query(`SELECT story_id, posted_at FROM classifier.story_term WHERE term = -6 ORDER BY posted_at`);
    expect(before).toEqual({ story_id: stableId('story', 1), posted_at: new Date('2026-11-20T08:30:00Z') });
    await database.query(`INSERT INTO classifier.story_term VALUES (5, $1, $2)`, [AT, stableId('nobody')]);
    await migration.up(runner);
    expect(await found()).toEqual(expected);
    expect(await database.query(`SELECT count(*)::int AS entries FROM classifier.story_term`)).toEqual([{ entries: 7 }]);
    await matters.save([story(4, 3, [5, 7])]);
    expect(await found()).toEqual([...expected, stableId('story', 4)]);
  } finally {
    await drop();
  }
});
