import { diffArrays } from 'diff';

export interface TextPart {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** A number or a word in Latin letters is read as one; every other character by itself. */
const WORDS = /\d+(?:[.,:]\d+)*%?|[A-Za-z]+|[\s\S]/gu;

/** What was taken out of an older text and what was put in. A number that changed stands whole, or 23 → 35 would read as 235. */
export function differenceOf(before: string, after: string): TextPart[] {
  return diffArrays(before.match(WORDS) ?? [], after.match(WORDS) ?? []).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}
