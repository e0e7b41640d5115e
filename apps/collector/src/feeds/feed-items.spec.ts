import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeWith, measuredData } from '../../../../test/support/measured-data.js';
import { parseFeed } from './feed-items.js';
import { processorSeconds } from '../../../../test/support/processor-time.js';

const CHINA = 480;
const read = async (bytes: Buffer | string, contentType: string | null = null, url = 'http://paper.example.cn/rss/feed.xml') =>
  parseFeed({ bytes: Buffer.from(bytes), contentType, url }, CHINA);
const items = async (bytes: Buffer | string) => {
  const feed = await read(bytes);
  if (feed.outcome !== 'read') throw new Error(feed.reason);
  return feed.items;
};
const fixture = (name: string) => readFileSync(resolve(__dirname, 'fixtures', name));
const rss = (inner: string) => `<rss version="2.0"><channel><title>t</title>${inner}</channel></rss>`;

describe('parseFeed', () => {
  it('reads a GBK feed that calls itself gb2312, without guids and zones', async () => {
    const feed = await read(fixture('paper-gbk.xml'), 'text/xml');
    expect(feed).toEqual({
      outcome: 'read',
      title: '都市报·民生',
      problems: ['without a date: 1 of 2 items (2)'],
      items: [
        {
          identity: 'http://paper.example.cn/2026/11/a1.html',
          title: '朱堃：青梧区三处路段积水 交警&环卫连夜处置',
          text: '昨夜暴雨，三处路段积水。\n目前已恢复通行。',
          url: 'http://paper.example.cn/2026/11/a1.html',
          author: null,
          publishedAt: new Date('2026-11-02T09:05:00+08:00'),
        },
        {
          identity: 'http://paper.example.cn/2026/11/a2.html?a=1&b=2',
          title: '没有日期的一条',
          text: '路灯 不亮——已报修',
          url: 'http://paper.example.cn/2026/11/a2.html?a=1&b=2',
          author: null,
          publishedAt: null,
        },
      ],
    });
  });

  it('reads Atom under any prefix, XHTML in the order it is written, links against xml:base', async () => {
    const feed = await read(fixture('gov-atom.xml'));
    expect(feed).toMatchObject({
      title: '政务公开 · 通知公告',
      items: [
        {
          identity: 'tag:example.gov.cn,2026:1',
          url: 'https://www.example.gov.cn/zwgk/202611/1.html',
          author: '市水务局',
          text: '因管网检修，11月3日起停水。\n水压 < 0.2 MPa 的片区另行通知。',
          publishedAt: new Date('2026-11-02T01:05:00Z'),
        },
        { url: 'https://mirror.example.gov.cn/2.html', text: '摘要一句话。', author: null, publishedAt: new Date('2026-11-01T00:00:00Z') },
      ],
    });
  });

  it('reads RDF under unusual prefixes', async () => {
    expect(await items(fixture('wechat-rdf.xml'))).toEqual([
      {
        identity: 'https://wx.example/s/1',
        title: '望北新区早高峰又堵了',
        text: '堵了四十分钟',
        url: 'https://wx.example/s/1',
        author: '生活圈编辑部',
        publishedAt: new Date('2026-11-02T00:10:00Z'),
      },
    ]);
  });

  it('keeps what came of a document cut short', async () => {
    expect(await items(fixture('cut-short.xml'))).toMatchObject([
      { title: '甲', text: '一\n二', url: 'http://a.example/1' },
      { title: '乙', text: '三', url: 'http://a.example/2' },
    ]);
  });

  it('tells items of one guid apart by their links, and drops true repetitions', async () => {
    const same = rss(
      '<item><guid>1</guid><title>甲</title><link>http://a/1</link></item><item><guid>1</guid><title>乙</title><link>http://a/2</link></item>',
    );
    expect((await items(same)).map((i) => i.identity)).toEqual(['http://a/1', 'http://a/2']);
    const repeated = rss('<item><guid>1</guid><title>甲</title></item><item><guid>1</guid><title>甲</title></item>');
    expect((await items(repeated)).map((i) => i.identity)).toEqual(['1']);
  });

  it('tells items without guid and link apart by title, date and, where those are the same, text; in whatever order', async () => {
    const item = (title: string, date: string, text: string) =>
      `<item><title>${title}</title><pubDate>${date}</pubDate><description>${text}</description></item>`;
    const all = [
      item('通知', '2026-01-02', '一'),
      item('通知', '2026-01-03', '二'),
      item('通知', '', '三'),
      item('通知', '', '四'),
      item('公告', '', '五'),
    ];
    const identities = async (documents: string[]) => new Map((await items(rss(documents.join('')))).map((i) => [i.text, i.identity]));
    const seen = await identities(all);
    expect(new Set(seen.values()).size).toBe(5);
    expect(await identities([...all].reverse())).toEqual(new Map([...seen].reverse()));
    expect((await identities([all[4]!, all[0]!])).get('一')).toBe(seen.get('一'));
  });

  it('takes the name of an author, not the mail address', async () => {
    const of = async (author: string) => (await items(rss(`<item><title>a</title><author>${author}</author></item>`)))[0]!.author;
    expect(await of('editor@paper.example (王晓)')).toBe('王晓');
    expect(await of('&lt;b&gt;王晓&lt;/b&gt;')).toBe('王晓');
  });

  it.each([
    [
      'a guid that is the address',
      '<item><title>a</title><guid>http://a.example/1</guid></item>',
      { url: 'http://a.example/1', identity: 'http://a.example/1' },
    ],
    ['a guid that is none', '<item><title>a</title><guid>a-1</guid></item>', { url: null, identity: 'a-1' }],
    ['neither guid nor link', '<item><title>a</title></item>', { url: null, identity: expect.stringMatching(/^title:[0-9a-f]{64}$/) }],
    ['no title', '<item><description>积水了！快来人</description></item>', { title: '积水了', text: '积水了！快来人' }],
    ['a script for an address', '<item><title>a</title><link>javascript:alert(1)</link></item>', { url: null }],
    ['a date that is none', '<item><title>a</title><pubDate>昨天</pubDate></item>', { publishedAt: null }],
    [
      'the longer of summary and full text',
      '<item><title>a</title><description>短</description><content:encoded>全文很长</content:encoded></item>',
      { text: '全文很长' },
    ],
    [
      'foreign elements of the same name',
      '<item xmlns:m="http://search.yahoo.com/mrss/"><m:title>图</m:title><title>文</title><source><title>源</title></source></item>',
      { title: '文' },
    ],
  ])('%s', async (_, item, expected) => expect((await items(rss(item)))[0]).toMatchObject(expected));

  it.each([
    ['', 'empty'],
    [' \n\t ', 'empty'],
    ['<!DOCTYPE html><html><body>页面不存在，请返回首页查看其他内容</body></html>', 'web-page'],
    ['<html><script>location.reload()</script></html>', 'challenge'],
    ['{"version":"https://jsonfeed.org/version/1"}', 'no-feed'],
    ['{"version":"https://jsonfeed.org/version/1","items":', 'no-feed'],
    ['{"items":[]}', 'no-feed'],
    ['<opml/>', 'no-feed'],
    ['\u0000\u0001\u0002', 'no-feed'],
    [`<rss>${'<b>'.repeat(100_000)}`, 'damaged'],
    ['<!DOCTYPE rss [ <!ENTITY a "', 'no-feed'],
  ])('%p is no feed: %s', async (document, kind) => expect(await read(document)).toMatchObject({ outcome: 'unreadable', kind }));

  it.each([
    ['an empty root', '<rss/>', 0],
    ['an empty channel', '<rss><channel/></rss>', 0],
    ['an empty RDF', '<rdf:RDF/>', 0],
    ['an empty Atom feed', '<feed/>', 0],
    ['items outside the channel', '<rss><channel><title>t</title></channel><item><title>a</title></item></rss>', 1],
    ['a channel without a root', '<channel><item><title>a</title></item></channel>', 1],
    ['a link without an address in Atom', '<feed><entry><title>a</title><link/><link href=""/></entry></feed>', 1],
    [
      'words of JavaScript for elements',
      rss('<__proto__><polluted>1</polluted></__proto__><constructor/><item><title>a</title><__proto__>x</__proto__><toString/></item>'),
      1,
    ],
  ])('%s is a feed', async (_, document, count) => {
    expect(await items(document)).toHaveLength(count);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('expands no entity of the document, reads no file and stays small', async () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!-- it's > ] --><!ENTITY l0 "lol">${laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>${rss('<item><title>&l9;</title><description>&f;|&amp;|&#20013;</description></item>')}`;
    expect(await items(bomb)).toMatchObject([{ title: '&l9;', text: '&f;|&|中' }]);
  });

  it('takes the first two thousand of fifty thousand items, quickly', async () => {
    const many = rss(Array.from({ length: 50_000 }, (_, i) => `<item><title>i${i}</title><guid>${i}</guid></item>`).join(''));
    let feed: Awaited<ReturnType<typeof read>>;
    expect(await processorSeconds(async () => (feed = await read(many)))).toBeLessThan(3);
    expect(feed!.outcome === 'read' && [feed!.items.length, feed!.problems[0]]).toEqual([2_000, expect.stringContaining('left out')]);
  });
});

const folder = measuredData('feeds', 'chinese_real');
describeWith(folder, 'feeds of real sites')('a feed of a real site', () => {
  it.each(['people_politics_2020-08-25_excerpt.xml', 'chinanews_scroll_2026-04-19_excerpt.xml'])('is read: %s', async (file) => {
    const found = await items(readFileSync(resolve(folder!, file)));
    expect(found.length).toBeGreaterThan(1);
    for (const item of found) {
      expect(item).toMatchObject({
        title: expect.stringMatching(/[\u4e00-\u9fff]/),
        url: expect.stringMatching(/^https?:/),
        publishedAt: expect.any(Date),
      });
      expect(item.text).not.toMatch(/<|function\s*\(|&nbsp;/);
    }
  });
});
