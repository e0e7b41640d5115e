import type { LoginHints } from '@huiying/contracts/http';

type Account = LoginHints['accounts'][number];

/** One account of each role on top, so that a newcomer sees every screen without scrolling; the rest in their order. */
export function featuredFirst(accounts: readonly Account[]): Account[] {
  const seen = new Set<string>();
  const featured = accounts.filter(({ role }) => !seen.has(role) && seen.add(role));
  return [...featured, ...accounts.filter((account) => !featured.includes(account))];
}
