import { stableId } from '@huiying/domain';
import { fingerprintOf, matterOf, WordCounts, type MatterReader } from '@huiying/text';
import { TextsAtHand } from './join-batch.js';
import { joinStory } from './join-story.js';
import { Matters } from './matters.js';
import { lookRound, looksRoundBetween, placeMatter } from './place-matter.js';
import type { Message } from './read-messages.js';

/**
 * The story of each message, in the order given: as if they arrived one after the other by their time, through the very steps that an
 * opinion takes in the running service, with nothing known before the first.
 * @param progress told how many are done
 */
export function storiesOf(
  messages: readonly Message[],
  reader: MatterReader,
  progress: (done: number) => void = () => undefined,
): string[] {
  const order = messages.map((message, i) => ({ message, i })).sort((a, b) => a.message.at.getTime() - b.message.at.getTime() || a.i - b.i);
  const texts = new TextsAtHand();
  const matters = new Matters();
  const counts = WordCounts.empty();
  const joined: string[] = [];
  order.forEach(({ message: { title, text, at }, i }, done) => {
    const { terms, districts, spots } = reader.read(title, text);
    const arriving = { matter: matterOf(terms, counts), places: districts, spots, seenAt: at, isGrave: false };
    const copy = { fingerprint: fingerprintOf(title, text), places: districts };
    const known = joinStory(copy, [...texts.alike(copy)]);
    const placed = placeMatter(matters, arriving, known?.storyId ?? null, stableId('story', String(i)));
    const { opinions } = matters.get(placed.storyId)!;
    if (looksRoundBetween(opinions - 1, opinions)) lookRound(matters, placed.storyId);
    texts.add(copy, placed.storyId);
    counts.add(terms.map((one) => one.term));
    joined[i] = placed.storyId;
    progress(done + 1);
  });
  return joined.map((storyId) => matters.rootOf(storyId));
}
