import { decode } from 'iconv-lite';
import Parser from 'rss-parser';
import { DEMO_FEEDS } from './feeds/demo-feeds.js';
import { LIVE_STORY_KEY } from './live/first-hours.js';
import { liveHotline } from './live/live-hotline.js';
import { liveItems } from './live/live-items.js';
import { after, before } from './moments.js';
import { officialPages, script } from './script.js';
import { documentWith, openDemoSite } from './site.js';
import { demoSources, HOTLINE_SOURCE_ID } from './sources.js';

const START = new Date('2026-11-23T16:10:00+08:00');
const PORT = 8621;
const ORIGIN = `http://127.0.0.1:${PORT}`;
const site = openDemoSite(START, PORT);
const steps = script(START).flatMap((step) => (step.kind === 'feed-item' ? [step] : []));
const sound = DEMO_FEEDS.filter((feed) => feed.format !== 'broken');

async function read(path: string, now: Date, encoding: string) {
  const answer = site.documentFor(path, now)!;
  expect(answer.status).toBe(200);
  expect(answer.headers['content-length']).toBe(String(answer.body.length));
  return { answer, feed: await new Parser().parseString(decode(answer.body, encoding)) };
}

describe('the sources of the demo', () => {
  it('are ten feeds of different forms and encodings, two pages without a feed, one of them of policy documents, and the hotline', () => {
    const sources = demoSources(PORT);
    expect(sources).toHaveLength(13);
    expect(new Set(sources.map((s) => s.id)).size).toBe(13);
    expect(sources.find((s) => s.id === HOTLINE_SOURCE_ID)).toMatchObject({ kind: 'hotline', url: null });
    for (const { url, pollSeconds } of sources) {
      if (url !== null) expect(url.startsWith(`${ORIGIN}/`)).toBe(true);
      expect(pollSeconds).toBeGreaterThanOrEqual(30);
      expect(pollSeconds).toBeLessThanOrEqual(86_400);
    }
    expect(new Set(DEMO_FEEDS.map((f) => `${f.format}/${f.declared}`)).size).toBeGreaterThanOrEqual(7);
  });
});

describe.each(sound.map((feed) => [feed.id, feed] as const))('the feed of %s', (_, feed) => {
  it('parses after decoding and gives back title, text, link and time of the newest items', async () => {
    const wanted = steps
      .filter((s) => s.sourceId === feed.id)
      .slice(-30)
      .reverse();
    const { feed: parsed } = await read(feed.feedPath, START, feed.bytes);
    expect(parsed.title).toBe(feed.name);
    expect(parsed.items.map((i) => i.title)).toEqual(wanted.map((s) => s.item.title));
    expect(parsed.items.map((i) => i.link)).toEqual(wanted.map((s) => `${ORIGIN}${s.item.path}`));
    expect(parsed.items.map((i) => i.contentSnippet!.replace(/\s/g, ''))).toEqual(wanted.map((s) => s.item.text.replace(/\s/g, '')));
    if (feed.dates !== 'zoneless') expect(parsed.items.map((i) => new Date(i.isoDate!))).toEqual(wanted.map((s) => s.item.publishedAt));
  });

  it('declares the encoding it says it declares', () => {
    const head = site.documentFor(feed.feedPath, START)!.body.subarray(0, 80).toString('latin1');
    expect(head).toContain(`encoding="${feed.declared}"`);
  });

  it('says 304 to a reader that has it all, by tag or by time', () => {
    const { headers } = site.documentFor(feed.feedPath, START)!;
    const etag = headers['etag']!;
    expect(site.documentFor(feed.feedPath, START, { ifNoneMatch: etag })).toMatchObject({ status: 304, body: Buffer.alloc(0) });
    expect(site.documentFor(feed.feedPath, START, { ifNoneMatch: `"old", W/${etag}` })!.status).toBe(304);
    expect(site.documentFor(feed.feedPath, START, { ifNoneMatch: '"old"', ifModifiedSince: headers['last-modified'] })!.status).toBe(200);
    expect(site.documentFor(feed.feedPath, START, { ifModifiedSince: headers['last-modified'] })!.status).toBe(304);
    expect(
      site.documentFor(feed.feedPath, START, { ifModifiedSince: new Date(Date.parse(headers['last-modified']!) - 1000).toUTCString() })!
        .status,
    ).toBe(200);
  });

  it('has a page behind every item, in its encoding', () => {
    for (const { item } of steps.filter((s) => s.sourceId === feed.id)) {
      const answer = site.documentFor(item.path, START)!;
      expect(decode(answer.body, feed.bytes)).toContain(
        item.title.replaceAll('"', '&quot;').replaceAll('&', '&amp;').slice(0, 12).split('&')[0]!,
      );
      expect(decode(answer.body, feed.bytes)).not.toContain('\ufffd');
    }
  });
});

describe('the encodings', () => {
  const bytesOf = (id: string) => site.documentFor(DEMO_FEEDS.find((f) => f.id === id)!.feedPath, START)!.body;
  it('is GBK and not GB2312 where GB2312 is declared', () => {
    // 喆 is 86 B4 in GBK; GB2312 has no lead byte below A1.
    expect(
      documentWith('wangchuan-metro', [steps.find((s) => s.item.author === '都市报记者 陶喆宁')!.item], PORT).body.includes(
        Buffer.from([0x86, 0xb4]),
      ),
    ).toBe(true);
  });
  it('uses the four bytes of GB18030', () => {
    const rare = steps.find((s) => s.item.title.includes('㘵'))!.item;
    expect(decode(documentWith('sifang-news', [rare], PORT).body, 'gb18030')).toContain('㘵头村');
    expect(decode(documentWith('sifang-news', [rare], PORT).body, 'gb2312')).not.toContain('㘵头村');
  });
  it('is no UTF-8 where it is not called so', () => {
    for (const id of ['wangchuan-metro', 'sifang-news', 'xiangqin-forum']) expect(bytesOf(id).toString('utf8')).toContain('\ufffd');
  });
});

