import type { LoginHints } from '@huiying/contracts/http';
import { featuredFirst } from './featured-first.js';

it('puts one account of each role on top and keeps the rest in order', () => {
  const accounts = ['duty-officer', 'duty-officer', 'department-lead', 'supervisor', 'department-lead'].map((role, at) => ({
    role,
    username: String(at),
  }));
  const shown = featuredFirst(accounts as unknown as LoginHints['accounts']);
  expect(shown.map(({ username }) => username)).toEqual(['0', '2', '3', '1', '4']);
});
