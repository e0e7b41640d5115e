import { useState } from 'react';
import { stepRow, type Shortcut } from './keys.js';
import { useShortcuts } from './use-shortcuts.js';

interface RowKeys<T> {
  onOpen: (item: T) => void;
  /** 知悉 / 签收 */
  onAcknowledge?: (item: T) => void;
  /** 误报 */
  onFalseAlarm?: (item: T) => void;
}

/** j k Enter (a f) over the rows of a list. The cursor stays on its item when others come and go. */
export function useRowCursor<T>(items: readonly T[], keyOf: (item: T) => string, keys: RowKeys<T>) {
  const [onKey, setOnKey] = useState<string | null>(null);
  const index = onKey === null ? -1 : items.findIndex((item) => keyOf(item) === onKey);
  const item = items[index];
  const move = (by: 1 | -1) => {
    const next = items[stepRow(index, by, items.length)];
    if (next !== undefined) setOnKey(keyOf(next));
  };
  const act = (run: ((item: T) => void) | undefined) => () => item !== undefined && run?.(item);
  const shortcuts: Shortcut[] = [
    { keys: 'j', does: '下一条', run: () => move(1) },
    { keys: 'k', does: '上一条', run: () => move(-1) },
    { keys: 'Enter', does: '打开', run: act(keys.onOpen) },
  ];
  if (keys.onAcknowledge !== undefined) shortcuts.push({ keys: 'a', does: '知悉 / 签收', run: act(keys.onAcknowledge) });
  if (keys.onFalseAlarm !== undefined) shortcuts.push({ keys: 'f', does: '标为误报', run: act(keys.onFalseAlarm) });
  useShortcuts(shortcuts);
  return { index, isOn: (candidate: T) => onKey !== null && keyOf(candidate) === onKey };
}
