import { readFeed, type FeedEntry, type ParsedFeed } from './parse-feed.js';
import { safeHtml } from './safe-html.js';

/** Ordinary feeds as they are met: old Atom, RDF, channel definitions, modules under odd prefixes, Atom inside RSS. */
const NAMESPACES = [
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:dcterms="http://purl.org/dc/terms/"',
  'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
  'xmlns:itunes="http://www.itunes.com/DTDs/Podcast-1.0.dtd"',
  'xmlns:media="http://search.yahoo.com/mrss"',
  'xmlns:atom="http://www.w3.org/2005/Atom"',
].join(' ');
const XHTML = 'xmlns="http://www.w3.org/1999/xhtml"';
const RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"';
const rss = (inner: string) => `<?xml version="1.0"?><rss version="2.0" ${NAMESPACES}><channel>${inner}</channel></rss>`;
const item = (inner: string, namespace = '') => `<rss ${namespace || NAMESPACES}><channel><item>${inner}</item></channel></rss>`;
const atom = (inner: string) => `<feed xmlns="http://www.w3.org/2005/Atom">${inner}</feed>`;
const entry = (inner: string) => atom(`<entry>${inner}</entry>`);
const old = (inner: string) => `<feed version="0.3" xmlns="http://purl.org/atom/ns#">${inner}</feed>`;
const oldEntry = (inner: string) => old(`<entry>${inner}</entry>`);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const at = (iso: string) => new Date(iso);

const read = async (document: string): Promise<ParsedFeed> => {
  const feed = await readFeed({ bytes: Buffer.from(document), contentType: null, url: null }, null);
  if (feed.outcome !== 'read') throw new Error(feed.reason);
  return feed;
};

type Entry = Partial<Record<keyof FeedEntry, unknown>>;
type Feed = Partial<Record<keyof ParsedFeed, unknown>>;

