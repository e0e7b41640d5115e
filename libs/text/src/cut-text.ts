const GRAPHEMES = new Intl.Segmenter('zh', { granularity: 'grapheme' });
const MARK = '…';

/** How long a text may be: UTF-8 bytes as robots count them, or UTF-16 units as short messages do. */
export interface TextLimit {
  most: number;
  measure: 'bytes' | 'units';
}

export function lengthOf(text: string, measure: TextLimit['measure']): number {
  return measure === 'bytes' ? Buffer.byteLength(text, 'utf8') : text.length;
}

/**
 * The beginning of a text that fits the limit, with … where something was left out. Never ends inside what a reader takes for one
 * character: no broken UTF-8, no half of an emoji. Empty where not even the mark fits.
 */
export function cutText(text: string, { most, measure }: TextLimit): string {
  if (lengthOf(text, measure) <= most) return text;
  const room = most - lengthOf(MARK, measure);
  if (room < 0) return '';
  let used = 0;
  let kept = '';
  for (const { segment } of GRAPHEMES.segment(text)) {
    used += lengthOf(segment, measure);
    if (used > room) break;
    kept += segment;
  }
  return `${kept.trimEnd()}${MARK}`;
}
