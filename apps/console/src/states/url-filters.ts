/** The filters of a list as its address carries them: a link can be sent, back works. */
export type Filters<K extends string> = Record<K, string>;

/** Reads the known filters; an absent one is ''. Unknown parameters are left alone. */
export function readFilters<K extends string>(
  parameters: URLSearchParams,
  names: readonly K[],
  defaults: Partial<Filters<K>> = {},
): Filters<K> {
  return Object.fromEntries(names.map((name) => [name, parameters.get(name) ?? defaults[name] ?? ''])) as Filters<K>;
}

/** The address after a change: defaults and empty filters are not written, other parameters (why, …) stay. */
export function withFilters<K extends string>(
  parameters: URLSearchParams,
  change: Partial<Filters<K>>,
  defaults: Partial<Filters<K>> = {},
): URLSearchParams {
  const next = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(change) as [K, string][]) {
    if (value === (defaults[name] ?? '')) next.delete(name);
    else next.set(name, value);
  }
  return next;
}

/** The query string for the API: only what is set, in a fixed order, so that equal filters share one cache entry. */
export function apiSearch(filters: Record<string, string>): string {
  const set = Object.entries(filters).filter(([, value]) => value !== '');
  return new URLSearchParams(set.sort(([one], [other]) => one.localeCompare(other))).toString();
}

/** How many filters narrow the list, search and sort apart. */
export function narrowing(filters: Record<string, string>): number {
  return Object.entries(filters).filter(([name, value]) => value !== '' && name !== 'q' && name !== 'sort').length;
}
