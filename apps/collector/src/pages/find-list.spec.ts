import { encode } from 'iconv-lite';
import { readList } from './read-list.js';

const TITLES = [
  '青梧区开展老旧小区改造工作',
  '望北化工园排放监测结果公示',
  '关于暂停供水的紧急通知',
  '市教育局回应学校食堂问题',
  '今年第二批保障房开始申请',
];
const URL_ = 'https://www.wangchuan.example/zwgk/tzgg/index.html';
const read = (html: string, reading = {}, contentType = 'text/html; charset=utf-8') =>
  readList({ bytes: Buffer.from(html), contentType, url: URL_ }, reading, 480);
const NAV = `<div class="nav"><ul>${['首页', '政务公开信息', '政务服务大厅', '互动交流平台', '走进望川城市', '数据开放平台'].map((t, i) => `<li><a href="/c${i}/">${t}</a></li>`).join('')}</ul></div>`;
const FOOT = `<div class="footer"><ul>${['中国政府网门户', '省人民政府网站', '市人大常委会网站', '市政协官方网站'].map((t, i) => `<li><a href="https://o${i}.example/">${t}</a></li>`).join('')}</ul></div>`;
const page = (list: string, more = '') =>
  `<html><head><title>通知公告</title></head><body>${NAV}<div class="main">${list}</div>${FOOT}${more}</body></html>`;
const link = (i: number) => `./202611/t202611${String(10 + i)}_${i}.html`;

const SHAPES: [string, string][] = [
  [
    'a list with the date in a span',
    `<ul class="list">${TITLES.map((t, i) => `<li><a href="${link(i)}">${t}</a><span>2026-11-${10 + i}</span></li>`).join('')}</ul>`,
  ],
  [
    'rows of a table',
    `<table>${TITLES.map((t, i) => `<tr><td>·</td><td><a href="${link(i)}">${t}</a></td><td>[2026-11-${10 + i}]</td></tr>`).join('')}</table>`,
  ],
  [
    'cards with a summary',
    TITLES.map(
      (t, i) =>
        `<div class="card card${i}"><h3><a href="${link(i)}">${t}</a></h3><p class="sum">这里是${t}的摘要文字，写得比标题要长一些。</p><em>2026年11月${10 + i}日</em></div>`,
    ).join(''),
  ],
  [
    'titles cut short for the layout, whole in an attribute',
    `<dl>${TITLES.map((t, i) => `<dd class="${i % 2 ? 'odd' : 'even'}"><b>2026/11/${10 + i}</b><a title="${t}" href="${link(i)}">${t.slice(0, 8)}...</a></dd>`).join('')}</dl>`,
  ],
  [
    'records that a script turns into a list',
    `<script type="text/xml"><datastore><recordset>${TITLES.map((t, i) => `<record><![CDATA[<li><a href="${link(i)}">${t}</a><span>2026-11-${10 + i}</span></li>]]></record>`).join('')}</recordset></datastore></script>`,
  ],
];

describe('a list of articles on a page', () => {
  it.each(SHAPES)('is found: %s', (_, list) => {
    const found = read(page(list));
    if (found.outcome !== 'read') throw new Error(found.kind);
    expect(found.articles.map((a) => a.title)).toEqual(TITLES);
    expect(found.articles[2]).toMatchObject({
      url: 'https://www.wangchuan.example/zwgk/tzgg/202611/t20261112_2.html',
      publishedAt: new Date('2026-11-12T00:00:00+08:00'),
    });
  });

  it('takes the words beside the title as its text', () => {
    const found = read(page(SHAPES[2]![1]));
    if (found.outcome !== 'read') throw new Error(found.kind);
    expect(found.articles[0]!.text).toBe(`这里是${TITLES[0]}的摘要文字，写得比标题要长一些。`.replace(TITLES[0]!, ''));
  });

  it('is read by the selectors that staff gave', () => {
    const html = page(
      `<ul class="a">${TITLES.map((t, i) => `<li class="x"><a class="more" href="/no">查看更多详细内容信息</a><a class="t" href="${link(i)}">${t}</a><i>11月${10 + i}日</i><u>2026-11-0${i + 1} 09:30</u></li>`).join('')}</ul>`,
    );
    const found = read(html, { item: 'ul.a > li.x', link: 'a.t', date: 'u' });
    if (found.outcome !== 'read') throw new Error(found.kind);
    expect(found.articles).toHaveLength(5);
    expect(found.articles[1]).toMatchObject({ title: TITLES[1], publishedAt: new Date('2026-11-02T09:30:00+08:00') });
  });

  it('in GBK under a wrong declaration is read', () => {
    const html = page(SHAPES[0]![1]).replace('<head>', '<head><meta charset="gb2312">');
    const found = readList({ bytes: encode(html, 'gbk'), contentType: 'text/html; charset=utf-8', url: URL_ }, {}, 480);
    if (found.outcome !== 'read') throw new Error(found.kind);
    expect(found.articles.map((a) => a.title)).toEqual(TITLES);
  });

  it.each([
    ['a link in words', '<a href="index_1.html">下一页</a>', 'index_1.html'],
    ['a script', '<script>createPageHTML(25, 0, "index", "html");</script>', 'index_1.html'],
    ['a script on a later page', '<script>createPageHTML(25, 3, "index", "html");</script>', 'index_4.html'],
    ['a script on the last page', '<script>createPageHTML(25, 24, "index", "html");</script>', null],
    ['nothing', '', null],
  ])('goes on to the next page by %s', (_, more, next) => {
    const found = read(page(SHAPES[0]![1], more));
    if (found.outcome !== 'read') throw new Error(found.kind);
    expect(found.next).toBe(next === null ? null : new URL(next, URL_).href);
  });
});

describe('a page without a list', () => {
  it.each([
    ['nothing at all', '', 'empty'],
    [
      'a browser check',
      '<html><head><script>document.cookie="x"</script></head><body><script src="/a.js"></script></body></html>',
      'challenge',
    ],
    [
      'words only',
      '<html><body><p>网站改版升级中，请稍后访问，给您带来不便敬请谅解。网站改版升级中，请稍后访问，给您带来不便敬请谅解。</p></body></html>',
      'no-list',
    ],
    ['a hundred thousand opened tags', '<div>'.repeat(100_000), 'damaged'],
  ])('%s says so', (_, html, kind) => expect(read(html)).toMatchObject({ outcome: 'unreadable', kind }));

  it('nor where the selector finds nothing, or means nothing', () => {
    expect(read(page(SHAPES[0]![1]), { item: 'ul.gone > li' })).toMatchObject({ kind: 'no-list' });
    expect(read(page(SHAPES[0]![1]), { item: 'ul[[' })).toMatchObject({ kind: 'bad-selector' });
  });

  it('a list of links that are no addresses is none', () => {
    expect(
      read(
        page(TITLES.map((t) => `<li><a href="javascript:alert(1)">${t}</a></li>`).join('')).replaceAll(
          /<div class="(nav|footer)">.*?<\/ul><\/div>/g,
          '',
        ),
      ),
    ).toMatchObject({
      kind: 'no-list',
    });
  });
});
