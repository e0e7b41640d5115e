import { CHORD_MS, read, stepRow, type KeyPress } from './keys.js';

const press = (key: string, over: Partial<KeyPress> = {}): KeyPress => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...over });
const SHORTCUTS = [{ keys: 'j' }, { keys: 'g d' }, { keys: 'd' }, { keys: '?' }];

describe('a key press', () => {
  it('runs a single key', () => expect(read(press('j'), SHORTCUTS, null, 0).hit).toBe(SHORTCUTS[0]));
  it('remembers the first key of a chord, then runs it', () => {
    const { hit, pending } = read(press('g'), SHORTCUTS, null, 100);
    expect(hit).toBeNull();
    expect(read(press('d'), SHORTCUTS, pending, 100 + CHORD_MS).hit).toBe(SHORTCUTS[1]);
  });
  it('forgets the first key after a while', () => {
    expect(read(press('d'), SHORTCUTS, { key: 'g', atMs: 0 }, CHORD_MS + 1).hit).toBe(SHORTCUTS[2]);
  });
  it('leaves the browser its own', () =>
    expect(read(press('j', { ctrlKey: true }), SHORTCUTS, null, 0)).toEqual({ hit: null, pending: null }));
  it('drops a chord that leads nowhere', () =>
    expect(read(press('x'), SHORTCUTS, { key: 'g', atMs: 0 }, 1)).toEqual({ hit: null, pending: null }));
});

it.each([
  [-1, 1, 3, 0],
  [0, 1, 3, 1],
  [2, 1, 3, 2],
  [0, -1, 3, 0],
  [-1, -1, 3, 0],
  [4, -1, 0, -1],
] as const)('from row %d a step of %d among %d lands on %d', (current, by, count, row) => expect(stepRow(current, by, count)).toBe(row));