describe('an entry', () => {
  it.each<[string, string, Entry]>([
    [
      'old Atom: title in base64',
      oldEntry(`<title type="text/html" mode="base64">${base64('<b>停水</b> 通知')}</title>`),
      { title: '停水 通知' },
    ],
    [
      'old Atom: title of elements',
      oldEntry(`<title type="application/xhtml+xml" mode="xml"><div ${XHTML}>停水 <b>通知</b></div></title>`),
      { title: '停水 通知' },
    ],
    [
      'old Atom: title of naked elements',
      oldEntry(`<title type="application/xhtml+xml">停水 <b ${XHTML}>通知</b></title>`),
      { title: '停水 通知' },
    ],
    ['old Atom: escaped title', oldEntry('<title mode="escaped">停水 &lt;b&gt;通知&lt;/b&gt;</title>'), { title: '停水 通知' }],
    [
      'old Atom: several forms, plain first',
      oldEntry(
        `<content type="multipart/alternative"><content type="text/plain">停水</content><content type="application/xhtml+xml" mode="xml"><p ${XHTML}>停水</p></content></content>`,
      ),
      { content: '<p>停水</p>' },
    ],
    [
      'old Atom: several forms, plain last',
      oldEntry(
        '<content type="multipart/alternative"><content type="text/html" mode="escaped">&lt;p&gt;停水&lt;/p&gt;</content><content type="text/plain">停水</content></content>',
      ),
      { content: '<p>停水</p>' },
    ],
    ['old Atom: created', oldEntry('<created>2004-01-01T19:48:21Z</created>'), { publishedAt: at('2004-01-01T19:48:21Z') }],
    ['old Atom: an author without a name', oldEntry('<author><url>http://e.example/</url></author>'), { author: null }],
    ['title of XHTML', entry(`<title type="xhtml"><div ${XHTML}>水压 <b>低</b> &lt; 2</div></title>`), { title: '水压 低 < 2' }],
    ['title that is text with brackets', entry('<title type="text">用 &lt;b&gt; 标签</title>'), { title: '用 <b> 标签' }],
    ['title twice escaped', entry('<title type="html">&amp;lt;b&amp;gt; 标签</title>'), { title: '<b> 标签' }],
    ['title of HTML in CDATA', entry('<title type="html"><![CDATA[水 &amp; 电 <i>通知</i>]]></title>'), { title: '水 & 电 通知' }],
    ['title of text in CDATA', entry('<title><![CDATA[水 &amp; 电]]></title>'), { title: '水 &amp; 电' }],
    [
      'Atom under a prefix',
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>停水</a:title><a:link href="http://e.example/1"/><a:id>i</a:id><a:updated>2005-01-01T00:00:00Z</a:updated></a:entry></a:feed>',
      { title: '停水', link: 'http://e.example/1', id: 'i', updatedAt: at('2005-01-01T00:00:00Z') },
    ],
    ['a base at the link itself', entry('<link xml:base="http://e.example/b/" href="c"/>'), { link: 'http://e.example/b/c' }],
    [
      'a relation as an address',
      entry('<link rel="http://www.iana.org/assignments/relation/alternate" href="http://e.example/1"/>'),
      { link: 'http://e.example/1' },
    ],
    [
      'the source of a copy with dates and links',
      entry('<source><updated>2001-01-01T00:00:00Z</updated><title>源</title><link href="http://s.example/"/></source><title>停水</title>'),
      { title: '停水', updatedAt: null, link: null },
    ],
    [
      'content elsewhere and a summary',
      entry('<content src="http://e.example/x.jpg" type="image/jpeg"/><summary>停水</summary>'),
      { summary: '停水', content: null },
    ],
    [
      'two contents',
      entry('<content type="html">&lt;p&gt;1&lt;/p&gt;</content><content type="html">&lt;p&gt;2&lt;/p&gt;</content>'),
      { content: '<p>1</p>' },
    ],
    ['a title in CDATA', item('<title><![CDATA[水 & 电 <b>通知</b>]]></title>'), { title: '水 & 电 通知' }],
    ['characters by number', item('<title>&#x4E2D;&#25991; &#8220;a&#8221; &#151;</title>'), { title: '中文 “a” —' }],
    ["XML's own entities", item('<title>it&apos;s &quot;q&quot;</title>'), { title: 'it\'s "q"' }],
    ['a comment in a title', item('<title>停<!-- x -->水</title>'), { title: '停水' }],
    ['two CDATA sections', item('<description><![CDATA[停]]><![CDATA[水]]></description>'), { summary: '停水' }],
    ['CDATA with its end in it', item('<description><![CDATA[a ]]]]><![CDATA[> b]]></description>'), { summary: 'a ]]&gt; b' }],
    ['naked paragraphs', item('<description><p>a</p><p>b</p></description>'), { summary: '<p>a</p><p>b</p>' }],
    ['a full item', item('<fullitem>&lt;p&gt;停水&lt;/p&gt;</fullitem>'), { content: '<p>停水</p>' }],
    [
      'a body under a prefix, its elements too',
      item('<x:body xmlns:x="http://www.w3.org/1999/xhtml"><x:p>停水</x:p></x:body>'),
      { content: '<p>停水</p>' },
    ],
    [
      'Dublin Core under another prefix',
      item('<z:date>2003-12-31T10:14:55Z</z:date>', 'xmlns:z="http://purl.org/dc/elements/1.1/"'),
      { publishedAt: at('2003-12-31T10:14:55Z') },
    ],
    ['Dublin Core 1.0', item('<z:creator>王晓</z:creator>', 'xmlns:z="http://purl.org/dc/elements/1.0/"'), { author: '王晓' }],
    [
      "Dublin Core by RSS 1.0's address",
      item('<z:creator>王晓</z:creator>', 'xmlns:z="http://purl.org/rss/1.0/modules/dc/"'),
      { author: '王晓' },
    ],
    [
      'a podcast under another prefix',
      item('<z:author>王晓</z:author>', 'xmlns:z="http://example.com/DTDs/PodCast-1.0.dtd"'),
      { author: '王晓' },
    ],
    ['a podcast with a title of its own only', item('<itunes:title>第三期</itunes:title>'), { title: '第三期' }],
    ['a podcast with both titles', item('<itunes:title>三</itunes:title><title>第三期：供暖</title>'), { title: '第三期：供暖' }],
    [
      'a description before a podcast’s summary',
      item('<itunes:summary>长</itunes:summary><description>短</description>'),
      { summary: '短' },
    ],
    [
      'a picture’s words before the item’s',
      item(
        '<media:content url="x"><media:title>图</media:title><media:description>图说</media:description></media:content><title>文</title><description>正文</description>',
      ),
      { title: '文', summary: '正文' },
    ],
    [
      'created and modified',
      item('<dcterms:created>2003-12-31T10:14:55Z</dcterms:created><dcterms:modified>2004-01-01T00:00:00Z</dcterms:modified>'),
      { publishedAt: at('2003-12-31T10:14:55Z'), updatedAt: at('2004-01-01T00:00:00Z') },
    ],
    ['the day it expires', item('<expirationDate>2004-01-01T00:00:00Z</expirationDate>'), { publishedAt: null, updatedAt: null }],
    ['the page of its comments', item('<comments>http://c.example/</comments>'), { link: null }],
    [
      'an enclosure before the link',
      item('<link rel="enclosure" href="http://e.example/1.mp3"/><link>http://e.example/1</link>'),
      { link: 'http://e.example/1' },
    ],
    [
      'Atom’s content in RSS',
      item(`<atom:content type="xhtml"><div ${XHTML}><p>停水</p></div></atom:content>`),
      { content: '<p>停水</p>' },
    ],
    ['Atom’s summary in RSS', item('<atom:summary type="html">&lt;p&gt;停水&lt;/p&gt;</atom:summary>'), { summary: '<p>停水</p>' }],
    ['Atom’s author in RSS', item('<atom:author><atom:name>王晓</atom:name></atom:author>'), { author: '王晓' }],
    ['Atom’s date in RSS', item('<atom:published>2004-01-01T00:00:00Z</atom:published>'), { publishedAt: at('2004-01-01T00:00:00Z') }],
    [
      'RSS 1.0 under a prefix',
      `<rdf:RDF ${RDF} xmlns:r="http://purl.org/rss/1.0/"><r:channel rdf:about="http://c.example/"><r:title>公告</r:title></r:channel><r:item rdf:about="http://c.example/1"><r:title>停水</r:title><r:link>http://c.example/1</r:link><r:description>三小时</r:description></r:item></rdf:RDF>`,
      { title: '停水', link: 'http://c.example/1', summary: '三小时' },
    ],
    [
      'RSS 1.1',
      `<Channel xmlns="http://purl.org/net/rss1.1#" ${RDF} rdf:about="http://c.example/"><title>公告</title><items rdf:parseType="Collection"><item rdf:about="http://c.example/1"><title>停水</title><link>http://c.example/1</link></item></items></Channel>`,
      { title: '停水', link: 'http://c.example/1' },
    ],
    [
      'RSS 2.0 under a prefix',
      item('', 'xmlns:r="http://backend.userland.com/rss2"').replace('<item></item>', '<r:item><r:title>停水</r:title></r:item>'),
      { title: '停水' },
    ],
    [
      'beside its channel',
      '<rss version="2.0"><channel><title>公告</title></channel><item><title>停水</title></item></rss>',
      { title: '停水' },
    ],
    [
      'a channel definition’s link',
      '<CHANNEL><ITEM><A HREF="http://e.example/1">x</A><TITLE>停水</TITLE></ITEM></CHANNEL>',
      { title: '停水', link: 'http://e.example/1' },
    ],
    [
      'a base over all of RSS',
      '<rss version="2.0" xml:base="http://b.example/x/"><channel><item><link>y</link><description>&lt;a href="z"&gt;文&lt;/a&gt;</description></item></channel></rss>',
      { link: 'http://b.example/x/y', summary: '<a href="http://b.example/x/z">文</a>' },
    ],
    ['nothing in its elements', item('<title>  </title><link/><description/>'), { title: '', link: null, summary: null }],
  ])('%s', async (_, document, expected) => {
    const first = (await read(document)).entries[0]!;
    const shown = { ...first, summary: first.summary && safeHtml(first.summary), content: first.content && safeHtml(first.content) };
    expect(shown).toMatchObject(expected);
  });
});

