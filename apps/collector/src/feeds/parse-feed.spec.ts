import { readFeed, type FeedEntry, type ParsedFeed } from './parse-feed.js';
import { safeHtml } from './safe-html.js';

const read = async (document: string, url: string | null = null, zone: number | null = null): Promise<ParsedFeed> => {
  const feed = await readFeed({ bytes: Buffer.from(document), contentType: null, url }, zone);
  if (feed.outcome !== 'read') throw new Error(feed.reason);
  return feed;
};
const shown = ({ summary, content, ...entry }: FeedEntry) => ({
  ...entry,
  summary: summary && safeHtml(summary),
  content: content && safeHtml(content),
});
const firstOf = async (document: string, url: string | null = null) => shown((await read(document, url)).entries[0]!);

const NAMESPACES = [
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:dcterms="http://purl.org/dc/terms/"',
  'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
  'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"',
  'xmlns:media="http://search.yahoo.com/mrss/"',
  'xmlns:atom="http://www.w3.org/2005/Atom"',
].join(' ');
const rss = (inner: string) => `<rss version="2.0" ${NAMESPACES}><channel>${inner}</channel></rss>`;
const atom = (inner: string, attributes = '') => `<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}>${inner}</feed>`;
const atom03 = (inner: string) => `<feed version="0.3" xmlns="http://purl.org/atom/ns#">${inner}</feed>`;
const rdf = (inner: string) =>
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" ${NAMESPACES}>${inner}</rdf:RDF>`;
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('an item of RSS', () => {
  it.each<[string, string, Partial<Record<keyof FeedEntry, unknown>>]>([
    ['text and HTML in titles', '<title>停水&lt;b&gt;通知&lt;/b&gt; &amp;amp; 说明</title>', { title: '停水通知 & 说明' }],
    ['signs in a title', '<title>水压 &lt; 0.2 MPa &amp; 3 &gt; 2</title>', { title: '水压 < 0.2 MPa & 3 > 2' }],
    ['a title in lines', '<title>\n 停水\n  通知 </title>', { title: '停水 通知' }],
    ['entities without a declaration', '<title>caf&eacute; &mdash; &nobody; &#8364;&#146;</title>', { title: 'café — &nobody; €’' }],
    ['a title of Dublin Core beside none', '<dc:title>停水</dc:title>', { title: '停水' }],
    ['a picture with a title of its own', '<media:content><media:title>图</media:title></media:content><title>文</title>', { title: '文' }],
    ['elements where text should be', '<description>停水<p>三<i>小时</i></p></description>', { summary: '停水<p>三<i>小时</i></p>' }],
    ['a second description', '<description>短</description><description>长的全文</description>', { summary: '短', content: '长的全文' }],
    [
      'a full text',
      '<description>短</description><content:encoded><![CDATA[<p>长</p>]]></content:encoded>',
      { summary: '短', content: '<p>长</p>' },
    ],
    ['a body of XHTML', '<body xmlns="http://www.w3.org/1999/xhtml"><p>长</p></body>', { content: '<p>长</p>' }],
    ['a summary of a podcast', '<itunes:subtitle>短</itunes:subtitle><itunes:summary>长</itunes:summary>', { summary: '长' }],
    ['a video without other words', '<media:group><media:description>视频说明</media:description></media:group>', { summary: '视频说明' }],
    ['a permalink', '<guid>http://a.example/1</guid>', { id: 'http://a.example/1', link: 'http://a.example/1' }],
    ['a guid that is none', '<guid isPermaLink="false">http://a.example/1</guid>', { id: 'http://a.example/1', link: null }],
    ['a guid that is a word', '<guid>a-1</guid>', { id: 'a-1', link: null }],
    ['link before permalink', '<guid>http://a.example/1</guid><link>http://a.example/2</link>', { link: 'http://a.example/2' }],
    ['a link with spaces around', '<link>\n http://a.example/1?a=1&b=2 \n</link>', { link: 'http://a.example/1?a=1&b=2' }],
    ["Atom's link to the feed itself", '<atom:link rel="self" href="http://a.example/feed"/>', { link: null }],
    ["Atom's link in RSS", '<atom:link href="http://a.example/1"/>', { link: 'http://a.example/1' }],
    ['a link nobody should follow', '<link>java&#10;script:alert(1)</link>', { link: null }],
    ['an author as RSS has it', '<author>editor@paper.example (王晓)</author>', { author: 'editor@paper.example (王晓)' }],
    ['a creator before an address', '<author>editor@paper.example</author><dc:creator>王晓</dc:creator>', { author: '王晓' }],
    ['two creators', '<dc:creator>王晓</dc:creator><dc:creator>李雷</dc:creator>', { author: '王晓, 李雷' }],
    ['an author by elements', '<author><name>王晓</name><email>w@paper.example</email></author>', { author: '王晓' }],
    ['a podcast', '<itunes:author>望川电台</itunes:author>', { author: '望川电台' }],
    ['a date', '<pubDate>Thu, 01 Jan 2026 19:48:21 GMT</pubDate>', { publishedAt: new Date('2026-01-01T19:48:21Z'), updatedAt: null }],
    [
      'a date of no occasion',
      '<dc:date>2026-01-02T03:04:05Z</dc:date>',
      { publishedAt: new Date('2026-01-02T03:04:05Z'), updatedAt: new Date('2026-01-02T03:04:05Z') },
    ],
    [
      'an unreadable date before a readable one',
      '<pubDate>soon</pubDate><dcterms:issued>2026-01-02</dcterms:issued>',
      { publishedAt: new Date('2026-01-02T00:00:00Z') },
    ],
    ['an update', '<atom:updated>2026-01-02T03:04:05Z</atom:updated>', { publishedAt: null, updatedAt: new Date('2026-01-02T03:04:05Z') }],
    ['prefixes nobody declared', '<title>文</title><foo:title>别的</foo:title>', { title: '文' }],
    ['a source and its title', '<source url="http://b.example/">转载自</source><title>文</title>', { title: '文' }],
    [
      'elements that were not closed',
      '<title>文<link>http://a.example/1<description>短<pubDate>2026-01-02</pubDate>',
      { title: '文', link: 'http://a.example/1', summary: '短' },
    ],
    [
      'words of script',
      '<description>&lt;script&gt;x()&lt;/script&gt;&lt;p onclick="x()"&gt;好&lt;/p&gt;</description>',
      { summary: '<p>好</p>' },
    ],
  ])('has %s', async (_, item, expected) => expect(await firstOf(rss(`<item>${item}</item>`))).toMatchObject(expected));
});

