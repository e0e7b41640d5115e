import { SharedTurns } from './shared-turns.js';

/** Work that is done when it is let go, and what it was given. */
function held() {
  const given: number[][] = [];
  const gates: (() => void)[] = [];
  const turns = new SharedTurns<number>(async (items) => {
    given.push(items);
    await new Promise<void>((go) => gates.push(go));
    if (items.includes(13)) throw new Error(`13 among ${items.length}`);
  });
  const letGo = async (): Promise<void> => {
    gates.shift()!();
    await new Promise((done) => setImmediate(done));
  };
  return { turns, given, letGo };
}

describe('SharedTurns', () => {
  it('lets the first go at once, and those that come meanwhile together', async () => {
    const { turns, given, letGo } = held();
    const all = [turns.take([1]), turns.take([2, 3]), turns.take([4])];
    expect(given).toEqual([[1]]);
    await letGo();
    expect(given).toEqual([[1], [2, 3, 4]]);
    await letGo();
    await Promise.all(all);
    const later = turns.take([5]);
    expect(given[2]).toEqual([5]);
    await letGo();
    await later;
  });

  it('tries those of a failed turn one by one: each has its own failure', async () => {
    const { turns, given, letGo } = held();
    const first = turns.take([1]);
    const good = turns.take([2]);
    const bad = turns.take([13]);
    const refused = expect(bad).rejects.toThrow('13 among 1');
    for (let n = 0; n < 4; n++) await letGo();
    await Promise.all([first, good, refused]);
    expect(given).toEqual([[1], [2, 13], [2], [13]]);
  });

  it('parts a crowd, but never one caller', async () => {
    const { turns, given, letGo } = held();
    const many = Array.from({ length: 600 }, (_, i) => i + 100);
    const all = [turns.take([1]), turns.take(many), turns.take([2])];
    for (let n = 0; n < 3; n++) await letGo();
    await Promise.all(all);
    expect(given).toEqual([[1], many, [2]]);
  });
});
