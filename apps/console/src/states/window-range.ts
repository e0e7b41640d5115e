/** Which rows of a long list to draw: those in sight and `spare` more on each side. `end` is exclusive. */
export function windowRange(
  count: number,
  rowHeight: number,
  scrollTop: number,
  viewHeight: number,
  spare = 8,
): { start: number; end: number } {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const last = Math.ceil((Math.max(0, scrollTop) + viewHeight) / rowHeight);
  return { start: Math.max(0, Math.min(count, first) - spare), end: Math.min(count, last + spare) };
}

/** How far to scroll so that a row stands in sight, or null where it already does. */
export function scrollToRow(row: number, rowHeight: number, scrollTop: number, viewHeight: number): number | null {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  return top + rowHeight > scrollTop + viewHeight ? top + rowHeight - viewHeight : null;
}
