import { STORY_REACH } from '@huiying/persistence';
import { matterLikeness, withJoined, type Matter } from '@huiying/text';

/** A story as its matter is known: what its texts are about, where, when. */
export interface StoryMatter {
  storyId: string;
  matter: Matter;
  /** Terms under which it is found, each entered once. */
  posted: ReadonlySet<number>;
  opinions: number;
  /** How many of them tell of something grave. */
  graves: number;
  firstAt: Date;
  lastAt: Date;
  /** Places named, with how many of its opinions name them; spots begin with SPOT. */
  places: ReadonlyMap<string, number>;
  /** An officer fixed what belongs to it (固定): the system merges it with nothing. */
  isFixed: boolean;
  /** Stories that an officer took apart from it. */
  apart: ReadonlySet<string>;
}

/** A text on its way to a story. */
export interface ArrivingMatter {
  matter: Matter;
  places: readonly string[];
  /** Estates, roads and the like that it names; see MatterText. */
  spots: readonly string[];
  seenAt: Date;
  /** Judged grave (I–III): by itself it would be brought before the duty officer. */
  isGrave: boolean;
}

/** Two stories that may be one. */
export interface RelatedStories {
  storyId: string;
  otherStoryId: string;
  likeness: number;
}

export interface Placement {
  storyId: string;
  likeness: number;
}

/**
 * From here on a text joins a story, two stories become one, or an officer is asked whether they are. Chosen on 4,326 real messages
 * over 30 months: higher lets go of stories told in other words, lower joins what has only a place or only a topic in common.
 */
export const SAME_MATTER = 0.2;
/** Two stories, each the sum of several texts, share less by chance: what is like a good deal is one. */
export const SAME_STORY = 0.17;
/**
 * What is grave goes into another story only by so much: of two fires in one district the second must not vanish in the first. Below
 * that it is told by itself, and an officer is asked. At 0.4, 3 of 1,500 invented incidents whose estates' names were cut wrongly did
 * (0.45 to 0.51); at 0.55 none.
 */
export const SAME_GRAVE = 0.55;
export const PERHAPS_SAME = 0.13;
/** Texts that name other districts only are likelier about another matter. */
const OTHER_PLACE = 0.2;
/** What is grave and happened at another estate or road is likelier another incident. */
const OTHER_SPOT = 0.3;
const SPOT = '@';
/** A story remembers so many places, those named most. */
const MOST_PLACES = 60;
/** A place belongs to a story when so many of its opinions name it. */
const PLACE_SHARE = 0.25;

/**
 * Bounds of the search for a text's story, whatever the size of the archive. Two that share but one of the heaviest terms are never one
 * matter (on the real messages not one story changed): most texts have no neighbours then, and cost next to nothing. A story is entered
 * under fewer of a text's terms than are looked for: the index is a third smaller, and the labelled messages are joined the same.
 */
export const SEARCH = { terms: 12, entered: 8, storiesPerTerm: 8, candidates: 12, shared: 2 } as const;

const DAY_MS = 86_400_000;

/** The stories at hand: those that a batch may touch, or all of a file. Finds a text's story, and joins the two. */
export class Matters {
  private readonly stories = new Map<string, StoryMatter>();
  private readonly byTerm = new Map<number, string[]>();
  private readonly mergedInto = new Map<string, string>();

  private readonly gone = new Map<string, StoryMatter>();

  /** @param known in the order in which they were last seen */
  constructor(known: readonly StoryMatter[] = []) {
    this.add(known, []);
  }

  /** Brings more stories to hand, and who stands for whom. */
  add(known: readonly StoryMatter[], merged: readonly (readonly [gone: string, kept: string])[]): void {
    for (const [gone, kept] of merged) this.mergedInto.set(gone, kept);
    for (const story of known) {
      this.stories.set(story.storyId, story);
      for (const term of story.posted) this.post(term, story.storyId);
    }
  }

  has(storyId: string): boolean {
    return this.stories.has(storyId) || this.mergedInto.has(storyId);
  }

  all(): StoryMatter[] {
    return [...this.stories.values()];
  }

  /** A story as it was when it went into another; needed to let it stand for itself again. */
  beforeMerge(storyId: string): StoryMatter | undefined {
    return this.gone.get(storyId);
  }

  get(storyId: string): StoryMatter | undefined {
    return this.stories.get(this.rootOf(storyId));
  }

