import type { FeedItemStep } from '../demo-step.js';
import { liveBulletin, liveBulletins } from '../district/traffic-bulletins.js';
import { itemOf } from '../script.js';
import type { Post } from '../stories/story.js';
import { firstHours } from './first-hours.js';
import { slotAt, trickled } from './trickle.js';

/**
 * What appears on the demo's web after the start, up to an instant, oldest first: a grave matter after 40 s, then something
 * every few minutes for four hours, then a trickle for ever. The same start always gives the same.
 * @param lookBack how many quarter hours of the trickle to go back; all by default
 */
export function liveItems(startedAt: Date, until: Date, lookBack = Infinity): FeedItemStep[] {
  const last = slotAt(startedAt, until);
  const first = Math.max(0, last - lookBack);
  const steps = firstHours(startedAt).map((post, index) => step(post, `9${String(index + 1).padStart(3, '0')}`));
  for (let slot = first; slot <= last; slot++) {
    const post = trickled(startedAt, slot);
    if (post) steps.push(step(post, trickleSerial(slot)));
  }
  for (const n of liveBulletins(startedAt, until)) steps.push(step(liveBulletin(startedAt, n), `b${n}`));
  return steps.filter(({ at }) => at.getTime() <= until.getTime()).sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The trickled item whose page has this serial number, or null. */
export function trickledBySerial(startedAt: Date, serial: string): FeedItemStep | null {
  const [, kind, number] = /^([bt])(\d{1,9})$/.exec(serial) ?? [];
  if (kind === 'b') return step(liveBulletin(startedAt, Number(number)), serial);
  const post = kind === 't' ? trickled(startedAt, Number(number)) : null;
  return post ? step(post, serial) : null;
}

function trickleSerial(slot: number): string {
  return `t${slot}`;
}

function step(post: Post, serial: string): FeedItemStep {
  const made: FeedItemStep = { kind: 'feed-item', at: post.at, sourceId: post.sourceId, item: itemOf(post, serial) };
  return post.storyKey ? { ...made, storyKey: post.storyKey } : made;
}
