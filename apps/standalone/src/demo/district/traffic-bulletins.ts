import { Chance } from '../chance.js';
import { after, before, clockTime } from '../moments.js';
import type { Post } from '../stories/story.js';

export const TRAFFIC_SOURCE_ID = 'qingwu-traffic';

const EVERY_MINUTES = 40;
const PAST_DAYS = 4;
/** So long before the start it fell silent, and so long after it is back: a newcomer sees both. */
const SILENT_HOURS = 7;
const BACK_AFTER_MINUTES = 9;

const ROADS = ['青梧大道', '梧桐路', '学府路', '北环高架青梧段', '梧江二桥', '科创路'];
const STATES = ['车流平稳', '通行正常', '车速四十公里左右', '车流较少，通行顺畅'];

/** A district's automatic road bulletins, every 40 minutes by day and night: so regular that a silence of some hours means something. */
function bulletin(at: Date): Post {
  const chance = new Chance(`traffic/${Math.floor(at.getTime() / 60_000)}`);
  const [first, second] = chance.shuffled(ROADS) as [string, string];
  return {
    at,
    sourceId: TRAFFIC_SOURCE_ID,
    title: `青梧区路况播报 ${clockTime(at)} ${first}${chance.pick(STATES)}`,
    text: `截至${clockTime(at)}，${first}${chance.pick(STATES)}，${second}${chance.pick(STATES)}。以上由路侧设备自动生成。`,
    author: '青梧区交通运行监测',
  };
}

/** What was published before it fell silent, up to `now`. */
export function pastBulletins(now: Date): Post[] {
  const posts: Post[] = [];
  for (let minutes = PAST_DAYS * 1440; minutes >= SILENT_HOURS * 60; minutes -= EVERY_MINUTES)
    posts.push(bulletin(before(now, { minutes })));
  return posts;
}

/** Of a long past only the newest are told. */
const MOST_LIVE = 40;

/** The nth bulletin since it is back. */
export function liveBulletin(startedAt: Date, n: number): Post {
  return bulletin(after(startedAt, { minutes: BACK_AFTER_MINUTES + n * EVERY_MINUTES }));
}

/** The numbers of the newest bulletins since it is back, up to `until`. */
export function liveBulletins(startedAt: Date, until: Date): number[] {
  const since = until.getTime() - after(startedAt, { minutes: BACK_AFTER_MINUTES }).getTime();
  const count = Math.max(0, Math.floor(since / (EVERY_MINUTES * 60_000)) + 1);
  return Array.from({ length: Math.min(count, MOST_LIVE) }, (_, i) => count - Math.min(count, MOST_LIVE) + i);
}
