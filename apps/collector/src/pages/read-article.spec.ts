import { readArticle } from './read-article.js';

const URL_ = 'https://www.wangchuan.example/zwgk/202611/t20261102_9.html';
const PARAGRAPHS = [
  '11月2日清晨，青梧区中山路一处供水管道发生爆裂，周边三个小区约两千户居民用水受到影响。',
  '市水务集团在四十分钟内到场抢修，预计当日十八时前恢复供水，期间由洒水车在小区门口应急送水。',
  '区住建局表示将对同一批次管道逐段排查，结果于一周内向社会公布，并设立专线接受群众咨询。',
];
const text = PARAGRAPHS.join('\n');
const html = (body: string, head = '') => `<html><head><title>供水管道爆裂抢修情况通报-望川市人民政府</title>${head}</head><body>
  <div class="nav"><a href="/">首页</a><a href="/zwgk">政务公开</a></div>${body}<div class="footer">主办：望川市人民政府办公室 <script>track()</script></div></body></html>`;
const p = PARAGRAPHS.map((line) => `<p>\u3000\u3000${line}</p>`).join('');
const read = (document: string, reading = {}) =>
  readArticle({ bytes: Buffer.from(document), contentType: 'text/html; charset=utf-8', url: URL_ }, reading, 480);

describe('an article', () => {
  it.each([
    ['where content systems put it', `<h1>通报</h1><div class="TRS_Editor"><style>p{}</style>${p}</div>`, {}],
    [
      'where staff said',
      `<div class="x9"><div>${p}</div></div><div class="TRS_Editor">别处的内容，不应当被读成这篇文章的正文。</div>`,
      { content: '.x9' },
    ],
    [
      'somewhere',
      `<div class="wrap"><div class="left"><a href="/1">相关链接一</a><a href="/2">相关链接二</a></div><div class="mid"><h1>供水管道爆裂抢修情况通报</h1><div class="cc">${p}</div></div></div>`,
      {},
    ],
  ])('is read %s', async (_, body, reading) => {
    const article = await read(html(body), reading);
    expect(article?.text.split('\n').map((line) => line.trim())).toEqual(PARAGRAPHS);
  });

  it('has title, source and date of the tags that government sites must carry', async () => {
    const head =
      '<meta name="ArticleTitle" content="供水管道爆裂抢修情况通报"><meta name="PubDate" content="2026-11-02 09:30"><meta name="ContentSource" content="市水务局">';
    expect(await read(html(`<div id="zoom">${p}</div>`, head))).toMatchObject({
      title: '供水管道爆裂抢修情况通报',
      author: '市水务局',
      publishedAt: new Date('2026-11-02T09:30:00+08:00'),
    });
  });

  it.each([
    ['发布时间：2026-11-02 09:30 来源：市水务局', '2026-11-02T09:30:00+08:00', '市水务局'],
    ['时间: 2026年11月2日 09:30:15', '2026-11-02T09:30:15+08:00', null],
    ['浏览次数：20261102', null, null],
  ])('has the date that is written beside it: %s', async (line, at, author) => {
    const article = await read(html(`<h1>通报</h1><div class="info">${line}</div><div id="zoom">${p}</div>`));
    expect(article).toMatchObject({ publishedAt: at === null ? null : new Date(at), author });
  });

  it.each([
    ['nothing', ''],
    ['a picture only', html('<div id="zoom"><img src="x.png"></div>')],
    ['a hundred thousand opened tags', '<b>'.repeat(100_000)],
    ['a script that never ends', '<script>for(;;){}</script>'],
  ])('is none in a page with %s', async (_, document) => expect(await read(document)).toBeNull());

  it('never holds a script', async () => {
    const article = await read(
      html(`<div id="zoom">${p}<script>alert('${text}')</script><p onclick="x()">落款：市水务局办公室发布</p></div>`),
    );
    expect(article!.text).not.toContain('alert');
    expect(article!.text.endsWith('落款：市水务局办公室发布')).toBe(true);
  });
});
