import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { scrollToRow, windowRange } from './window-range.js';

interface LongListProps<T> {
  items: readonly T[];
  rowHeight: number;
  keyOf: (item: T) => string;
  row: (item: T, index: number) => ReactNode;
  /** Row to keep in sight, e.g. the one the keyboard stands on. */
  inSight?: number;
  /** Called when the end comes near. */
  onEnd?: () => void;
  foot?: ReactNode;
  label: string;
}

/** A scrolling list of equal rows that draws only those in sight: 10,000 rows cost what 30 do. */
export function LongList<T>({ items, rowHeight, keyOf, row, inSight = -1, onEnd, foot, label }: LongListProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  useLayoutEffect(() => {
    const node = box.current!;
    const read = () => setView({ top: node.scrollTop, height: node.clientHeight });
    const watch = new ResizeObserver(read);
    watch.observe(node);
    node.addEventListener('scroll', read, { passive: true });
    return () => {
      watch.disconnect();
      node.removeEventListener('scroll', read);
    };
  }, []);
  useEffect(() => {
    const node = box.current;
    const to = inSight < 0 || node === null ? null : scrollToRow(inSight, rowHeight, node.scrollTop, node.clientHeight);
    if (to !== null) node!.scrollTop = to;
  }, [inSight, rowHeight]);
  const { start, end } = windowRange(items.length, rowHeight, view.top, view.height);
  useEffect(() => {
    if (end >= items.length) onEnd?.();
  }, [end, items.length, onEnd]);
  return (
    <div className="long-list" ref={box} role="list" aria-label={label} tabIndex={-1}>
      <div style={{ height: start * rowHeight }} />
      {items.slice(start, end).map((item, at) => (
        <div key={keyOf(item)} role="listitem" style={{ height: rowHeight }} aria-setsize={items.length} aria-posinset={start + at + 1}>
          {row(item, start + at)}
        </div>
      ))}
      <div style={{ height: (items.length - end) * rowHeight }} />
      {foot}
    </div>
  );
}
