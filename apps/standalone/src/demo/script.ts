import { Chance } from './chance.js';
import type { ActStep, DemoItem, DemoStep, FeedItemStep, HotlineStep } from './demo-step.js';
import { demoFeed } from './feeds/demo-feeds.js';
import { dayDigits, localStamp } from './moments.js';
import { everydayCalls, everydayPosts } from './opinions.js';
import { stories } from './stories/stories.js';
import type { CallIn, OfficialPage, Post } from './stories/story.js';

/** Steps at the same instant keep this order: what is said comes before what is done about it. */
const ORDER: Record<DemoStep['kind'], number> = {
  'feed-item': 0,
  hotline: 0,
  'see-alert': 1,
  'confirm-alert': 2,
  'false-alarm': 2,
  assign: 3,
  acknowledge: 4,
  return: 5,
  reply: 6,
  evidence: 6,
  work: 6,
  document: 6,
  close: 7,
};

/** Everything that happened in the demo city in the two weeks up to `now`, in time order; the same for the same `now`. */
export function script(now: Date): DemoStep[] {
  const told = stories(now);
  const steps: DemoStep[] = [
    ...feedItems([...everydayPosts(now), ...told.flatMap((story) => story.posts)]),
    ...hotlineRecords([...everydayCalls(now), ...told.flatMap((story) => story.calls)]),
    ...told.flatMap((story): ActStep[] => story.acts),
  ];
  return inTimeOrder(steps);
}

/** The official pages of the scripted stories; one is on the site from its time of publication. */
export function officialPages(now: Date): OfficialPage[] {
  return stories(now).flatMap((story) => story.pages);
}

export function inTimeOrder<T extends DemoStep>(steps: readonly T[]): T[] {
  return [...steps].sort((a, b) => a.at.getTime() - b.at.getTime() || ORDER[a.kind] - ORDER[b.kind]);
}

/** Numbers the items of each source in the order of their time, as a site does. */
function feedItems(posts: readonly Post[]): FeedItemStep[] {
  const count = new Map<string, number>();
  return [...posts]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map((post) => {
      const serial = (count.get(post.sourceId) ?? 0) + 1;
      count.set(post.sourceId, serial);
      const step: FeedItemStep = { kind: 'feed-item', at: post.at, sourceId: post.sourceId, item: itemOf(post, String(1000 + serial)) };
      return post.storyKey ? { ...step, storyKey: post.storyKey } : step;
    });
}

/** The published form of a post. @param serial unique within its source */
export function itemOf(post: Post, serial: string): DemoItem {
  const { folder, id } = demoFeed(post.sourceId);
  const day = dayDigits(post.at);
  // Feeds carry whole seconds; what is published and what is read back must be the same instant.
  const publishedAt = new Date(Math.floor(post.at.getTime() / 1000) * 1000);
  return {
    guid: `tag:${id}.example,${day}:${serial}`,
    path: `${folder}/${day}/${serial}.html`,
    title: post.title,
    text: post.text,
    author: post.author,
    publishedAt,
  };
}

const SURNAMES = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '黄',
  '赵',
  '吴',
  '周',
  '徐',
  '孙',
  '马',
  '朱',
  '胡',
  '郭',
  '何',
  '林',
  '罗',
  '梁',
  '谢',
  '唐',
  '许',
  '邓',
];

function hotlineRecords(calls: readonly CallIn[]): HotlineStep[] {
  const chance = new Chance('hotline-records');
  const perDay = new Map<string, number>();
  return [...calls]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map((call) => {
      const day = dayDigits(call.at);
      const serial = (perDay.get(day) ?? 0) + chance.whole(3, 29);
      perDay.set(day, serial);
      return hotlineStep(call, `WC${day}${String(serial).padStart(5, '0')}`, chance);
    });
}

/** The record as the hotline's system would post it. */
export function hotlineStep(call: CallIn, orderNo: string, chance: Chance): HotlineStep {
  // 169 is not given out as a mobile prefix: the number is masked like a real one and rings nowhere.
  const phone = `169${chance.whole(0, 99_999_999).toString().padStart(8, '0')}`;
  const step: HotlineStep = {
    kind: 'hotline',
    at: call.at,
    record: {
      orderNo,
      version: 1,
      title: call.title,
      content: chance.next() < 0.08 ? `${call.content}联系电话${phone}。` : call.content,
      appealType: call.appealType,
      urgency: call.urgency,
      source: chance.pick(['电话', '电话', '电话', '微信', '网站', 'APP']),
      category: call.category,
      region: call.region,
      leadUnit: call.leadUnit,
      receivedAt: localStamp(call.at),
      // Most are dispatched while the caller is on the line; the rest wait for the desk.
      dispatchedAt: new Chance(orderNo).next() < 0.9 ? localStamp(call.at) : null,
      caller: { name: `${chance.pick(SURNAMES)}${chance.pick(['先生', '女士'])}`, phone },
      confidential: call.appealType === '举报',
    },
  };
  return call.storyKey ? { ...step, storyKey: call.storyKey } : step;
}
