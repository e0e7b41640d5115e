import type { LedgerLine } from '@huiying/contracts/http';
import { amountWords, ledgerSpan, ledgerTotal } from './ledger.js';

const line = (over: Partial<LedgerLine>): LedgerLine => ({
  from: '2026-02-14',
  to: '2026-02-14',
  counted: true,
  amount: 1,
  unit: 'workingDays',
  why: '',
  ...over,
});

it('writes a day, days and instants', () => {
  expect(ledgerSpan(line({}))).toBe('2026-02-14');
  expect(ledgerSpan(line({ from: '2026-02-15', to: '2026-02-23' }))).toBe('2026-02-15 → 2026-02-23');
  expect(ledgerSpan(line({ from: '2026-11-22T01:05:00Z', to: '2026-11-22T06:05:00Z' }))).toBe('11-22 09:05 → 11-22 14:05');
});
it('adds up only what counts', () => {
  expect(ledgerTotal([line({ amount: 0, counted: false }), line({}), line({}), line({ counted: false, amount: 9 }), line({})])).toBe(
    '3 个工作日',
  );
  expect(ledgerTotal([line({ unit: 'hours', amount: 2.1 }), line({ unit: 'hours', amount: 2.9 })])).toBe('5 小时');
  expect(ledgerTotal([])).toBe('0');
});
it.each([
  [5, 'hours', '5 小时'],
  [15.992488055555556, 'hours', '15 小时 59 分 33 秒'],
  [8.007511944444444, 'hours', '8 小时 27 秒'],
  [0.25, 'hours', '15 分'],
  [0, 'hours', '0 小时'],
  [3, 'workingDays', '3 个工作日'],
] as const)('writes %d %s as %s', (amount, unit, words) => expect(amountWords(amount, unit)).toBe(words));