  /** The story that now stands for one that was merged. */
  rootOf(storyId: string): string {
    let root = storyId;
    for (let next = this.mergedInto.get(root); next !== undefined; next = this.mergedInto.get(root)) root = next;
    return root;
  }

  /** Stories like the text, most alike first; at least PERHAPS_SAME. */
  alike({ matter, places, spots, seenAt, isGrave }: ArrivingMatter): Placement[] {
    const named = spots.map(marked);
    return this.candidates(matter, seenAt)
      .map((story) => {
        const elsewhere = isGrave && !couldBeOnePlace(named, spotsOf(story));
        return { storyId: story.storyId, likeness: likenessTo(matter, places, story) * (elsewhere ? OTHER_SPOT : 1) };
      })
      .filter((one) => one.likeness >= PERHAPS_SAME)
      .sort((a, b) => b.likeness - a.likeness);
  }

  /** Other stories like a story, by what it has become, most alike first. */
  like(storyId: string): Placement[] {
    const story = this.get(storyId);
    if (story === undefined) return [];
    return this.candidates(story.matter, story.lastAt)
      .flatMap((other) => {
        const alike = this.likenessOf(story.storyId, other.storyId);
        return alike === null ? [] : [{ storyId: other.storyId, likeness: alike }];
      })
      .filter((one) => one.likeness >= PERHAPS_SAME)
      .sort((a, b) => b.likeness - a.likeness);
  }

  /** Enters the text into a story, which begins where there is none of that id. */
  enter(storyId: string, { matter, places, spots, seenAt, isGrave }: ArrivingMatter): void {
    const root = this.rootOf(storyId);
    const story = this.stories.get(root) ?? newStory(root, seenAt);
    this.keep({
      ...story,
      matter: withJoined(story.matter, matter),
      opinions: story.opinions + 1,
      graves: story.graves + (isGrave ? 1 : 0),
      firstAt: seenAt < story.firstAt ? seenAt : story.firstAt,
      lastAt: seenAt > story.lastAt ? seenAt : story.lastAt,
      places: counted(
        story.places,
        [...places, ...spots.map(marked)].map((place) => [place, 1] as const),
      ),
    });
    this.postAll(root, matter);
  }

  /** How alike two stories are, by what they have become; null where an officer said that they stay as they are. */
  likenessOf(storyId: string, otherId: string): number | null {
    const [one, other] = [this.get(storyId), this.get(otherId)];
    if (!one || !other || one === other) return null;
    if (one.isFixed || other.isFixed || one.apart.has(other.storyId) || other.apart.has(one.storyId)) return null;
    const elsewhere = one.graves + other.graves > 0 && !couldBeOnePlace(spotsOf(one), spotsOf(other));
    return likenessTo(one.matter, placesOf(one), other) * (elsewhere ? OTHER_SPOT : 1);
  }

  /** How alike two stories must be to be one without an officer. */
  leastOf(storyId: string, otherId: string): number {
    return [storyId, otherId].some((id) => (this.get(id)?.graves ?? 0) > 0) ? SAME_GRAVE : SAME_STORY;
  }

  /** Makes one of two stories: the smaller goes into the larger, of equals the younger into the older. Returns [kept, gone]. */
  merge(storyId: string, otherId: string): [string, string] {
    const [one, other] = [this.get(storyId)!, this.get(otherId)!];
    const [kept, gone] = isSenior(one, other) ? [one, other] : [other, one];
    this.fold(gone, kept);
    return [kept.storyId, gone.storyId];
  }

  /** As merge, but somebody says which one stays; one that is not known begins. */
  mergeInto(goneId: string, keptId: string): void {
    const [gone, kept] = [this.get(goneId), this.get(keptId)];
    if (gone && kept && gone !== kept) this.fold(gone, kept);
    else if (gone !== kept) this.mergedInto.set(goneId, keptId);
  }

  private fold(gone: StoryMatter, kept: StoryMatter): void {
    this.mergedInto.set(gone.storyId, kept.storyId);
    this.stories.delete(gone.storyId);
    this.gone.set(gone.storyId, gone);
    this.keep({
      ...kept,
      posted: new Set([...kept.posted, ...gone.posted]),
      matter: withJoined(kept.matter, gone.matter),
      opinions: kept.opinions + gone.opinions,
      graves: kept.graves + gone.graves,
      firstAt: gone.firstAt < kept.firstAt ? gone.firstAt : kept.firstAt,
      lastAt: gone.lastAt > kept.lastAt ? gone.lastAt : kept.lastAt,
      places: counted(kept.places, gone.places),
      apart: new Set([...kept.apart, ...gone.apart]),
    });
    this.postAll(kept.storyId, []);
  }

