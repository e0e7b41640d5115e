import { apiFilters, OPINION_FILTERS, sortOf, type OpinionFilter } from './filter-names.js';

const filters = (over: Partial<Record<OpinionFilter, string>>) =>
  ({ ...Object.fromEntries(OPINION_FILTERS.map((name) => [name, ''])), ...over }) as Record<OpinionFilter, string>;

it('takes whole days of the city', () => {
  const asked = apiFilters(filters({ from: '2026-11-20', to: '2026-11-22', q: '停水' }));
  expect(asked).toMatchObject({ from: '2026-11-20T00:00:00+08:00', to: '2026-11-22T23:59:59+08:00', q: '停水' });
  expect(apiFilters(filters({}))).toMatchObject({ from: '', to: '' });
});
it.each([
  [{}, 'newest'],
  [{ q: '停水' }, 'relevance'],
  [{ q: '停水', sort: 'newest' }, 'newest'],
  [{ sort: 'relevance' }, 'relevance'],
])('sorts %j by %s', (over, sort) => expect(sortOf(filters(over))).toBe(sort));