describe('an entry of Atom', () => {
  it.each<[string, string, string | null]>([
    ['text by default', '<content>水 &amp; 电 &lt;b&gt;</content>', '水 &amp; 电 &lt;b&gt;'],
    ['text that says so', '<content type="text/plain">1 &lt; 2</content>', '1 &lt; 2'],
    ['escaped HTML', '<content type="html">&lt;p&gt;水 &amp;amp; 电&lt;/p&gt;</content>', '<p>水 &amp; 电</p>'],
    ['HTML in CDATA', '<content type="text/html"><![CDATA[<p>水</p>]]></content>', '<p>水</p>'],
    [
      'XHTML in its div',
      '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">水 &amp; <b>电</b></div></content>',
      '水 &amp; <b>电</b>',
    ],
    ['divs in the div', '<content type="xhtml"><div><div>水</div><div>电</div></div></content>', '<div>水</div><div>电</div>'],
    ['two divs', '<content type="xhtml"><div>水</div><div>电</div></content>', '<div>水</div><div>电</div>'],
    [
      'elements under a prefix',
      '<content type="xhtml" xmlns:h="http://www.w3.org/1999/xhtml"><h:div>水<h:br/>电</h:div></content>',
      '水<br />电',
    ],
    ['elements where text is said to be', '<content>水<b>电</b></content>', '水<b>电</b>'],
    ['bytes', `<content type="application/octet-stream">${base64('水<b>电</b>')}</content>`, '水<b>电</b>'],
    ['bytes that are no text', '<content type="image/png">iVBORw0KGgoAAAANSUhEUgAA/9j/4AAQ</content>', null],
    ['content that stands elsewhere', '<content src="http://a.example/1"/>', null],
  ])('has %s', async (_, content, html) => expect((await firstOf(atom(`<entry>${content}</entry>`))).content).toBe(html));

  it.each<[string, string, string]>([
    ['text', '<content>水 &amp; 电</content>', '水 &amp; 电'],
    ['escaped HTML', '<content type="text/html" mode="escaped">&lt;p&gt;水&lt;/p&gt;</content>', '<p>水</p>'],
    ['escaped HTML that does not say so', '<content type="text/html">&lt;p&gt;水&lt;/p&gt;</content>', '<p>水</p>'],
    ['base64', `<content type="text/html" mode="base64">${base64('<p>水</p>')}</content>`, '<p>水</p>'],
    ['base64 of text', `<content mode="base64">${base64('1 < 2')}</content>`, '1 &lt; 2'],
    [
      'elements',
      '<content type="application/xhtml+xml" mode="xml"><div xmlns="http://www.w3.org/1999/xhtml"><p>水</p></div></content>',
      '<div><p>水</p></div>',
    ],
  ])('of version 0.3 has %s', async (_, content, html) => expect((await firstOf(atom03(`<entry>${content}</entry>`))).content).toBe(html));

  it.each<[string, string, Partial<Record<keyof FeedEntry, unknown>>]>([
    [
      'the page among its links',
      '<link rel="self" href="http://a.example/s"/><link rel="enclosure" href="http://a.example/e"/><link rel="alternate" href="http://a.example/1"/>',
      { link: 'http://a.example/1' },
    ],
    [
      'the page before other forms of it',
      '<link type="application/json" href="http://a.example/j"/><link type="text/html" href="http://a.example/1"/>',
      { link: 'http://a.example/1' },
    ],
    ['a link in the text', '<link>http://a.example/1</link>', { link: 'http://a.example/1' }],
    ['an id that is an address', '<id>http://a.example/1</id>', { id: 'http://a.example/1', link: 'http://a.example/1' }],
    ['an id that is none', '<id>tag:a.example,2026:1</id>', { id: 'tag:a.example,2026:1', link: null }],
    ['a name before a mail address', '<author><email>w@paper.example</email><name>王晓</name></author>', { author: '王晓' }],
    ['a mail address alone', '<author><email>w@paper.example</email></author>', { author: 'w@paper.example' }],
    ['a contributor, who is not the author', '<contributor><name>王晓</name></contributor>', { author: null }],
    ['the source of a copy', '<title>文</title><source><title>源</title><id>x</id></source>', { title: '文', id: null }],
    [
      'its dates',
      '<published>2026-01-02T03:04:05Z</published><updated>2026-02-02T03:04:05+08:00</updated>',
      { publishedAt: new Date('2026-01-02T03:04:05Z'), updatedAt: new Date('2026-02-01T19:04:05Z') },
    ],
    [
      "version 0.3's dates",
      '<issued>2026-01-02T03:04Z</issued><modified>2026-02-02T03:04Z</modified>',
      { publishedAt: new Date('2026-01-02T03:04:00Z'), updatedAt: new Date('2026-02-02T03:04:00Z') },
    ],
  ])('has %s', async (_, entry, expected) => expect(await firstOf(atom(`<entry>${entry}</entry>`))).toMatchObject(expected));

  it('resolves what it links to, each against the base where it stands', async () => {
    const document = atom(
      `<link href="./"/><entry xml:base="2026/"><link href="1.html"/>
      <summary type="html" xml:base="img/">&lt;img src="a.png"&gt;&lt;a href="/x"&gt;x&lt;/a&gt;</summary>
      <content type="xhtml"><div><p xml:base="http://b.example/c/"><a href="d">d</a></p><a href="e">e</a></div></content></entry>`,
      'xml:base="http://a.example/zwgk/"',
    );
    expect((await read(document)).link).toBe('http://a.example/zwgk/');
    expect(await firstOf(document)).toMatchObject({
      link: 'http://a.example/zwgk/2026/1.html',
      summary: '<img src="http://a.example/zwgk/2026/img/a.png" /><a href="http://a.example/x">x</a>',
      content: '<p><a href="http://b.example/c/d">d</a></p><a href="http://a.example/zwgk/2026/e">e</a>',
    });
  });
});

