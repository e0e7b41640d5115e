/** How a feed of the demo's web is written. Each form is one that Chinese sites really use, with its faults. */
export interface DemoFeed {
  id: string;
  name: string;
  channel: 'news' | 'weibo' | 'wechat' | 'forum' | 'gov-site';
  feedPath: string;
  /** Folder of its pages, e.g. /news; also how a page's path is traced back to its feed. */
  folder: string;
  format: 'rss' | 'atom' | 'rdf' | 'broken';
  /** The bytes' true encoding, as iconv-lite names it. */
  bytes: 'utf8' | 'gbk' | 'gb18030' | 'big5';
  /** What the XML declaration says; gb2312 over GBK bytes is common. */
  declared: string;
  /** Some forums give neither a guid nor a zone with their dates. */
  guids: boolean;
  dates: 'rfc822' | 'iso' | 'zoneless';
  language: 'zh-cn' | 'zh-tw';
  description: string;
  pollSeconds: number;
  belongsToCity: boolean;
}

const UTF8 = { bytes: 'utf8', declared: 'UTF-8' } as const;
const PLAIN = { guids: true, dates: 'rfc822', language: 'zh-cn' } as const;

export const DEMO_FEEDS: readonly DemoFeed[] = [
  {
    id: 'wangchuan-news',
    name: '望川新闻网',
    channel: 'news',
    feedPath: '/news/rss.xml',
    folder: '/news',
    format: 'rss',
    ...UTF8,
    ...PLAIN,
    description: '望川市重点新闻网站，市内要闻、民生、政策解读',
    pollSeconds: 30,
    belongsToCity: true,
  },
  {
    id: 'wangchuan-metro',
    name: '望川都市报',
    channel: 'news',
    feedPath: '/metro/rss.xml',
    folder: '/metro',
    format: 'rss',
    bytes: 'gbk',
    declared: 'gb2312',
    ...PLAIN,
    description: '都市报数字报：社会、热线、财经、文体',
    pollSeconds: 60,
    belongsToCity: true,
  },
  {
    id: 'sifang-news',
    name: '四方新闻网·国内滚动',
    channel: 'news',
    feedPath: '/sifang/roll.xml',
    folder: '/sifang',
    format: 'rss',
    bytes: 'gb18030',
    declared: 'GB18030',
    ...PLAIN,
    description: '国内滚动新闻',
    pollSeconds: 120,
    belongsToCity: false,
  },
  {
    id: 'wangchuan-gov',
    name: '望川市人民政府门户网站',
    channel: 'gov-site',
    feedPath: '/gov/atom.xml',
    folder: '/gov',
    format: 'atom',
    ...UTF8,
    ...PLAIN,
    dates: 'iso',
    description: '政务动态、通知公告、政策解读',
    pollSeconds: 300,
    belongsToCity: true,
  },
  {
    id: 'wangchuan-weibo',
    name: '望川同城微博（公开话题）',
    channel: 'weibo',
    feedPath: '/weibo/topic.xml',
    folder: '/weibo',
    format: 'rss',
    ...UTF8,
    ...PLAIN,
    description: '同城公开话题聚合',
    pollSeconds: 30,
    belongsToCity: true,
  },
  {
    id: 'wangchuan-wechat',
    name: '望川生活圈公众号聚合',
    channel: 'wechat',
    feedPath: '/wechat/index.rdf',
    folder: '/wechat',
    format: 'rdf',
    ...UTF8,
    ...PLAIN,
    dates: 'iso',
    description: '本地生活类公众号文章聚合',
    pollSeconds: 180,
    belongsToCity: true,
  },
  {
    id: 'wangchuan-forum',
    name: '望川论坛·民生问政',
    channel: 'forum',
    feedPath: '/forum/rss.php',
    folder: '/forum',
    format: 'rss',
    ...UTF8,
    ...PLAIN,
    guids: false,
    dates: 'zoneless',
    description: '有话好好说，有事问政府',
    pollSeconds: 60,
    belongsToCity: true,
  },
  {
    id: 'xiangqin-forum',
    name: '望川鄉親論壇（海外鏡像）',
    channel: 'forum',
    feedPath: '/xiangqin/rss.xml',
    folder: '/xiangqin',
    format: 'rss',
    bytes: 'big5',
    declared: 'Big5',
    ...PLAIN,
    language: 'zh-tw',
    description: '旅居海外的望川鄉親交流園地',
    pollSeconds: 600,
    belongsToCity: false,
  },
  {
    id: 'qingwu-traffic',
    name: '青梧区路况播报',
    channel: 'gov-site',
    feedPath: '/qingwu/traffic.xml',
    folder: '/qingwu-traffic',
    format: 'rss',
    ...UTF8,
    ...PLAIN,
    description: '路侧设备自动播报，每四十分钟一条；演示开始前已静默数小时',
    pollSeconds: 60,
    belongsToCity: true,
  },
  {
    id: 'yanming-media',
    name: '雁鸣县融媒体中心',
    channel: 'news',
    feedPath: '/yanming/rss.xml',
    folder: '/yanming',
    format: 'broken',
    ...UTF8,
    ...PLAIN,
    description: '雁鸣发布',
    pollSeconds: 120,
    belongsToCity: true,
  },
];

/** @throws RangeError for an id that no demo feed has */
export function demoFeed(id: string): DemoFeed {
  const feed = DEMO_FEEDS.find((f) => f.id === id);
  if (!feed) throw new RangeError(`no demo feed is called ${id}`);
  return feed;
}
