import type { StoryRegroupedV1 } from '@huiying/contracts';
import { StoryMatters, StoryTexts, WordMemory, type Store, type Tx } from '@huiying/persistence';
import { fingerprintOf, matterOf, type MatterReader } from '@huiying/text';
import { StoriesAtHand } from './story-joiner.js';

/** The reader group that takes officers' decisions on stories. */
export const REGROUPING = 'classifier-regrouping';

/** Remembers what officers decided of stories, so that later opinions follow it and the system does not undo it. */
export class StoryRegrouper {
  private readonly words = new WordMemory();

  constructor(
    private readonly store: Store,
    private readonly reader: MatterReader,
  ) {}

  async take(events: readonly StoryRegroupedV1[]): Promise<void> {
    await this.store.once(REGROUPING, events, async (tx, fresh) => {
      await new StoryTexts(tx).waitForTurn();
      for (const { data } of fresh) await this.apply(tx, data);
    });
  }

  private async apply(tx: Tx, data: StoryRegroupedV1['data']): Promise<void> {
    const archive = new StoryMatters(tx);
    const { kind, storyId, otherStoryId } = data;
    if (kind === 'fix' || kind === 'unfix') return archive.fix(storyId, kind === 'fix');
    if (otherStoryId === null) return;
    if (kind === 'separate') return archive.separate(otherStoryId, storyId);
    const stories = new StoriesAtHand(archive);
    await stories.fetch([], [storyId, otherStoryId]);
    if (kind === 'merge') await this.merge(stories, storyId, otherStoryId);
    else await this.split(tx, stories, data, otherStoryId);
  }

  /** The officer says which one stays. */
  private async merge(stories: StoriesAtHand, kept: string, gone: string): Promise<void> {
    stories.matters.mergeInto(gone, kept);
    await stories.save({ merged: [{ storyId: kept, otherStoryId: gone, likeness: 1, kept, gone }] });
  }

  private async split(tx: Tx, stories: StoriesAtHand, { storyId, opinions }: StoryRegroupedV1['data'], newId: string): Promise<void> {
    const counts = await this.words.catchUp(tx);
    for (const { title, text, capturedAt } of opinions) {
      const read = this.reader.read(title, text);
      stories.matters.enter(newId, {
        matter: matterOf(read.terms, counts),
        places: read.districts,
        seenAt: new Date(capturedAt),
        isGrave: false,
        spots: read.spots,
      });
    }
    await stories.save({ merged: [] });
    const archive = new StoryMatters(tx);
    await archive.separate(newId, storyId);
    const exact = opinions.map(({ title, text }) => fingerprintOf(title, text));
    await archive.moveOpinions(
      opinions.map((one) => one.opinionId),
      newId,
    );
    await new StoryTexts(tx).move(exact, storyId, newId);
  }
}