  private candidates(matter: Matter, seenAt: Date): StoryMatter[] {
    const scores = new Map<string, { shared: number; score: number }>();
    for (const { term, weight } of matter.slice(0, SEARCH.terms)) {
      for (const id of this.byTerm.get(term) ?? []) {
        const root = this.rootOf(id);
        const { shared, score } = scores.get(root) ?? { shared: 0, score: 0 };
        scores.set(root, { shared: shared + 1, score: score + weight });
      }
    }
    return [...scores]
      .flatMap(([id, { shared, score }]) => {
        const story = shared < SEARCH.shared ? undefined : this.stories.get(id);
        return story && isInReach(story, seenAt) ? [{ story, score }] : [];
      })
      .sort((a, b) => b.score - a.score)
      .slice(0, SEARCH.candidates)
      .map(({ story }) => story);
  }

  /** A story is found under its own heaviest terms and under those of each of its texts. */
  private postAll(storyId: string, matter: Matter): void {
    const story = this.stories.get(storyId)!;
    const wanted = [...story.matter.slice(0, SEARCH.entered), ...matter.slice(0, SEARCH.entered)].map((one) => one.term);
    const fresh = wanted.filter((term) => !story.posted.has(term));
    if (fresh.length === 0) return;
    this.keep({ ...story, posted: new Set([...story.posted, ...fresh]) });
    for (const term of fresh) this.post(term, storyId);
  }

  private post(term: number, storyId: string): void {
    const ids = this.byTerm.get(term);
    if (ids === undefined) this.byTerm.set(term, [storyId]);
    else if (ids.push(storyId) > SEARCH.storiesPerTerm) ids.shift();
  }

  private keep(story: StoryMatter): void {
    this.stories.set(story.storyId, story);
  }
}

function newStory(storyId: string, at: Date): StoryMatter {
  return {
    storyId,
    matter: [],
    posted: new Set(),
    opinions: 0,
    graves: 0,
    firstAt: at,
    lastAt: at,
    places: new Map(),
    isFixed: false,
    apart: new Set(),
  };
}

function likenessTo(matter: Matter, places: readonly string[], story: StoryMatter): number {
  const alike = matterLikeness(matter, story.matter);
  return couldBeOnePlace(places, placesOf(story)) ? alike : alike * OTHER_PLACE;
}

function placesOf({ places, opinions }: StoryMatter): string[] {
  return [...places].filter(([place, times]) => times >= opinions * PLACE_SHARE && !place.startsWith(SPOT)).map(([place]) => place);
}

/** Every one that any of its opinions names. */
function spotsOf({ places }: StoryMatter): string[] {
  return [...places.keys()].filter((place) => place.startsWith(SPOT));
}

function marked(spot: string): string {
  return SPOT + spot;
}

/** A text without a place may be about any. */
export function couldBeOnePlace(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 || b.length === 0 || a.some((place) => b.includes(place));
}

function isInReach({ firstAt, lastAt }: StoryMatter, seenAt: Date): boolean {
  const reach = STORY_REACH.matter * DAY_MS;
  return seenAt.getTime() - lastAt.getTime() < reach && firstAt.getTime() - seenAt.getTime() < reach;
}

function isSenior(a: StoryMatter, b: StoryMatter): boolean {
  if (a.isFixed !== b.isFixed) return a.isFixed;
  if (a.opinions !== b.opinions) return a.opinions > b.opinions;
  return a.firstAt.getTime() - b.firstAt.getTime() < 0 || (a.firstAt.getTime() === b.firstAt.getTime() && a.storyId < b.storyId);
}

function counted(places: ReadonlyMap<string, number>, more: Iterable<readonly [string, number]>): Map<string, number> {
  const sum = new Map(places);
  for (const [place, times] of more) sum.set(place, (sum.get(place) ?? 0) + times);
  return sum.size <= MOST_PLACES ? sum : new Map([...sum].sort((a, b) => b[1] - a[1]).slice(0, MOST_PLACES));
}
