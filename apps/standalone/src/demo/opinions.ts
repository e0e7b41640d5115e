import { Chance } from './chance.js';
import { pastBulletins } from './district/traffic-bulletins.js';
import { after, before } from './moments.js';
import { spread } from './rhythm.js';
import { weibo, type CallIn, type Post } from './stories/story.js';
import { CALLS_LIVING } from './texts/calls-living.js';
import { CALLS_RIGHTS } from './texts/calls-rights.js';
import { CITY_NEWS, GOV_NOTICES, METRO_NEWS } from './texts/city-news.js';
import { ELSEWHERE } from './texts/elsewhere.js';
import { FAMILIES } from './texts/families.js';
import { FORUM_POSTS } from './texts/forum-posts.js';
import { WECHAT_POSTS, WEIBO_POSTS } from './texts/weibo-posts.js';
import { fillDates, type Call, type Written } from './texts/written.js';
import { XIANGQIN_POSTS } from './texts/xiangqin-posts.js';

/** Texts that have a source of their own. */
const WRITTEN: Readonly<Record<string, readonly Written[]>> = {
  'wangchuan-news': CITY_NEWS,
  'wangchuan-metro': METRO_NEWS,
  'wangchuan-gov': GOV_NOTICES,
  'wangchuan-weibo': WEIBO_POSTS,
  'wangchuan-wechat': WECHAT_POSTS,
  'wangchuan-forum': FORUM_POSTS,
  'xiangqin-forum': XIANGQIN_POSTS,
  'sifang-news': ELSEWHERE,
};

/** The fortnight's ordinary opinions: what is on the web of the demo city, with reposts, up to `now`. */
export function everydayPosts(now: Date): Post[] {
  const first = Object.entries(WRITTEN).flatMap(([sourceId, texts]) => {
    const chance = new Chance(`posts/${sourceId}`);
    const shuffled = chance.shuffled(texts);
    const times = spread(shuffled, now, 'web', chance);
    return shuffled.map((written, i) => published(sourceId, written, times[i]!));
  });
  return [...first, ...reposts(first, now), ...pastBulletins(now)];
}

/** The fortnight's ordinary calls to 12345 up to `now`. */
export function everydayCalls(now: Date): CallIn[] {
  const chance = new Chance('calls');
  const told: Call[] = FAMILIES.flatMap((family) =>
    Array.from({ length: family.faces }, (_, face) => family.tell(chance, chance.pick(family.places), face)),
  );
  const calls = chance.shuffled([...CALLS_LIVING, ...CALLS_RIGHTS, ...told]);
  const times = spread(calls, now, 'calls', chance);
  return calls.map((call, i) => {
    const at = times[i]!;
    return { ...call, at, title: fillDates(call.title, at), content: fillDates(call.content, at) };
  });
}

function published(sourceId: string, written: Written, at: Date): Post {
  const text = fillDates(written.text, at);
  return { at, sourceId, title: fillDates(written.title, at), text, author: written.author };
}

/** Near-duplicates as they really come about: a line of source added, a sentence dropped, a headline changed. */
function reposts(originals: readonly Post[], now: Date): Post[] {
  const chance = new Chance('reposts');
  const latest = before(now, { minutes: 25 });
  const taken = (sourceId: string, every: number) =>
    originals.filter((post) => post.sourceId === sourceId).filter((_, index) => index % every === 0);
  const made = [
    ...taken('wangchuan-forum', 2).map((post) => fromForum(post, after(post.at, { minutes: chance.whole(35, 400) }), chance)),
    ...taken('wangchuan-news', 3).map((post) => fromNews(post, after(post.at, { minutes: chance.whole(50, 600) }))),
    ...taken('wangchuan-weibo', 4).map((post) => fromWeibo(post, after(post.at, { minutes: chance.whole(10, 180) }))),
  ];
  return made.filter((post) => post.at < latest);
}

function fromForum(post: Post, at: Date, chance: Chance): Post {
  if (chance.next() < 0.5)
    return weibo(at, `#望川同城# 论坛里看到的，转给大家：${post.text}`, chance.pick(['望川同城互助', '梧江边的猫', '路过望川']));
  return {
    at,
    sourceId: 'wangchuan-wechat',
    title: `网友反映：${post.title}`,
    text: `${post.text}\n来源：望川论坛·民生问政，本号略有编辑。`,
    author: '望川生活圈',
  };
}

function fromNews(post: Post, at: Date): Post {
  return {
    at,
    sourceId: 'wangchuan-metro',
    title: post.title.replace(/\s.*$/, ''),
    text: `${post.text}（来源：望川新闻网）`,
    author: '都市报综合',
  };
}

function fromWeibo(post: Post, at: Date): Post {
  return {
    at,
    sourceId: 'wangchuan-forum',
    title: `微博看到的：${post.title.slice(0, 18)}`,
    text: `${post.text}\n有没有同感的？`,
    author: '潜水多年',
  };
}
