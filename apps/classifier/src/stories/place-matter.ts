import {
  PERHAPS_SAME,
  SAME_GRAVE,
  SAME_MATTER,
  type ArrivingMatter,
  type Matters,
  type Placement,
  type RelatedStories,
} from './matters.js';

/** What an opinion did to the stories. */
export interface PlacedMatter extends Placement {
  /** Stories that this opinion showed to be one: [kept, gone]. */
  merged: (RelatedStories & { kept: string; gone: string })[];
  /** Stories that may be one: an officer decides. */
  perhaps: RelatedStories[];
}

/** How many other stories are looked at when a text stands between them. */
const MOST_RELATED = 3;

/**
 * Puts a text into its story: the one given (a copy of its text was found there, or it was there before), else the most alike, else a new
 * one. A text that is like two stories may show them to be one: they are compared by what they have become, so that the order in which
 * a matter's texts arrive hardly counts.
 * @param given the story that is settled already, or null
 * @param beginId the id of the story that begins where none is alike
 */
export function placeMatter(matters: Matters, arriving: ArrivingMatter, given: string | null, beginId: string): PlacedMatter {
  const alike = matters.alike(arriving);
  const best = alike[0];
  const joins = given === null && best !== undefined && best.likeness >= (arriving.isGrave ? SAME_GRAVE : SAME_MATTER);
  const storyId = given ?? (joins ? best.storyId : beginId);
  matters.enter(storyId, arriving);
  const placed: PlacedMatter = { storyId, likeness: joins ? best.likeness : 1, merged: [], perhaps: [] };
  for (const other of alike.slice(0, MOST_RELATED + 1)) relate(matters, placed, other);
  return placed;
}

/** A story looks round for others when it has come to 2, 3, 4, 6, 8, 12, 16 … opinions: its cost per opinion stays the same. */
export function looksRoundBetween(before: number, after: number): boolean {
  for (let at = 2; at <= after; at *= 2) if ((before < at && at <= after) || (before < at * 1.5 && at * 1.5 <= after)) return true;
  return false;
}

/** Compares a story that has grown with others like what it has become: its first opinions may have found nothing like them. */
export function lookRound(matters: Matters, storyId: string): Pick<PlacedMatter, 'merged' | 'perhaps'> {
  const found: PlacedMatter = { storyId, likeness: 1, merged: [], perhaps: [] };
  for (const other of matters.like(storyId).slice(0, MOST_RELATED)) relate(matters, found, other);
  return found;
}

function relate(matters: Matters, placed: PlacedMatter, other: Placement): void {
  const likeness = matters.likenessOf(placed.storyId, other.storyId);
  if (likeness === null || likeness < PERHAPS_SAME) return;
  const pair = { storyId: matters.rootOf(placed.storyId), otherStoryId: matters.rootOf(other.storyId), likeness };
  if (likeness < matters.leastOf(placed.storyId, other.storyId)) {
    placed.perhaps.push(pair);
    return;
  }
  const [kept, gone] = matters.merge(pair.storyId, pair.otherStoryId);
  placed.merged.push({ ...pair, kept, gone });
}
