import { resolve } from 'node:path';
import { parseConfig } from './config-file.js';
import { readSources, sourcesFile } from './sources.js';

const FEED =
  '{ id: paper, name: 日报, kind: feed, channel: news, url: "https://paper.example/rss.xml", pollSeconds: 60, belongsToCity: true }';
const parse = (...entries: string[]) => parseConfig('sources.yaml', `sources:\n${entries.map((e) => `  - ${e}\n`).join('')}`, sourcesFile);

describe('readSources', () => {
  it('reads the example that ships in config/', () => {
    const sources = readSources(resolve(__dirname, '../../../config'));
    expect(sources.length).toBeGreaterThanOrEqual(8);
    expect(sources.filter((s) => s.kind === 'hotline')).toHaveLength(1);
    expect(Object.isFrozen(sources[0])).toBe(true);
  });

  it('polls every 300 s where nothing else is said', () => {
    expect(parse(FEED.replace(' pollSeconds: 60,', '')).sources[0]).toMatchObject({ pollSeconds: 300 });
  });

  it.each([
    ['29 s between polls', [FEED.replace('60', '29')], 'line 2: sources.0.pollSeconds: must be a whole number from 30 to 86400'],
    ['more than a day between polls', [FEED.replace('60', '86401')], 'sources.0.pollSeconds: must be a whole number from 30 to 86400'],
    ['an unknown key', [FEED.replace('pollSeconds', 'pollSecond')], 'Unrecognized key: "pollSecond"'],
    ['a file address', [FEED.replace('https://paper.example/rss.xml', 'file:///etc/passwd')], 'sources.0.url'],
    ['a feed without an address', [FEED.replace(' url: "https://paper.example/rss.xml",', '')], 'a feed needs the address to poll'],
    ['a hotline with an address', [FEED.replace('kind: feed, channel: news', 'kind: hotline, channel: hotline')], 'has no address to poll'],
    ['a feed on the hotline channel', [FEED.replace('news', 'hotline')], 'must be hotline exactly where kind is hotline'],
    ['the same id twice', [FEED, FEED.replace('rss.xml', 'b.xml')], 'sources.1.id: paper is used by an earlier source'],
    ['the same address twice', [FEED, FEED.replace('paper,', 'paper-b,')], 'sources.1.url: is polled by an earlier source already'],
    ['a capital in the id', [FEED.replace('paper,', 'Paper,')], 'must be lower-case letters'],
  ])('refuses %s', (_, entries, fault) => {
    expect(() => parse(...entries)).toThrow(fault);
  });

  it('accepts the edges 30 and 86400', () => {
    expect(parse(FEED.replace('60', '30'), FEED.replace('60', '86400').replace('paper,', 'b,').replace('rss', 'b')).sources).toHaveLength(
      2,
    );
  });
});
