import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MovableClock } from '@huiying/domain';
import { Fetcher } from '@huiying/fetching';
import { PoliteFetcher } from './polite-fetcher.js';

let server: Server;
let origin: string;
let robots: (res: ServerResponse) => void;
const asked: string[] = [];
const fetchers: Fetcher[] = [];
const NOTHING = { etag: null, lastModified: null };
const clock = new MovableClock(new Date('2026-11-02T09:00:00+08:00'));

beforeAll(async () => {
  server = createServer((req: IncomingMessage, res) => {
    asked.push(req.url!);
    if (req.url === '/robots.txt') robots(res);
    else res.end('<rss/>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => void asked.splice(0));
afterAll(async () => {
  await Promise.all(fetchers.map((fetcher) => fetcher.close()));
  server.closeAllConnections();
  server.close();
});

/** The loopback server stands for a public one: allowed by the guard, and yet not one of our own. */
function polite(spacingMs = 0, isOwn = false) {
  const fetcher = new Fetcher({ allow: [new URL(origin).host] });
  fetchers.push(fetcher);
  return new PoliteFetcher(fetcher, clock, { spacingMs, isOwn: () => isOwn });
}
const saying =
  (text: string, status = 200) =>
  (res: ServerResponse) =>
    void res.writeHead(status, { 'content-type': 'text/plain' }).end(text);

describe('robots.txt', () => {
  it.each([
    ['says nothing about us', saying('User-agent: other\nDisallow: /'), 'fetched'],
    ['forbids everybody', saying('User-agent: *\nDisallow: /'), '对方 robots.txt 不允许抓取此地址'],
    ['forbids us by name', saying('User-agent: *\nAllow: /\nUser-agent: Huiying\nDisallow: /feed'), '对方 robots.txt 不允许抓取此地址'],
    ['forbids another folder', saying('User-agent: *\nDisallow: /admin'), 'fetched'],
    ['is not there', saying('no', 404), 'fetched'],
    ['is the home page', saying('<!DOCTYPE html><html>Disallow: /</html>'), 'fetched'],
    ['cannot be had', saying('no', 503), '对方 robots.txt 暂时读不到，稍后再试'],
  ])('that %s', async (_, answer, expected) => {
    robots = answer;
    const got = await polite().fetch({}, `${origin}/feed.xml`, NOTHING);
    expect(got.outcome === 'failed' ? got.said : got.outcome).toBe(expected);
  });

  it('is asked once a day, and its last word holds while it cannot be had', async () => {
    robots = saying('User-agent: *\nDisallow: /feed');
    const fetcher = polite();
    for (let i = 0; i < 3; i++) await fetcher.fetch({}, `${origin}/feed.xml`, NOTHING);
    expect(asked).toEqual(['/robots.txt']);
    clock.advance({ hours: 25 });
    robots = saying('no', 503);
    expect(await fetcher.fetch({}, `${origin}/feed.xml`, NOTHING)).toMatchObject({ kind: 'robots', cause: 'blocked' });
    expect(asked).toEqual(['/robots.txt', '/robots.txt']);
  });

  it('is not asked where the owner has agreed: by setting, or one of our own net', async () => {
    robots = saying('User-agent: *\nDisallow: /');
    expect(await polite().fetch({ heedsRobots: false }, `${origin}/feed.xml`, NOTHING)).toMatchObject({ outcome: 'fetched' });
    expect(await polite(0, true).fetch({}, `${origin}/feed.xml`, NOTHING)).toMatchObject({ outcome: 'fetched' });
    expect(asked).toEqual(['/feed.xml', '/feed.xml']);
  });
});

describe('the pause between two requests to one host', () => {
  it('is ours, or the longer one that the site asks for', async () => {
    robots = saying('User-agent: *\nCrawl-delay: 7');
    const fetcher = polite(20);
    expect(fetcher.pauseAfter(origin)).toBe(20);
    await fetcher.fetch({}, `${origin}/feed.xml`, NOTHING, 100);
    expect(fetcher.pauseAfter(origin)).toBe(7000);
    expect(polite(20, true).pauseAfter(origin)).toBe(0);
  });

  it('is kept', async () => {
    robots = saying('', 404);
    const fetcher = polite(60);
    const begun = performance.now();
    for (let i = 0; i < 3; i++) await fetcher.fetch({}, `${origin}/a.xml`, NOTHING);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(175); // robots.txt, and two pauses more
  });

  it('that is longer than there is patience for is not waited for', async () => {
    robots = saying('User-agent: *\nCrawl-delay: 9');
    const answer = await polite().fetch({}, `${origin}/feed.xml`, NOTHING, 100);
    expect(answer).toMatchObject({ outcome: 'failed', kind: 'too-soon' });
    expect(asked).toEqual(['/robots.txt']);
  });
});
