import { useSearchParams } from 'react-router';
import { readFilters, withFilters, type Filters } from './url-filters.js';

/** Filters that live in the address. A change replaces the entry, so that back leaves the page and not each keystroke. */
export function useFilters<K extends string>(names: readonly K[], defaults: Partial<Filters<K>> = {}) {
  const [parameters, setParameters] = useSearchParams();
  const filters = readFilters(parameters, names, defaults);
  const change = (next: Partial<Filters<K>>) => setParameters((before) => withFilters(before, next, defaults), { replace: true });
  const clear = () => setParameters(new URLSearchParams(), { replace: true });
  return { filters, change, clear };
}
