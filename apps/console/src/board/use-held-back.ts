import { useState } from 'react';
import { holdBack } from './held-back.js';

/** A list that does not move under the reader's eyes; `release` lets the new rows in. */
export function useHeldBack<T>(incoming: readonly T[], keyOf: (item: T) => string) {
  const [order, setOrder] = useState<string[] | null>(null);
  const [tinted, setTinted] = useState<ReadonlySet<string>>(new Set());
  const { rows, fresh } = holdBack(order, incoming, keyOf);
  const keys = rows.map(keyOf);
  if (incoming.length > 0 && (order === null || order.join() !== keys.join())) setOrder(keys);
  const release = () => {
    setTinted(new Set(fresh.map(keyOf)));
    setOrder(incoming.map(keyOf));
  };
  return { rows, fresh, release, isNew: (item: T) => tinted.has(keyOf(item)) };
}
