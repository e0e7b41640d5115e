import { periodOf } from './period.js';
import { spansOf, type FigureRival, type FigureStep } from './spans.js';

const told = (first: string, last: string, step: FigureStep, rival: FigureRival = 'none') =>
  spansOf(periodOf(first, last), step, rival).map(({ firstDay, lastDay }) => `${firstDay}/${lastDay}`);

it.each<[string, string, FigureStep, FigureRival, string[]]>([
  ['2026-11-05', '2026-11-09', 'whole', 'none', ['2026-11-05/2026-11-09']],
  ['2026-11-05', '2026-11-09', 'whole', 'previous', ['2026-10-31/2026-11-04', '2026-11-05/2026-11-09']],
  ['2026-03-01', '2026-03-31', 'whole', 'previous', ['2026-02-01/2026-02-28', '2026-03-01/2026-03-31']],
  ['2028-02-29', '2028-03-02', 'whole', 'year-ago', ['2027-02-28/2027-03-02', '2028-02-29/2028-03-02']],
  ['2026-11-05', '2026-11-06', 'day', 'previous', ['2026-11-05/2026-11-05', '2026-11-06/2026-11-06']],
  ['2026-11-05', '2026-11-09', 'week', 'none', ['2026-11-02/2026-11-08', '2026-11-09/2026-11-15']],
  ['2026-12-31', '2027-02-01', 'month', 'none', ['2026-12-01/2026-12-31', '2027-01-01/2027-01-31', '2027-02-01/2027-02-28']],
])('%s to %s by %s beside %s', (first, last, step, rival, spans) => expect(told(first, last, step, rival)).toEqual(spans));

it('leaves no gap between its spans', () => {
  const weeks = spansOf(periodOf('2026-01-01', '2026-12-31'), 'week', 'none');
  expect(weeks).toHaveLength(53);
  for (const [i, week] of weeks.slice(1).entries()) expect(week.from).toEqual(weeks[i]!.to);
});

it('refuses more than it can show', () => {
  expect(told('2026-01-01', '2026-04-30', 'day')).toHaveLength(120);
  expect(() => told('2026-01-01', '2026-05-01', 'day')).toThrow(/at most 120/);
});
