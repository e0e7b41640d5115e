import { isRoutine, withSaid, withoutUsual, type MatterText, type SourceHabits } from '@huiying/text';

/** A text as its source says it. */
export interface SaidText {
  opinionId: string;
  /** Null where many people speak: a hotline, a forum. */
  sourceId: string | null;
  matterText: MatterText;
  isGrave: boolean;
}

/** What came of looking at a batch's texts by the habits of their sources. */
export interface HeardBatch<T> {
  /** In order; of an issue of a series the terms are only those that are unusual in it. */
  texts: (T & { isRoutine: boolean })[];
  /** The habits that changed. */
  habits: ReadonlyMap<string, SourceHabits>;
}

/**
 * Tells which texts are issues of a series (road bulletins, weather, prices), each by what its source said before it. What is grave is
 * never routine; an opinion that was read before teaches nothing anew.
 * @param known habits of the batch's sources
 * @param before opinions that were read before
 */
export function heard<T extends SaidText>(
  batch: readonly T[],
  known: ReadonlyMap<string, SourceHabits>,
  before: { has(opinionId: string): boolean },
): HeardBatch<T> {
  const habits = new Map<string, SourceHabits>();
  const texts = batch.map((one) => {
    if (one.sourceId === null) return { ...one, isRoutine: false };
    const said = habits.get(one.sourceId) ?? known.get(one.sourceId) ?? [];
    if (!before.has(one.opinionId)) habits.set(one.sourceId, withSaid(said, one.matterText));
    if (one.isGrave || !isRoutine(one.matterText, said)) return { ...one, isRoutine: false };
    const matterText = { ...one.matterText, terms: withoutUsual(one.matterText, said) };
    return { ...one, matterText, isRoutine: true };
  });
  return { texts, habits };
}

/** The sources of a batch of which habits are kept. */
export function sourcesOf(batch: readonly SaidText[]): string[] {
  return [...new Set(batch.flatMap(({ sourceId }) => sourceId ?? []))];
}
