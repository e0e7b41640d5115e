import type { Reason } from '@huiying/contracts';
import { matchOf, reasonOf, type Hit, type Reading } from './reading.js';

/** A place elsewhere that is called as one of ours. */
export interface Namesake {
  /** The name that both bear, folded. */
  called: string;
  /** What it is there: 杭州市萧山区临浦镇. */
  is: string;
  /** Folded words that tell that it is meant. */
  near: readonly string[];
}

/** A mention of a name of ours beside a word that tells of its namesake. */
export interface NamesakeHit extends Hit<'place'> {
  is: string;
  /** The word that tells. */
  told: string;
}

/** Mentions that mean the place of the same name elsewhere, because the text tells of that region. */
export function namesakeHits(reading: Reading, places: readonly Hit<'place'>[]): NamesakeHit[] {
  return places.flatMap((hit) => {
    const { namesakes } = hit.use.place;
    if (namesakes.length === 0) return [];
    const called = reading[hit.field].folded.slice(hit.start, hit.end);
    for (const namesake of namesakes) {
      const told = namesake.called === called ? namesake.near.find((word) => says(reading, word)) : undefined;
      if (told !== undefined) return [{ ...hit, is: namesake.is, told }];
    }
    return [];
  });
}

/** In words, each name once. */
export function namesakeReasons(reading: Reading, hits: readonly NamesakeHit[]): Reason[] {
  const byName = new Map(hits.map((hit) => [hit.is, hit]));
  return [...byName.values()].map((hit) => {
    const text = `“${matchOf(reading, hit).term}”与${hit.is}同名，文中又提到“${hit.told}”，按外地地名看待`;
    return reasonOf(reading, text, [hit]);
  });
}

function says({ title, text }: Reading, word: string): boolean {
  return title.folded.includes(word) || text.folded.includes(word);
}
