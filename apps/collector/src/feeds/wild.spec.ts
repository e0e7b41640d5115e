import * as fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Socket } from 'node:net';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { encode } from 'iconv-lite';
import { Fetcher } from '@huiying/fetching';
import { describeWith, measuredData } from '../../../../test/support/measured-data.js';
import { processorSeconds } from '../../../../test/support/processor-time.js';
import { readFeed, type ParsedFeed, type UnreadableFeed } from './parse-feed.js';
import { safeHtml } from './safe-html.js';

/** What must come of a document: the words of the measured sets' manifests. */
type Wanted = 'ok' | 'recover' | 'sanitised' | 'error' | 'bounded' | 'no-leak' | 'no-network' | 'no-crash' | 'no-pollution';
interface Case {
  name: string;
  bytes: Buffer;
  contentType?: string | null;
  wanted: Wanted;
  title?: string | null;
}

const read = (bytes: Buffer, contentType: string | null = null) => readFeed({ bytes, contentType, url: 'http://paper.example.cn/f' }, null);
const rss = (items: string, before = '') => `${before}<rss version="2.0"><channel><title>t</title>${items}</channel></rss>`;
const item = (title: string, more = '') => `<item><title>${title}</title><link>http://a.example/1</link>${more}</item>`;

/** All that the feed says, as it would be shown. */
function said(feed: ParsedFeed | UnreadableFeed): string {
  if (feed.outcome === 'unreadable') return '';
  const html = feed.entries.flatMap(({ summary, content }) => [summary, content]).map((markup) => markup && safeHtml(markup));
  return JSON.stringify([{ ...feed, entries: feed.entries.map((e) => ({ ...e, summary: null, content: null })) }, html]);
}

/** The module itself: a spy on an import would watch a copy of it. */
const files = jest.requireActual<typeof fs>('node:fs');
const doors = () => [
  jest.spyOn(Socket.prototype, 'connect'),
  jest.spyOn(files, 'openSync'),
  jest.spyOn(files, 'readFileSync'),
  jest.spyOn(files, 'open'),
  jest.spyOn(files, 'readFile'),
];

async function judge({ bytes, contentType = null, wanted, title }: Case): Promise<ParsedFeed | UnreadableFeed> {
  const watched = doors();
  let feed!: ParsedFeed | UnreadableFeed;
  let shown = '';
  const seconds = await processorSeconds(async () => (shown = said((feed = await read(bytes, contentType)))));
  watched.forEach((door) => expect(door).not.toHaveBeenCalled());
  jest.restoreAllMocks();
  expect(seconds).toBeLessThan(3);
  expect(shown.length).toBeLessThan(1_000_000);
  expect(shown).not.toMatch(/root:x|<script|javascript:|onerror|onclick/);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  if (wanted === 'error') expect(feed).toMatchObject({ outcome: 'unreadable', reason: expect.stringMatching(/\w/) });
  if (['ok', 'recover', 'sanitised'].includes(wanted)) {
    expect(feed.outcome === 'read' && feed.entries.length).toBeGreaterThan(0);
    if (title && feed.outcome === 'read') expect(feed.entries[0]!.title).toBe(title);
  }
  return feed;
}

/** One test per document, and the count of those that passed at the end. */
function judged(what: string, cases: readonly Case[]): void {
  let passed = 0;
  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    await judge(one);
    passed++;
  });
  afterAll(() => void process.stderr.write(`  ${what}: ${passed}/${cases.length}\n`));
}

