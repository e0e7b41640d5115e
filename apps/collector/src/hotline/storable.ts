/**
 * The value without what no database holds in its texts: U+0000 is left out, half of a character that was cut in two becomes U+FFFD. A record
 * with one is taken all the same: nobody at the hotline could say where it stands.
 */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll('\0', '').replace(/\p{Cs}/gu, '\uFFFD') as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, storable(inner as unknown)])) as T;
}
