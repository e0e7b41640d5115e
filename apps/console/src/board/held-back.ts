/**
 * Keeps a live list still while somebody reads it: rows already shown stay where they are and change in place,
 * new ones wait behind a bar until asked for.
 * @param order keys as they are shown now; null before the first answer
 */
export function holdBack<T>(
  order: readonly string[] | null,
  incoming: readonly T[],
  keyOf: (item: T) => string,
): { rows: T[]; fresh: T[] } {
  // An empty list has no rows that could jump.
  if (order === null || order.length === 0) return { rows: [...incoming], fresh: [] };
  const byKey = new Map(incoming.map((item) => [keyOf(item), item]));
  const rows = order.flatMap((key) => byKey.get(key) ?? []);
  const shown = new Set(order);
  const fresh = incoming.filter((item) => !shown.has(keyOf(item)));
  return rows.length === 0 ? { rows: [...incoming], fresh: [] } : { rows, fresh };
}
