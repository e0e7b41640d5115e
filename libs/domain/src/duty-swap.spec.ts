import type { DutyTurn } from './duty.js';
import { stepSwap, swapRefusal, SWAP_STEPS, type SwapAction, type SwapState } from './duty-swap.js';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 18, hour));
const turn = (personId: string, from: number, to: number, more: Partial<DutyTurn> = {}): DutyTurn => ({
  ...{ personId, duty: 'officer', from: at(from), to: at(to), isOverride: false },
  ...more,
});
const TURNS = [turn('lu', 0, 12), turn('tan', 12, 24), turn('he', 24, 36), turn('zhou', 0, 48, { duty: 'leader' })];
const given = { personId: 'tan', duty: 'officer' as const, from: at(12), to: at(24) };

describe('swapRefusal', () => {
  it.each<[string, Parameters<typeof swapRefusal>, string | null]>([
    ['a shift to come', [given, 'he', TURNS, at(11)], null],
    ['a shift that begins this instant', [given, 'he', TURNS, at(12)], 'shift-begun'],
    ['somebody else’s shift', [{ ...given, personId: 'lu' }, 'he', TURNS, at(1)], 'not-your-shift'],
    ['a shift that was given away', [given, 'fu', [...TURNS, turn('he', 12, 24, { isOverride: true })], at(1)], 'not-your-shift'],
    ['one that was taken over', [{ ...given, personId: 'he' }, 'fu', [...TURNS, turn('he', 12, 24, { isOverride: true })], at(1)], null],
    ['with oneself', [given, 'tan', TURNS, at(1)], 'same-person'],
    ['with the leader of that time', [given, 'zhou', TURNS, at(1)], 'on-duty-then'],
    ['with one whose turn begins in it', [given, 'he', [...TURNS, turn('he', 20, 24, { duty: 'leader' })], at(1)], 'on-duty-then'],
    ['with one whose turn begins as it ends', [given, 'he', TURNS, at(1)], null],
  ])('%s: %s', (_, [shift, by, turns, now], code) => expect(swapRefusal(shift, by, turns, now)?.code ?? null).toBe(code));
});

it.each(
  (['asked', 'agreed', 'declined', 'withdrawn'] as SwapState[]).flatMap((state) =>
    (['agree', 'decline', 'withdraw'] as SwapAction[]).map((action) => [state, action] as const),
  ),
)('%s, %s', (state, action) => {
  const next = SWAP_STEPS[state][action];
  if (next) expect(stepSwap(state, action)).toBe(next);
  else expect(() => stepSwap(state, action)).toThrow(/not possible/);
});
