import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { encode } from 'iconv-lite';

const ROOT = resolve(__dirname, '../../../..');
const COMMAND = ['-r', join(ROOT, 'test/support/typescript.cjs'), join(__dirname, 'parse-feed.command.ts')];
let folder: string;

beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'feeds-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const saved = (name: string, document: string | Buffer) => {
  writeFileSync(join(folder, name), document);
  return join(folder, name);
};
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...COMMAND, ...args], { encoding: 'utf8' });
  const lines = stdout === '' ? [] : stdout.trimEnd().split('\n');
  return { status, stderr, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('npm run parse:feed', () => {
  it('says one line per file, in order, whatever the files are', () => {
    const feed = saved(
      'gbk.xml',
      encode(
        '<rss><channel><title>公告</title><link>/</link><item><title>停水</title><link>1.html</link><pubDate>2026-01-02 08:00</pubDate><description>&lt;p onclick="x"&gt;水&lt;img src="a.png"&gt;</description></item></channel></rss>',
        'gbk',
      ),
    );
    const page = saved('page.html', '<html><body>请返回首页，查看其他内容，谢谢您的访问</body></html>');
    const { status, lines, stderr } = run(
      feed,
      page,
      feed,
      '--content-type',
      'text/xml; charset=gbk',
      '--url',
      'http://www.a.gov.cn/b/f.xml',
    );
    const read = {
      file: feed,
      feed: { title: '公告', link: 'http://www.a.gov.cn/', description: null, author: null, updatedAt: null },
      items: [
        {
          id: null,
          title: '停水',
          link: 'http://www.a.gov.cn/b/1.html',
          summary: '<p>水<img src="http://www.a.gov.cn/b/a.png" /></p>',
          content: null,
          author: null,
          publishedAt: '2026-01-02T00:00:00.000Z',
          updatedAt: null,
        },
      ],
      problems: [],
    };
    const nothing = { file: page, feed: { title: null, link: null, description: null, author: null, updatedAt: null }, items: [] };
    expect(lines).toEqual([read, { ...nothing, problems: ['a web page came instead of a feed'] }, read]);
    expect(status).toBe(1);
    expect(stderr).toContain(`${page}: must be a feed; a web page came instead of a feed`);
    expect(stderr).toContain('共 3 个文件，2 个订阅源');
  });

  it('ends with 0 when all are feeds, 1 when one cannot be opened or is none, and 2 when the call is wrong', () => {
    const feed = saved('a.xml', '<rss><channel><item><title>t</title></item></channel></rss>');
    expect(run(feed, feed).status).toBe(0);
    const missing = run(join(folder, 'missing.xml'), feed);
    expect([missing.status, missing.lines.length]).toEqual([1, 2]);
    expect(missing.lines[0]).toMatchObject({ items: [], problems: ['the file could not be opened: ENOENT'] });
    expect(run(saved('empty.xml', ''))).toMatchObject({ status: 1, lines: [{ problems: ['the document is empty'] }] });
    for (const wrong of [
      ['--nothing', feed],
      ['--url', 'x', feed],
    ])
      expect(run(...wrong)).toMatchObject({ status: 2, lines: [] });
  });
});
