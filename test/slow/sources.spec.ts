import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { shoot } from '../support/browser.js';
import { walk } from '../support/walk.js';

jest.setTimeout(240_000);

/** A site of our own, so that the spec says when it dies and when it is back. */
describe('a source dies and comes back, as an officer sees it', () => {
  const titles = ['青梧区供水管道抢修进展通报', '望北新区道路夜间施工公告', '市图书馆冬季开放时间调整'];
  let isDown = false;
  let site: Server;
  let origin: string;
  let admin: Page;
  let officer: Page;
  const rowOf = (page: Page, name: string) => page.getByTestId('source-row').filter({ hasText: name });

  const city = walk('sources', async () => {
    site = createServer((req, res) => {
      if (isDown) return void res.writeHead(403).end();
      res.setHeader('content-type', 'text/html; charset=utf-8');
      const article = /(\d)\.html$/.exec(req.url!)?.[1];
      const list = titles.map((t, i) => `<li><a href="/n/${i}.html">${t}</a><span>2026-11-0${i + 1}</span></li>`).join('');
      res.end(
        article ? `<div id="zoom">${titles[Number(article)]}，具体安排以现场公告为准，请市民留意。</div>` : `<ul class="list">${list}</ul>`,
      );
    });
    await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
    const host = `127.0.0.1:${(site.address() as AddressInfo).port}`;
    origin = `http://${host}`;
    return { HUIYING_FETCH_ALLOW: host };
  });

  beforeAll(async () => {
    [admin, officer] = [await city.as('linkaiwen'), await city.as('luwenjing')];
  });
  afterAll(() => {
    site?.closeAllConnections();
    site?.close();
  });

  it('the demo’s road bulletins have been silent for hours, and the page says so in words', async () => {
    await officer.goto('/sources');
    const row = rowOf(officer, '青梧区路况播报');
    await expect(row.getByTestId('source-trouble').textContent()).resolves.toMatch(/已静默 \d+ 小时.*往常约每 .*有新内容；能正常读取/);
    expect(await row.getAttribute('data-state')).toBe('silent');
    await shoot(officer, 'sources-silent');
    await row.getByText('青梧区路况播报').click();
    await officer.getByTestId('source-drawer-trouble').waitFor();
    await shoot(officer, 'sources-silent-drawer');
  });

  it('an administrator tries a page out, sees its articles, and keeps it', async () => {
    await admin.goto('/sources');
    await admin.getByTestId('source-new').click();
    await admin.getByTestId('source-name').fill('望北新区管委会公告');
    await admin.getByText('网页列表', { exact: true }).last().click();
    await admin.getByTestId('source-url').fill(`${origin}/list/`);
    await admin.getByTestId('source-try').click();
    await admin.getByTestId('trial-result').waitFor({ timeout: 30_000 });
    for (const title of titles) await admin.getByTestId('trial-result').getByText(title, { exact: true }).waitFor();
    await shoot(admin, 'sources-trial');
    await admin.getByTestId('source-save').click();
    await rowOf(admin, '望北新区管委会公告').waitFor();
  });

  it('it dies: the officer retries, sees why, and sees it come back', async () => {
    await officer.goto('/sources?q=' + encodeURIComponent('望北新区'));
    const row = rowOf(officer, '望北新区管委会公告');
    await row.waitFor();
    isDown = true;
    await row.getByTestId('source-poll').click();
    await officer.locator('[data-testid="source-row"][data-state="failing"]').waitFor({ timeout: 45_000 });
    expect(await row.getByTestId('source-trouble').textContent()).toContain('疑似被拦截：对方返回 HTTP 403');
    await shoot(officer, 'sources-dead');
    isDown = false;
    await row.getByTestId('source-poll').click();
    await officer.locator('[data-testid="source-row"][data-state="ok"]').waitFor({ timeout: 45_000 });
    await shoot(officer, 'sources-back');
  });
});