describe('the forum', () => {
  it('gives neither guid nor zone', () => {
    const body = site.documentFor('/forum/rss.php', START)!.body.toString('utf8');
    expect(body).not.toContain('<guid');
    expect(body).toMatch(/<pubDate>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d<\/pubDate>/);
  });
});

describe('the county that is down', () => {
  it.each([
    ['2026-11-23T16:10:00+08:00', 503],
    ['2026-11-23T16:20:00+08:00', 200],
  ])('at %s answers %d with a page that is no feed', async (now, status) => {
    const answer = site.documentFor('/yanming/rss.xml', new Date(now))!;
    expect(answer.status).toBe(status);
    await expect(new Parser().parseString(answer.body.toString('utf8'))).rejects.toThrow();
  });
});

describe('documentFor', () => {
  it('serves an official page from its publication on, and never before', () => {
    for (const page of officialPages(START)) {
      expect(site.documentFor(page.path, before(page.publishedAt, { seconds: 1 }))).toBeNull();
      expect(site.documentFor(page.path, page.publishedAt)!.body.toString('utf8')).toContain(page.title);
    }
  });
  it.each(['/nothing', '/news/20261123/9999.html', '/forum/../etc/passwd', '/news/t5.html', '/forum/20261123/t99999999999.html', ''])(
    'has no page %s',
    (path) => {
      expect(site.documentFor(path, START)).toBeNull();
    },
  );
  it('serves the same past after a restart', () => {
    const again = openDemoSite(new Date(START), PORT);
    const later = after(START, { days: 3 });
    for (const feed of sound) expect(again.documentFor(feed.feedPath, later)).toEqual(site.documentFor(feed.feedPath, later));
  });
});

describe('what appears after the start', () => {
  it('what happens from now on begins when the past is whole, however long that took', () => {
    let liveAt: Date | null = null;
    const slow = openDemoSite(START, PORT, () => liveAt);
    const news = (at: Date): string => slow.documentFor('/news/rss.xml', at)!.body.toString('utf8');
    expect(news(after(START, { minutes: 5 }))).not.toContain('脚手架坍塌');
    liveAt = after(START, { minutes: 5 });
    expect(news(after(liveAt, { seconds: 39 }))).not.toContain('脚手架坍塌');
    expect(news(after(liveAt, { seconds: 40 }))).toContain('脚手架坍塌');
  });

  it('begins after 40 s with a grave matter on a feed that is polled each half minute', () => {
    expect(liveItems(START, after(START, { seconds: 39 }))).toEqual([]);
    const [first] = liveItems(START, after(START, { seconds: 40 }));
    expect(first).toMatchObject({ storyKey: LIVE_STORY_KEY, sourceId: 'wangchuan-news' });
    const feed = () => site.documentFor('/news/rss.xml', after(START, { seconds: 40 }))!.body.toString('utf8');
    expect(feed()).toContain('脚手架坍塌');
    expect(site.documentFor('/news/rss.xml', after(START, { seconds: 39 }))!.body.toString('utf8')).not.toContain('脚手架坍塌');
  });

  it('goes on for hours without half an hour of silence, then every day for ever', () => {
    const hours = liveItems(START, after(START, { hours: 4 }));
    expect(hours.length).toBeGreaterThanOrEqual(24);
    for (let i = 1; i < hours.length; i++) expect(hours[i]!.at.getTime() - hours[i - 1]!.at.getTime()).toBeLessThan(30 * 60_000);
    for (const day of [2, 40, 400]) {
      const from = after(START, { days: day });
      const items = liveItems(START, after(from, { days: 1 }), 200).filter((s) => s.at > from && s.sourceId !== 'qingwu-traffic');
      expect(items.length).toBeGreaterThan(40);
      expect(items.length).toBeLessThan(97);
    }
  });

  it('never says the same twice in a month, and every item has its page', () => {
    const month = liveItems(START, after(START, { days: 30 }));
    const texts = month.map((s) => s.item.title + s.item.text);
    expect(texts.filter((text, i) => texts.indexOf(text) < i)).toEqual([]);
    expect(new Set(month.map((s) => s.item.path)).size).toBe(month.length);
    for (const { item } of month) expect(site.documentFor(item.path, item.publishedAt)!.status).toBe(200);
    expect(site.documentFor(month.at(-1)!.item.path, START)).toBeNull();
  });

  it('shows what looking back a little shows as looking back all the way', () => {
    const until = after(START, { days: 20 });
    expect(liveItems(START, until, 50).slice(-30)).toEqual(liveItems(START, until).slice(-30));
  });

  it('reads well in every feed a month later', async () => {
    const later = after(START, { days: 30 });
    for (const feed of sound)
      expect((await read(feed.feedPath, later, feed.bytes)).feed.items.length).toBe(
        Math.min(
          30,
          steps.filter((s) => s.sourceId === feed.id).length + liveItems(START, later).filter((s) => s.sourceId === feed.id).length,
        ),
      );
  });

  it('lets the hotline ring, the same calls however the time is cut', () => {
    const end = after(START, { days: 1 });
    const middle = after(START, { hours: 7, minutes: 3 });
    const whole = liveHotline(START, START, end);
    expect(whole.length).toBeGreaterThan(60);
    expect([...liveHotline(START, START, middle), ...liveHotline(START, middle, end)]).toEqual(whole);
    expect(new Set(whole.map((s) => s.record.orderNo)).size).toBe(whole.length);
  });
});
