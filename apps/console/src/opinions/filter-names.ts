/** The filters of the opinion list, named as the API names them. */
export const OPINION_FILTERS = ['q', 'verdict', 'channel', 'topic', 'department', 'severity', 'source', 'from', 'to', 'sort'] as const;
export type OpinionFilter = (typeof OPINION_FILTERS)[number];

/** Days in the address (2026-11-22) as the instants the API wants: the first from midnight, the last to its end. */
export function apiFilters(filters: Record<OpinionFilter, string>): Record<string, string> {
  const { from, to, ...rest } = filters;
  return { ...rest, from: from === '' ? '' : `${from}T00:00:00+08:00`, to: to === '' ? '' : `${to}T23:59:59+08:00` };
}

/** Relevance means something only for a search. */
export function sortOf(filters: Record<OpinionFilter, string>): string {
  if (filters.sort !== '') return filters.sort;
  return filters.q === '' ? 'newest' : 'relevance';
}
