import type { ApiKeyView, ApiSystemView } from '@huiying/contracts/http';
import { isLastLiving, keyWords, matching } from './key-words.js';

const key = (more: Partial<ApiKeyView>) =>
  ({ state: 'valid', daysLeft: null, endedAt: null, prefix: 'hyk_Ab3dEf', madeBy: null, ...more }) as ApiKeyView;

it.each<[Partial<ApiKeyView>, string]>([
  [{}, '有效'],
  [{ state: 'ends-soon', daysLeft: 14 }, '剩 14 天'],
  [{ state: 'ends-soon', daysLeft: 0 }, '今天到期'],
  [{ state: 'ended', daysLeft: -1 }, '已到期'],
  [{ state: 'ended', daysLeft: 30, endedAt: '2026-11-26T02:00:00Z' }, '已停用'],
])('%j: %s', (more, words) => expect(keyWords(key(more))).toBe(words));

it('knows the key that a system cannot do without', () => {
  const [one, next, over] = [key({}), key({}), key({ state: 'ended' })];
  expect(isLastLiving({ keys: [one, over] }, one)).toBe(true);
  expect(isLastLiving({ keys: [one, next, over] }, one)).toBe(false);
});

it.each([
  ['', 2],
  ['青梧', 1],
  ['HYK_AB', 1],
  ['12345', 0],
])('%s finds %s', (q, count) => {
  const systems = [
    { name: 'district-hotline', title: '青梧区热线', keys: [key({})] },
    { name: 'hotline', title: null, keys: [] },
  ] as unknown as ApiSystemView[];
  expect(matching(systems, q)).toHaveLength(count);
});

it('puts first whose key ends soonest', () => {
  const system = (name: string, ...keys: ApiKeyView[]) => ({ name, title: null, keys }) as unknown as ApiSystemView;
  const soon = (daysLeft: number) => key({ state: 'ends-soon', daysLeft });
  const found = matching([system('a', key({})), system('b', soon(6)), system('c', key({}), soon(0)), system('d')], '');
  expect(found.map(({ name }) => name)).toEqual(['c', 'b', 'a', 'd']);
});