const doctype = (subset: string) => `<?xml version="1.0"?><!DOCTYPE rss [${subset}]>`;
const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
const hostile: [name: string, document: string, wanted: Wanted, title?: string][] = [
  ['entities that grow a thousand million times', rss(item('&l9;'), doctype(`<!ENTITY l0 "lol">${laughs}`)), 'bounded'],
  ['one long entity, many times', rss(item('&a;'.repeat(2_000)), doctype(`<!ENTITY a "${'a'.repeat(50_000)}">`)), 'bounded'],
  ['a short entity, very many times', rss(item('&a;'.repeat(200_000)), doctype(`<!ENTITY a "${'a'.repeat(190)}">`)), 'bounded'],
  ['an entity that is a file', rss(item('&f;'), doctype('<!ENTITY f SYSTEM "file:///etc/passwd">')), 'no-leak'],
  ['an entity that is an address', rss(item('&f;'), doctype('<!ENTITY f SYSTEM "http://127.0.0.1:9/x">')), 'no-network'],
  ['a document type that is an address', rss(item('通报'), '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">'), 'recover', '通报'],
  ['parameter entities', rss(item('&all;'), doctype('<!ENTITY % a "<!ENTITY all \'boom\'>">%a;')), 'no-crash'],
  ['entities that contain each other', rss(item('&a;'), doctype('<!ENTITY a "&b;"><!ENTITY b "&a;">')), 'bounded'],
  ['comments without end in the document type', `<!DOCTYPE rss [${'<!--'.repeat(500_000)}`, 'error'],
  ['a hundred thousand elements in each other', rss(`<item>${'<b>'.repeat(100_000)}`), 'no-crash'],
  ['the same in a description', rss(item('通报', `<description>${'&lt;b&gt;'.repeat(100_000)}</description>`)), 'recover', '通报'],
  ['fifty thousand items', rss(item('i').repeat(50_000)), 'ok'],
  ['a title of six megabytes', rss(item('中'.repeat(2_000_000))), 'ok'],
  [
    'a hundred thousand namespaces',
    `<rss ${Array.from({ length: 100_000 }, (_, i) => `xmlns:n${i}="u"`).join(' ')}><channel>${'<item xmlns:b="c"><title>x</title></item>'.repeat(2_000)}`,
    'ok',
  ],
  [
    'words of JavaScript for elements',
    rss(
      `<__proto__><polluted>1</polluted></__proto__>${item('a', '<constructor><prototype>x</prototype></constructor><__proto__>x</__proto__>')}`,
    ),
    'no-pollution',
  ],
  [
    'scripts everywhere',
    rss(
      item(
        '&lt;img src=x onerror=alert(1)&gt;',
        '<link>javascript:alert(1)</link><description><![CDATA[<script>alert(1)</script><p onclick="x()">正文</p><a href="javascript:x()">a</a>]]></description>',
      ),
    ),
    'sanitised',
  ],
  ["HTML's entities without a declaration", rss(item('&ldquo;通报&rdquo;&mdash;&hellip; &copy;2026')), 'recover', '“通报”—… ©2026'],
  ['a bare ampersand', rss(item('A & B')), 'recover', 'A & B'],
  ['NUL and control characters', rss(item('\u0000通\u0001\u000b报\u001f')), 'recover', '通报'],
  ['a download cut short', '<rss><channel><item><title>通报</title><description>一<br>', 'recover', '通报'],
  [
    'CDATA without end',
    '<rss><channel><item><title><![CDATA[通报</title><link>http://a.example/1</link></item></channel></rss>',
    'recover',
    '通报',
  ],
  [
    'a page instead of a feed',
    '<!DOCTYPE html><html><head><title>首页</title></head><body>欢迎访问本网站，请返回首页查看</body></html>',
    'error',
  ],
  ["a firewall's challenge", '<script>document.cookie="x=1";location.reload()</script>', 'error'],
  ['nothing', '', 'error'],
  ['white space', ' \n\t\r\n ', 'error'],
];

const cut = (bytes: Buffer, from: number) => Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1)]);
const LONG = '五一假期首尾高峰时段，平均每天增开夜间列车';
const RARE = '镕赟喆堃：生僻字也要读对';
const declared = (title: string, name: string | null) => rss(item(title), name === null ? '' : `<?xml version="1.0" encoding="${name}"?>`);
const encoded = (title: string, as: string, name: string | null, addBOM = false) => encode(declared(title, name), as, { addBOM });
const truncated = encoded(LONG, 'gbk', 'gb2312');
const truncatedUtf8 = encoded(LONG, 'utf8', 'utf-8');
const encodings: Case[] = [
  { name: 'gb2312', bytes: encoded(LONG, 'gbk', 'gb2312'), title: LONG },
  { name: 'gb2312 that holds characters of GBK', bytes: encoded(RARE, 'gbk', 'gb2312'), title: RARE },
  { name: 'GBK, said twice', bytes: encoded(RARE, 'gbk', 'gbk'), contentType: 'text/xml; charset=gbk', title: RARE },
  { name: 'GB18030 of four bytes', bytes: encoded('生僻字㐀䶮𠮷𡈽', 'gb18030', 'gb18030'), title: '生僻字㐀䶮𠮷𡈽' },
  { name: 'Big5', bytes: encoded('臺中市政府：噪音陳情', 'big5', 'big5'), title: '臺中市政府：噪音陳情' },
  { name: 'GBK by the header alone', bytes: encoded(RARE, 'gbk', null), contentType: 'text/xml; charset=GBK', title: RARE },
  { name: 'GBK by no word at all', bytes: encoded(LONG, 'gbk', null), title: LONG },
  { name: 'UTF-8 that says gb2312', bytes: encoded(LONG, 'utf8', 'gb2312'), title: LONG },
  { name: 'UTF-8 whose header says gb2312', bytes: encoded(LONG, 'utf8', 'utf-8'), contentType: 'text/xml; charset=gb2312', title: LONG },
  { name: 'GBK that says utf-8', bytes: encoded(LONG, 'gbk', 'utf-8'), title: LONG },
  { name: 'GBK whose header says latin-1', bytes: encoded(LONG, 'gbk', null), contentType: 'text/xml; charset=iso-8859-1', title: LONG },
  { name: 'UTF-8 with a mark', bytes: encoded(LONG, 'utf8', 'utf-8', true), title: LONG },
  { name: 'blank lines and a mark', bytes: Buffer.concat([Buffer.from('\n\n'), encoded(LONG, 'utf8', 'utf-8', true)]), title: LONG },
  { name: 'UTF-16, little end first', bytes: encoded(LONG, 'utf-16le', 'utf-16', true), title: LONG },
  { name: 'UTF-16, big end first', bytes: encoded(LONG, 'utf-16be', 'utf-16', true), title: LONG },
  {
    name: 'a lead byte without its trail',
    bytes: cut(truncated, truncated.indexOf('</title></channel>') < 0 ? truncated.lastIndexOf('</title>') - 1 : 0),
  },
  { name: 'a title cut within a character', bytes: cut(truncatedUtf8, truncatedUtf8.lastIndexOf('</title>') - 1) },
  { name: 'trail bytes that are signs of ASCII', bytes: encoded('许許沴誠功能', 'gbk', 'gbk'), title: '许許沴誠功能' },
].map((one) => ({ wanted: 'ok' as const, ...one }));

