import { isMergeDue } from './search-index-keeper.js';

describe('isMergeDue', () => {
  it.each<[string, number, number, boolean]>([
    ['nothing waits', 0, 0, false],
    ['one came just now', 1, 1, true],
    ['one has waited since before', 1, 0, true],
    ['the last before a rush', 999, 999, true],
    ['in a rush', 1_000, 1_000, false],
    ['a rush that goes on', 19_999, 5_000, false],
    ['a rush that has gone on for long', 20_000, 5_000, true],
    ['the rush is over', 7_000, 999, true],
    ['the server has lost its count', -5, -5, true],
  ])('%s: %d waiting, %d of them fresh: %s', (_, waiting, fresh, due) => expect(isMergeDue(waiting, fresh)).toBe(due));
});
