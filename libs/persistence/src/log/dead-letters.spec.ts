import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { DeadLetters } from './dead-letters.js';

const AT = new Date('2026-11-20T02:00:00Z');
const LATER = new Date('2026-11-20T03:00:00Z');
const letter = { reader: 'r', topic: 't', partition: 0, position: 1, key: 'k', value: '{', reason: 'no JSON', attempts: 4, at: AT };

describe('a dead letter that was sent again', () => {
  let db: TestDatabase;
  let letters: DeadLetters;
  beforeEach(async () => {
    db = await freshDatabase();
    letters = new DeadLetters(db.database);
    await letters.add(letter);
  });
  afterEach(() => db.drop());

  it('and failed again is the same letter, with all its tries; so it is for readers that did not ask for it', async () => {
    await letters.add({ ...letter, reader: 'other' });
    const [first] = await letters.waiting();
    await letters.markResent(first!, LATER);
    for (const reader of ['r', 'other'])
      await letters.add({ ...letter, reader, position: 9, attempts: 2, at: LATER, reason: 'still no JSON' });
    const again = { position: 9, attempts: 6, at: LATER, reason: 'still no JSON', resentAt: null };
    expect(await letters.list()).toMatchObject([
      { reader: 'other', ...again },
      { ...again, id: first!.id, reader: 'r' },
    ]);
  });

  it('waits where it failed again before it was marked as sent', async () => {
    const [sent] = await letters.waiting();
    await letters.add({ ...letter, position: 9 });
    await letters.markResent(sent!, LATER);
    expect(await letters.waiting()).toMatchObject([{ id: sent!.id, position: 9 }]);
  });

  it('makes one of those that an older version kept of each try', async () => {
    await db.database.query(
      `INSERT INTO log.dead_letter (reader, topic, partition, position, key, value, reason, attempts, at)
       SELECT reader, topic, partition, 5, key, value, reason, attempts, at FROM log.dead_letter`,
    );
    await letters.add({ ...letter, position: 5 });
    expect(await letters.list()).toMatchObject([{ position: 5, attempts: 12 }]);
  });

  it('is told from one of another key or content', async () => {
    await letters.add({ ...letter, position: 2, key: 'l' });
    await letters.add({ ...letter, position: 3, value: '[' });
    await letters.add({ ...letter, position: 3, value: '"' });
    expect((await letters.waiting()).map(({ position, value }) => [position, value])).toEqual([
      [1, '{'],
      [2, '{'],
      [3, '"'],
    ]);
  });
});