describe('a feed', () => {
  it.each<[string, string, Partial<Record<keyof ParsedFeed, unknown>>]>([
    [
      'RSS',
      rss(
        '<image><title>图</title><link>http://i/</link></image><title>政务公开</title><link>http://a.example/</link><description>通知 &amp; 公告</description><managingEditor>王晓</managingEditor><lastBuildDate>Thu, 01 Jan 2026 19:48:21 GMT</lastBuildDate><textInput><title>搜</title></textInput>',
      ),
      {
        title: '政务公开',
        link: 'http://a.example/',
        description: '通知 & 公告',
        author: '王晓',
        updatedAt: new Date('2026-01-01T19:48:21Z'),
      },
    ],
    [
      'Atom',
      atom(
        '<title>政务公开</title><subtitle type="html">通知&lt;br&gt;公告</subtitle><author><name>王晓</name></author><link rel="self" href="http://a.example/f"/><link href="http://a.example/"/><updated>2026-01-01T19:48:21Z</updated>',
      ),
      {
        title: '政务公开',
        link: 'http://a.example/',
        description: '通知\n公告',
        author: '王晓',
        updatedAt: new Date('2026-01-01T19:48:21Z'),
      },
    ],
    [
      'Atom 0.3',
      atom03('<title mode="escaped">政务公开</title><tagline>公告</tagline><modified>2026-01-01T19:48Z</modified>'),
      { title: '政务公开', description: '公告', updatedAt: new Date('2026-01-01T19:48:00Z') },
    ],
    [
      'RSS 1.0',
      rdf(
        '<channel rdf:about="http://a.example/c"><title>政务公开</title><link>http://a.example/</link><items><rdf:Seq><rdf:li resource="x"/></rdf:Seq></items></channel><image><title>图</title></image><item rdf:about="http://a.example/1"><title>文</title></item>',
      ),
      {
        title: '政务公开',
        link: 'http://a.example/',
        entries: [expect.objectContaining({ id: 'http://a.example/1', link: 'http://a.example/1', title: '文' })],
      },
    ],
    [
      'RSS 0.90',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>公开</title></channel><item><title>文</title></item></rdf:RDF>',
      { title: '公开', entries: [expect.objectContaining({ title: '文' })] },
    ],
    [
      'RSS 0.91 with its document type',
      '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>caf&eacute;</title></channel></rss>',
      { title: 'café' },
    ],
    [
      'entities of its own',
      '<!DOCTYPE rss [<!-- <!ENTITY 市 "x"> --><!ENTITY city "望川市&#183;政务">]><rss><channel><title>&city;</title></channel></rss>',
      { title: '望川市·政务' },
    ],
    [
      'capital letters',
      '<RSS><CHANNEL><TITLE>公开</TITLE><ITEM><TITLE>文</TITLE></ITEM></CHANNEL></RSS>',
      { title: '公开', entries: [expect.objectContaining({ title: '文' })] },
    ],
    [
      'a channel definition',
      '<CHANNEL HREF="http://a.example/" BASE="http://a.example/b/"><TITLE>公开</TITLE><ABSTRACT>说明</ABSTRACT><ITEM HREF="1.html" LASTMOD="2026-01-02T03:04:05Z"><TITLE>文</TITLE><ABSTRACT>摘要</ABSTRACT></ITEM></CHANNEL>',
      {
        title: '公开',
        link: 'http://a.example/',
        description: '说明',
        entries: [expect.objectContaining({ link: 'http://a.example/b/1.html', title: '文', updatedAt: new Date('2026-01-02T03:04:05Z') })],
      },
    ],
    [
      'a strange namespace for its own',
      '<rss xmlns="http://nobody.example/ns"><channel><title>公开</title></channel></rss>',
      { title: '公开' },
    ],
    [
      "a warning of the server's before it",
      '<br />\n<b>Warning</b>: x in <b>y.php</b>\n<?xml version="1.0"?><rss><channel><title>公开</title></channel></rss>',
      { title: '公开' },
    ],
    ['an unclosed element before it', '<br><?xml version="1.0"?><rss><channel><title>公开</title></channel></rss>', { title: '公开' }],
    [
      'an entry alone',
      '<entry xmlns="http://www.w3.org/2005/Atom"><title>文</title></entry>',
      { entries: [expect.objectContaining({ title: '文' })] },
    ],
    [
      'JSON',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: '公开 & <通知>',
        home_page_url: 'http://a.example/',
        authors: [{ name: '王晓' }],
        items: [
          {
            id: 7,
            url: '/1',
            title: '文',
            content_html: '<p>水<script>x</script></p>',
            summary: '1 < 2',
            date_published: '2026-01-02T03:04:05+08:00',
            author: { name: '李雷' },
          },
          { id: 'b', external_url: 'http://b.example/2', content_text: '1 < 2', title: null, authors: 3 },
          'no item',
        ],
      }),
      {
        title: '公开 & <通知>',
        link: 'http://a.example/',
        author: '王晓',
        entries: [
          expect.objectContaining({ id: '7', link: 'http://h.example/1', author: '李雷', publishedAt: new Date('2026-01-01T19:04:05Z') }),
          expect.objectContaining({ id: 'b', link: 'http://b.example/2', content: { html: '1 &lt; 2', base: 'http://h.example/f' } }),
        ],
      },
    ],
  ])('is read: %s', async (_, document, expected) => expect(await read(document, 'http://h.example/f')).toMatchObject(expected));

  it.each<[string, string, string | null, string]>([
    ['of a host under .cn', rss('<item><pubDate>2026-01-02 08:00:00</pubDate></item>'), 'http://www.a.gov.cn/f', '2026-01-02T00:00:00Z'],
    [
      'that links to a host under .cn',
      rss('<link>https://a.cn</link><item><pubDate>2026-01-02 08:00:00</pubDate></item>'),
      null,
      '2026-01-02T00:00:00Z',
    ],
    ['in Chinese', rss('<language>zh-cn</language><item><pubDate>2026-01-02 08:00:00</pubDate></item>'), null, '2026-01-02T00:00:00Z'],
    ['of another host', rss('<item><pubDate>2026-01-02 08:00:00</pubDate></item>'), 'http://a.cn.example/f', '2026-01-02T08:00:00Z'],
    ['that names its zone', rss('<item><pubDate>Fri, 02 Jan 2026 08:00:00 GMT</pubDate></item>'), 'http://a.cn/f', '2026-01-02T08:00:00Z'],
  ])('%s has its times', async (_, document, url, utc) =>
    expect((await read(document, url)).entries[0]!.publishedAt).toEqual(new Date(utc)),
  );

  it('says what it has lost, and leaves undated what is undated', async () => {
    const item = (inner: string) => `<item><title>t</title>${inner}</item>`;
    const feed = await read(
      `<rss><channel>${item('<pubDate>昨天</pubDate>')}${item('<pubDate>2026-01-02</pubDate>')}${item('')}<item><title>cut`,
    );
    expect(feed.entries.map((entry) => entry.publishedAt === null)).toEqual([true, false, true, true]);
    expect(feed.problems).toEqual([
      'the document breaks off before its end',
      'item 1: no date can be read in "昨天"',
      'without a date: 3 of 4 items (1, 3, 4)',
    ]);
  });
});
