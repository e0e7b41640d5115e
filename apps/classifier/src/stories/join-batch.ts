import { stableId } from '@huiying/domain';
import type { JoinedOpinion, KnownText, StoryMembership } from '@huiying/persistence';
import type { Matter } from '@huiying/text';
import { joinStory, type NewText } from './join-story.js';
import type { Matters } from './matters.js';
import { placeMatter, type PlacedMatter } from './place-matter.js';

/** An opinion on its way to a story. */
export interface ArrivingOpinion extends NewText {
  opinionId: string;
  revision: number;
  seenAt: Date;
  matter: Matter;
  isGrave: boolean;
  spots: readonly string[];
}

export interface KnownBefore {
  /** Memberships of opinions that joined before. */
  memberships: ReadonlyMap<string, StoryMembership>;
  /** For each arriving opinion, in order: the texts to compare it with. */
  alike: readonly (readonly KnownText[])[];
  /** The stories at hand; they change with what joins. */
  matters: Matters;
}

/** What a batch did: how each opinion stands, and which stories it showed to be one, or perhaps one. */
export interface JoinedBatch extends Pick<PlacedMatter, 'merged' | 'perhaps'> {
  joined: JoinedOpinion[];
}

/**
 * Joins a batch in its order: to what was known before and to those before it in the batch. The same or nearly the same text decides
 * first, then the same matter in other words. An opinion that joined before, an edited one, stays in its story whatever its new words.
 */
export function joinBatch(arriving: readonly ArrivingOpinion[], { memberships, alike, matters }: KnownBefore): JoinedBatch {
  const placed = new Map(memberships);
  const inBatch = new TextsAtHand();
  const batch: JoinedBatch = { joined: [], merged: [], perhaps: [] };
  arriving.forEach((opinion, i) => {
    const before = placed.get(opinion.opinionId);
    const known = before ? null : joinStory(opinion, [...alike[i]!, ...inBatch.alike(opinion)]);
    const membership = before ? { ...before, storyId: matters.rootOf(before.storyId) } : place(opinion, known, matters, batch);
    placed.set(opinion.opinionId, membership);
    inBatch.add(opinion, membership.storyId);
    batch.joined.push({ ...opinion, ...membership });
  });
  return batch;
}

function place(opinion: ArrivingOpinion, known: StoryMembership | null, matters: Matters, batch: JoinedBatch): StoryMembership {
  const given = known && matters.rootOf(known.storyId);
  // The id follows from the first opinion: a batch that is handled again begins the same story.
  const beginId = stableId('story', opinion.opinionId);
  const { storyId, likeness, merged, perhaps } = placeMatter(matters, opinion, given, beginId);
  batch.merged.push(...merged);
  batch.perhaps.push(...perhaps);
  if (known) return { ...known, storyId };
  if (storyId === beginId) return { storyId, relation: 'first', similarity: 1 };
  return { storyId, relation: 'matter', similarity: Math.round(likeness * 1000) / 1000 };
}

/** What the database does for the archive, for the opinions at hand. */
export class TextsAtHand {
  private readonly byKey = new Map<string | number, KnownText[]>();

  add({ fingerprint, places }: NewText, storyId: string): void {
    const text: KnownText = { storyId, fingerprint, places };
    for (const key of [fingerprint.exact, ...fingerprint.keys]) {
      const same = this.byKey.get(key);
      if (same) same.push(text);
      else this.byKey.set(key, [text]);
    }
  }

  alike({ fingerprint }: NewText): Set<KnownText> {
    return new Set([fingerprint.exact, ...fingerprint.keys].flatMap((key) => this.byKey.get(key)?.slice(-MOST_PER_KEY) ?? []));
  }
}

/** As in the database: a formula that many texts share must not cost more with each. */
const MOST_PER_KEY = 4;