describe('a feed', () => {
  it.each<[string, string, Feed]>([
    [
      'old Atom: an escaped tagline',
      old('<tagline type="text/html" mode="escaped">&lt;b&gt;公告&lt;/b&gt; 全文</tagline>'),
      { description: '公告 全文' },
    ],
    ['a subtitle of XHTML', atom(`<subtitle type="xhtml"><div ${XHTML}>公告 <b>全文</b></div></subtitle>`), { description: '公告 全文' }],
    ['a creator', rss('<dc:creator>王晓</dc:creator>'), { author: '王晓' }],
    [
      'a podcast’s author and summary',
      rss('<itunes:author>望川电台</itunes:author><itunes:summary>每日一期</itunes:summary>'),
      { author: '望川电台', description: '每日一期' },
    ],
    ['dates by Dublin Core', rss('<dcterms:modified>2003-12-31T10:14:55Z</dcterms:modified>'), { updatedAt: at('2003-12-31T10:14:55Z') }],
    [
      'its search field and picture first',
      rss(
        '<textInput><title>搜</title><link>http://i.example/</link><description>d</description></textInput><image><title>图</title><link>http://i.example/</link></image><title>公告</title><link>http://f.example/</link><description>全文</description>',
      ),
      { title: '公告', link: 'http://f.example/', description: '全文' },
    ],
    [
      'the link to itself first',
      rss('<atom:link rel="self" href="http://f.example/self"/><link>http://f.example/</link>'),
      { link: 'http://f.example/' },
    ],
    [
      'items before its channel',
      `<rdf:RDF ${RDF} xmlns="http://purl.org/rss/1.0/"><item rdf:about="http://c.example/1"><title>停水</title></item><channel rdf:about="http://c.example/"><title>公告</title></channel></rdf:RDF>`,
      { title: '公告' },
    ],
    [
      'a channel definition',
      '<CHANNEL><A HREF="http://e.example/"/><TITLE>公告</TITLE></CHANNEL>',
      { title: '公告', link: 'http://e.example/' },
    ],
  ])('%s', async (_, document, expected) => expect(await read(document)).toMatchObject(expected));
});
