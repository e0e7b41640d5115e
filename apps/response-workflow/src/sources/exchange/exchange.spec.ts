import type { SourceSetting } from '@huiying/contracts';
import { readWritten } from './new-setting.js';
import { readOpml, writeOpml } from './opml.js';
import { readSourceCsv, sourceTable } from './source-csv.js';
import { lookAt } from './source-exchange.js';

const FEED: SourceSetting = {
  id: 'metro',
  name: '都市报 & "早报"',
  kind: 'feed',
  channel: 'news',
  url: 'https://metro.wangchuan.example/rss.xml?a=1&b=2',
  pollSeconds: 300,
  belongsToCity: true,
};
const PAGE: SourceSetting = {
  ...FEED,
  id: 'notices',
  name: '通知公告',
  kind: 'page',
  channel: 'gov-site',
  url: 'https://www.wangchuan.example/tzgg/',
  pollSecondsMost: 3600,
  page: { item: 'ul.list > li', pages: 2, articles: true },
};
const settingsOf = (written: ReturnType<typeof readOpml>) =>
  written.map(({ setting }) => readWritten(setting)).map((read) => ('setting' in read ? read.setting : read));
const csvText = (rows: string[][]) => rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');

describe('what was exported comes back as it was', () => {
  it('by OPML', () => expect(settingsOf(readOpml(writeOpml([FEED, PAGE], '清单')))).toEqual([FEED, PAGE]));
  it('by CSV', () => expect(settingsOf(readSourceCsv(csvText(sourceTable([FEED, PAGE]))))).toEqual([FEED, PAGE]));
});

describe('a file of another program', () => {
  it('OPML with folders, other names for the address, and no more than a title', () => {
    const opml = `<?xml version="1.0"?><opml version="1.0"><body><outline text="本地">
      <outline text="市政府" xmlUrl="https://www.wangchuan.gov.cn/rss.xml"/>
      <outline title="论坛" text="x" xmlurl="http://bbs.wangchuan.example/rss"/></outline><outline text="没有地址的文件夹"/></body></opml>`;
    const read = readOpml(opml);
    expect(read.map(({ line }) => line)).toEqual([2, 3]);
    expect(settingsOf(read)).toEqual([
      {
        id: expect.stringMatching(/^wangchuan-gov-cn-[0-9a-f]{6}$/),
        name: '市政府',
        kind: 'feed',
        channel: 'gov-site',
        url: 'https://www.wangchuan.gov.cn/rss.xml',
        pollSeconds: 300,
        belongsToCity: false,
      },
      expect.objectContaining({ name: '论坛', channel: 'forum' }),
    ]);
  });

  it('CSV in the words of staff', () => {
    const csv =
      '\uFEFF信源名称,网址,类型,渠道,是否本地\r\n市新闻网,https://news.wangchuan.example/,网页,新闻,是\r\n,,,,\r\n坏的,ftp://x,,,\r\n';
    const [first, second] = settingsOf(readSourceCsv(csv));
    expect(first).toMatchObject({ name: '市新闻网', kind: 'page', channel: 'news', belongsToCity: true });
    expect(second).toEqual({ faults: ['地址须为 http 或 https 开头的完整网址'] });
  });

  it.each([
    ['no column of addresses', '名称,备注\n甲,乙', 'must have a column of addresses'],
    ['nothing', '', 'must have a column of addresses'],
  ])('with %s is refused', (_, csv, rule) => expect(() => readSourceCsv(csv)).toThrow(rule));

  it('OPML with an entity from outside, or cut short, is read without it', () => {
    expect(
      readOpml('<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><outline text="&x;" xmlUrl="http://a.example/"/>')[0]!.setting,
    ).toEqual({ name: '&x;', url: 'http://a.example/' });
    expect(readOpml('not opml at all')).toEqual([]);
  });
});

describe('lookAt', () => {
  const known = [{ sourceId: 'metro', url: FEED.url, setting: FEED }];
  const outcome = (setting: Record<string, unknown>) => lookAt([{ line: 2, setting }], known)[0]!;
  it.each<[string, Record<string, unknown>, string]>([
    ['the same address and nothing else', { url: FEED.url }, 'known'],
    ['the same as it is', { ...FEED }, 'known'],
    ['the same with another interval', { ...FEED, pollSeconds: 600 }, 'changed'],
    ['another address', { url: 'https://b.example/rss' }, 'new'],
    ['another address under an id that is taken', { id: 'metro', url: 'https://b.example/rss' }, 'bad'],
    ['an interval of five seconds', { url: 'https://b.example/rss', pollSeconds: 5 }, 'bad'],
    ['a hotline', { url: 'https://b.example/rss', kind: 'hotline' }, 'bad'],
  ])('%s is %s', (_, setting, expected) => expect(outcome(setting).row.outcome).toBe(expected));

  it('keeps the id and what the file does not speak of', () => {
    expect(outcome({ id: 'other', name: '新名字', url: FEED.url }).setting).toEqual({ ...FEED, name: '新名字' });
  });

  it('an address twice in the file counts once', () => {
    const rows = lookAt(
      [
        { line: 2, setting: { url: 'https://b.example/' } },
        { line: 3, setting: { url: 'https://b.example/' } },
      ],
      [],
    );
    expect(rows.map(({ row }) => row.outcome)).toEqual(['new', 'bad']);
  });
});
