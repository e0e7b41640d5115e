import { processorSeconds } from '../../../../test/support/processor-time.js';
import { numberGaps, reconcile, type ReconciledOrder, reconcileDaysDue } from './reconcile.js';

const order = (orderNo: string, some: Partial<ReconciledOrder> = {}): ReconciledOrder => ({
  orderNo,
  state: 'signed',
  seq: 3,
  checksum: 'a',
  ...some,
});

it.each<[string, ReconciledOrder[], ReconciledOrder[], string[]]>([
  ['alike', [order('1')], [order('1')], []],
  ['none', [], [], []],
  ['missing here', [], [order('1')], ['1 missing-here']],
  ['missing there', [order('1')], [], ['1 missing-there']],
  ['behind', [order('1')], [order('1', { seq: 2, state: 'dispatched' })], ['1 behind']],
  ['ahead', [order('1')], [order('1', { seq: 4, state: 'replied' })], ['1 ahead']],
  ['another state at the same place', [order('1')], [order('1', { state: 'closed' })], ['1 state']],
  ['a side that does not count is judged by its state', [order('1')], [order('1', { seq: null, state: 'dispatched' })], ['1 state']],
  ['other content', [order('1')], [order('1', { checksum: 'b' })], ['1 content']],
  ['no checksum on one side', [order('1')], [order('1', { checksum: null })], []],
  ['several, by number', [order('2'), order('1')], [order('3')], ['1 missing-there', '2 missing-there', '3 missing-here']],
])('%s', (_, ours, theirs, said) => expect(reconcile(ours, theirs).map(({ orderNo, kind }) => `${orderNo} ${kind}`)).toEqual(said));

it.each<[string[], string[]]>([
  [['WC1', 'WC2', 'WC3'], []],
  [['WC1', 'WC3', 'WC4'], ['WC2–WC2 1']],
  [['WC08', 'WC09', 'WC12', 'WC13'], ['WC10–WC11 2']],
  [['WC20261123000101', 'WC20261123000103'], ['WC20261123000102–WC20261123000102 1']],
  // Numbered with leaps: nothing is missing that was ever there.
  [['WC1', 'WC5', 'WC9'], []],
  [['A1', 'A3', 'A4', 'B1', 'B2'], ['A2–A2 1']],
  [['甲', '乙'], []],
  [[], []],
])('in %p is missing %p', (numbers, gaps) =>
  expect(numberGaps(numbers).map(({ from, to, count }) => `${from}–${to} ${count}`)).toEqual(gaps),
);

it.each([
  ['a minute before its hour: not yesterday yet', '2026-11-26T06:29:00+08:00', 2, [], ['2026-11-23', '2026-11-24']],
  ['at its hour', '2026-11-26T06:30:00+08:00', 2, [], ['2026-11-24', '2026-11-25']],
  ['late in the evening by UTC’s day', '2026-11-25T22:30:00.000Z', 1, [], ['2026-11-25']],
  ['what was made is not made again', '2026-11-26T12:00:00+08:00', 3, ['2026-11-24', '2026-11-25'], ['2026-11-23']],
  ['over the turn of the year', '2027-01-01T07:00:00+08:00', 1, [], ['2026-12-31']],
  ['nothing is left', '2026-11-26T12:00:00+08:00', 1, ['2026-11-25'], []],
])('days whose comparison is owed: %s', (_, now, back, made, due) =>
  expect(reconcileDaysDue(new Date(now), '06:30', back, new Set(made))).toEqual(due),
);

it('goes through as many numbers as a day may have in one pass', async () => {
  const numbers = Array.from({ length: 50_000 }, (_, i) => `WC${String(i * 2).padStart(6, '0')}`);
  expect(await processorSeconds(() => numberGaps(numbers))).toBeLessThan(1);
});
