import { StringDecoder } from 'node:string_decoder';

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
  const fits = measure === 'bytes' ? unitsWithin(text, room) : room;
  // Only as much of the text as decides: the segmenter's work grows with the whole of what it is given.
  const start = GRAPHEMES.segment(text.slice(0, fits + 2)).containing(fits)!.index;
  return `${text.slice(0, start).trimEnd()}${MARK}`;
}

/** How many UTF-16 units of a text its first bytes hold, whole characters only. */
function unitsWithin(text: string, bytes: number): number {
  // A unit is a byte or more.
  return new StringDecoder('utf8').write(Buffer.from(text.slice(0, bytes)).subarray(0, bytes)).length;
}
