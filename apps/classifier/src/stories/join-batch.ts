import { stableId } from '@huiying/domain';
import type { JoinedOpinion, KnownText, StoryMembership } from '@huiying/persistence';
import { joinStory, type NewText } from './join-story.js';

/** An opinion on its way to a story. */
export interface ArrivingOpinion extends NewText {
  opinionId: string;
  revision: number;
  seenAt: Date;
}

export interface KnownBefore {
  /** Memberships of opinions that joined before. */
  memberships: ReadonlyMap<string, StoryMembership>;
  /** For each arriving opinion, in order: the texts to compare it with. */
  alike: readonly (readonly KnownText[])[];
}

/**
 * Joins a batch in its order: to what was known before and to those before it in the batch. Pure.
 * An opinion that joined before, an edited one, stays in its story whatever its new words.
 */
export function joinBatch(arriving: readonly ArrivingOpinion[], { memberships, alike }: KnownBefore): JoinedOpinion[] {
  const placed = new Map(memberships);
  const inBatch = new TextsAtHand();
  return arriving.map((opinion, i) => {
    const known = [...alike[i]!, ...inBatch.alike(opinion)];
    const membership = placed.get(opinion.opinionId) ?? joinStory(opinion, known) ?? beginStory(opinion);
    placed.set(opinion.opinionId, membership);
    inBatch.add(opinion, membership.storyId);
    return { ...opinion, ...membership };
  });
}

/** The id follows from the first opinion: a batch that is handled again begins the same story. */
function beginStory({ opinionId }: ArrivingOpinion): StoryMembership {
  return { storyId: stableId('story', opinionId), relation: 'first', similarity: 1 };
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
const MOST_PER_KEY = 8;
