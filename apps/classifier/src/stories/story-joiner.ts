import {
  SourceHabitBook,
  STORY_REACH,
  StoryMatters,
  StoryTexts,
  WordMemory,
  type MatterSearch,
  type StoryMatterRow,
  type Tx,
} from '@huiying/persistence';
import { matterOf, type Fingerprint, type WordCounts } from '@huiying/text';
import { joinBatch, type ArrivingOpinion, type JoinedBatch } from './join-batch.js';
import { joinStory } from './join-story.js';
import { Matters, SEARCH, type StoryMatter } from './matters.js';
import { lookRound, looksRoundBetween } from './place-matter.js';
import { heard, sourcesOf, type SaidText } from './routine-issues.js';

const BOUNDS = { ...SEARCH, days: STORY_REACH.matter };

/** A text as it was read before the transaction. */
export interface ReadOpinion extends SaidText {
  revision: number;
  fingerprint: Fingerprint;
  places: readonly string[];
  seenAt: Date;
}

/** Joins opinions to stories, under the one lock that lets one process join at a time. Keeps in memory only how often words stand. */
export class StoryJoiner {
  private readonly words = new WordMemory();

  /** Joins a batch and keeps what became of it. The lock is held until the transaction ends. */
  async join(tx: Tx, opinions: readonly ReadOpinion[]): Promise<JoinedBatch> {
    const texts = new StoryTexts(tx);
    await texts.waitForTurn();
    const memberships = await texts.ofOpinions(opinions.map((one) => one.opinionId));
    const book = new SourceHabitBook(tx);
    const { texts: issues, habits } = heard(opinions, await book.of(sourcesOf(opinions)), memberships);
    const arriving = weighed(issues, await this.words.catchUp(tx));
    const alike = await texts.alike(arriving, STORY_REACH.copy);
    const copies = arriving.flatMap((one, i) => joinStory(one, alike[i]!) ?? []); // the others' stories are not needed
    const wanted = [...memberships.values(), ...copies].map((one) => one.storyId);
    const stories = new StoriesAtHand(new StoryMatters(tx));
    await stories.fetch(arriving.map(searchOf), wanted);
    const batch = joinBatch(arriving, { memberships, alike, matters: stories.matters });
    await stories.lookRound(batch);
    await texts.save(batch.joined.map((j) => ({ ...j, storyId: stories.matters.rootOf(j.storyId) })));
    await stories.save(batch);
    await book.keep(habits);
    await this.words.leave(tx, newTerms(opinions, memberships));
    return { ...batch, joined: batch.joined.map((j) => ({ ...j, storyId: stories.matters.rootOf(j.storyId) })) };
  }
}

/** Each text weighs its words by all texts before it, those of its own batch included: of a new city's first batch too. */
function weighed(opinions: readonly (ReadOpinion & { isRoutine: boolean })[], known: WordCounts): ArrivingOpinion[] {
  const counts = known.copy();
  return opinions.map(({ matterText: { terms, spots }, ...rest }) => {
    const matter = matterOf(terms, counts);
    counts.add(terms.map((one) => one.term));
    return { ...rest, spots, matter };
  });
}

/** Of each opinion that was not read before. */
function newTerms(opinions: readonly ReadOpinion[], before: ReadonlyMap<string, unknown>): number[][] {
  return opinions.filter((one) => !before.has(one.opinionId)).map((one) => one.matterText.terms.map(({ term }) => term));
}

function searchOf({ matter, seenAt }: Pick<ArrivingOpinion, 'matter' | 'seenAt'>): MatterSearch {
  return { terms: matter.slice(0, SEARCH.terms), at: seenAt };
}

/** The stories that a batch may touch, fetched from the archive and put back. */
export class StoriesAtHand {
  readonly matters = new Matters();
  private readonly before = new Map<string, StoryMatter>();

  constructor(private readonly archive: StoryMatters) {}

  async fetch(searches: readonly MatterSearch[], storyIds: readonly string[]): Promise<void> {
    const found = await this.archive.search(searches, BOUNDS);
    const { stories, merged } = await this.archive.load(found, [...new Set(storyIds)]);
    const fresh = stories.map(storyOf).filter((story) => !this.matters.has(story.storyId));
    for (const story of fresh) this.before.set(story.storyId, story);
    this.matters.add(fresh, merged);
  }

  /** Lets every story that grew much compare itself with others. */
  async lookRound(batch: Pick<JoinedBatch, 'merged' | 'perhaps'>): Promise<void> {
    const grown = this.changed().filter((s) => looksRoundBetween(this.before.get(s.storyId)?.opinions ?? 0, s.opinions));
    if (grown.length === 0) return;
    await this.fetch(
      grown.map(({ matter, lastAt }) => searchOf({ matter, seenAt: lastAt })),
      [],
    );
    for (const { storyId } of grown) {
      const { merged, perhaps } = lookRound(this.matters, storyId);
      batch.merged.push(...merged);
      batch.perhaps.push(...perhaps);
    }
  }

  async save({ merged }: Pick<JoinedBatch, 'merged'>): Promise<void> {
    const gone = merged.flatMap((one) => this.matters.beforeMerge(one.gone) ?? []);
    await this.archive.save([...gone, ...this.changed()].map((story) => ({ ...rowOf(story), newTerms: this.newTerms(story) })));
    for (const one of merged) await this.archive.merge(one.gone, one.kept);
  }

  private changed(): StoryMatter[] {
    return this.matters.all().filter((story) => this.before.get(story.storyId) !== story);
  }

  private newTerms({ storyId, posted }: StoryMatter): number[] {
    const before = this.before.get(storyId)?.posted;
    return [...posted].filter((term) => !before?.has(term));
  }
}

function storyOf({ posted, places, apart, ...rest }: StoryMatterRow): StoryMatter {
  return { ...rest, posted: new Set(posted), places: new Map(places), apart: new Set(apart) };
}

function rowOf({ posted, places, apart, ...rest }: StoryMatter): StoryMatterRow {
  return { ...rest, posted: [...posted], places: [...places], apart: [...apart] };
}