it('a look into a file is seen', () => {
  const [, , readFile] = doors();
  files.readFileSync(__filename);
  expect(readFile).toHaveBeenCalled();
  jest.restoreAllMocks();
});

describe('no document makes reading throw, hang, grow, look into a file or ask the network', () => {
  judged(
    'hostile documents (ours)',
    hostile.map(([name, document, wanted, title]) => ({ name, bytes: Buffer.from(document), wanted, title: title ?? null })),
  );

  it('whatever it is made of', async () => {
    const parts = fc.constantFrom(
      ...'<rss>|<channel>|<item>|</item>|</channel>|<feed xmlns="http://www.w3.org/2005/Atom">|<entry>|<title>|</title>|<link href="|"/>|<content type="xhtml">|<content type="|base64|</content>|<div>|</div>|<![CDATA[|]]>|&lt;b&gt;|&|<|>|"|<!DOCTYPE rss [|<!ENTITY a "b">|]>|<!--|-->|<?xml encoding="|gb2312|?>|<author>|<name>|<pubDate>|2026-01-01|xml:base="http://a/"|<a href="javascript:x">|中|\u0000|\ud800|<rdf:RDF>|{"version":"https://jsonfeed.org/version/1","items":[|{"id":1}|]}|__proto__'.split(
        '|',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(parts, fc.string({ maxLength: 4 })), { maxLength: 40 }), async (document) => {
        const feed = await read(Buffer.from(document.join('')));
        expect(said(feed)).not.toMatch(/<script|=\\"\s*javascript:/i);
      }),
      { numRuns: 400 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => void (await read(Buffer.from(bytes)))),
      { numRuns: 300 },
    );
  });

  it('a gzip bomb is cut off by the fetcher before it is a document', async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(64_000_000)));
    const server = createServer(
      (_, res) => void res.writeHead(200, { 'content-encoding': 'gzip, gzip', 'content-type': 'text/xml' }).end(bomb),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const fetcher = new Fetcher({ allow: [host] });
    expect(await fetcher.fetch(`http://${host}/`, { etag: null, lastModified: null })).toMatchObject({
      outcome: 'failed',
      kind: 'too-large',
    });
    await fetcher.close();
    server.close();
    // As a file it is no feed.
    expect(await read(bomb)).toMatchObject({ outcome: 'unreadable', kind: 'no-feed' });
  });
});

describe('Chinese is read in whatever encoding, called by whatever name', () => judged('encodings (ours)', encodings));

interface Row {
  file: string;
  content_type?: string;
  title?: string | null;
  expect: Wanted;
}
const casesOf = (folder: string): Case[] =>
  fs
    .readFileSync(resolve(folder, 'manifest.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
    .map(({ file, content_type = null, title = null, expect: wanted }) => ({
      name: file,
      bytes: fs.readFileSync(resolve(folder, file)),
      contentType: content_type,
      title,
      wanted,
    }));

const hostileFolder = measuredData('feeds', 'hostile');
describeWith(hostileFolder, 'hostile documents collected')('hostile documents collected', () => {
  judged(
    'hostile documents collected',
    hostileFolder ? casesOf(hostileFolder) : [{ name: 'none', bytes: Buffer.alloc(0), wanted: 'error' }],
  );
});

const encodingsFolder = measuredData('feeds', 'chinese_encodings');
describeWith(encodingsFolder, 'Chinese encodings collected')('Chinese encodings collected', () => {
  judged(
    'Chinese encodings collected',
    encodingsFolder ? casesOf(encodingsFolder) : [{ name: 'none', bytes: Buffer.alloc(0), wanted: 'error' }],
  );
});
