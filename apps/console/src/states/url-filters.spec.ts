import { apiSearch, narrowing, readFilters, withFilters } from './url-filters.js';

const NAMES = ['q', 'topic', 'sort'] as const;
const DEFAULTS = { sort: 'newest' };

it('reads what the address says, and the defaults', () => {
  expect(readFilters(new URLSearchParams('q=停水&why=1'), NAMES, DEFAULTS)).toEqual({ q: '停水', topic: '', sort: 'newest' });
});
it('writes only what differs from the defaults and keeps the rest', () => {
  const parameters = new URLSearchParams('q=停水&sort=relevance&why=1');
  expect(withFilters<'q' | 'topic' | 'sort'>(parameters, { topic: 'A1', sort: 'newest', q: '' }, DEFAULTS).toString()).toBe(
    'why=1&topic=A1',
  );
});
it('goes round: what is written is read again', () => {
  const filters = { q: '停水 & 100%', topic: 'A1', sort: 'relevance' };
  expect(readFilters(withFilters(new URLSearchParams(), filters, DEFAULTS), NAMES, DEFAULTS)).toEqual(filters);
});
it('gives equal filters one query string', () => {
  expect(apiSearch({ topic: 'A1', q: 'x', sort: '' })).toBe(apiSearch({ q: 'x', sort: '', topic: 'A1' }));
  expect(apiSearch({ topic: '', q: '' })).toBe('');
});
it('counts what narrows the list', () => expect(narrowing({ q: 'x', sort: 'newest', topic: 'A1', from: '' })).toBe(1));
