import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, shoot } from '../support/browser.js';
import { People } from '../support/walk.js';
import { freshCity, type WorkflowCity } from '../support/workflow-city.js';

jest.setTimeout(240_000);

/** Addresses that were mistyped, cut off or kept too long: each says in Chinese what is wrong, and leads back. */
describe('an address that asks for what there is not', () => {
  let city: WorkflowCity;
  let drop: () => Promise<void>;
  let browser: Browser;
  let people: People;
  let page: Page;

  beforeAll(async () => {
    ({ city, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { consoleFolder: resolve('dist/console') }));
    browser = await openBrowser();
    people = new People(browser, city.url);
    page = await people.as('luwenjing');
    page.setDefaultTimeout(15_000);
  });
  afterAll(async () => {
    await browser?.close();
    await city.stop();
    await drop();
    expect(people.broken).toEqual([]);
  });

  it.each([
    ['/cases?state=open', '状态“open”不可用', '/cases'],
    ['/cases?severity=II,ZZZ&q=停水', '级别“ZZZ”不可用', '/cases?q=停水'],
    ['/cases?sort=ZZZ', '排序“ZZZ”不可用', '/cases'],
    ['/cases?from=2026-13-45', '起始日“2026-13-45”不可用，应为日期', '/cases'],
    ['/opinions?severity=ZZZ', '级别“ZZZ”不可用', '/opinions'],
    ['/opinions?from=2026-13-45', '不可用，应为日期', '/opinions'],
    ['/opinions?q=LONG', '搜索词过长，最多 200 字', '/opinions'],
    ['/alerts?state=ZZZ&sort=newest', '状态“ZZZ”不可用', '/alerts?sort=newest'],
    ['/tasks?state=ZZZ', '状态“ZZZ”不可用', '/tasks'],
    ['/stories?sort=ZZZ', '排序“ZZZ”不可用', '/stories'],
    ['/orders?sort=ZZZ', '排序“ZZZ”不可用', '/orders'],
    ['/orders?from=2026-13-45', '不可用，应为日期', '/orders'],
    ['/sources?channel=ZZZ', '渠道“ZZZ”不可用', '/sources'],
    ['/knowledge?state=ZZZ', '状态“ZZZ”不可用', '/knowledge'],
    ['/extensions?state=ZZZ', '状态“ZZZ”不可用', '/extensions'],
    ['/telling?state=ZZZ', '状态“ZZZ”不可用', '/telling'],
    ['/judging-quality?days=ZZZ', '时段“ZZZ”不可用', '/judging-quality'],
    ['/figures?from=2026-13-45&to=2026-11-15', '不可用，应为日期', '/figures?to=2026-11-15'],
    ['/reports?from=2026-13-45&to=2026-11-22', '起始日“2026-13-45”不可用', '/reports?to=2026-11-22'],
    ['/reports?week=ZZZ', '周“ZZZ”不可用', '/reports'],
    ['/reports?case=does-not-exist', '舆情单“does-not-exist”不可用', '/reports'],
    ['/duty?from=2026-13-45', '起始日“2026-13-45”不可用', '/duty'],
  ])('%s says %s', async (address, words, back) => {
    await page.goto(address.replace('LONG', '停水'.repeat(2_500)));
    const said = page.getByTestId('bad-address');
    await said.getByText(words).waitFor();
    expect(await said.innerText()).not.toMatch(/must|expected|期望/);
    if (address.startsWith('/cases?severity')) await shoot(page, '97-bad-address');
    await page.getByTestId('bad-address-back').click();
    await said.waitFor({ state: 'detached' });
    expect(decodeURIComponent(new URL(page.url()).pathname + new URL(page.url()).search)).toBe(back);
  });

  const NAMES = ['opinions', 'cases', 'tasks', 'alerts', 'stories', 'documents', 'knowledge', 'orders'].map((noun) => `/${noun}/`);
  it.each([...NAMES, '/opinions?open=', '/sources?open=', '/statements?statement=', '/reports?issue='])(
    '%s of nothing says that there is none',
    async (address) => {
      for (const id of ['does-not-exist', randomUUID()]) {
        await page.goto(`${address}${id}`);
        await page.getByTestId('not-found').waitFor();
        if (address === '/opinions/') await shoot(page, '97-no-such-opinion');
      }
    },
  );

  it('offers no step on 接口密钥 to a leader, who may take none there', async () => {
    const leader = await people.as('zhoumingyuan');
    await leader.goto('/api-keys');
    await leader.getByTestId('forbidden').getByText('系统管理员').waitFor();
    await shoot(leader, '97-api-keys-leader');
    expect(await leader.getByTestId('add-system').count()).toBe(0);
    expect(await leader.getByTestId('key-search').count()).toBe(0);
  });

  it('takes no more words to search for than may be asked for, and says so', async () => {
    await page.goto('/opinions');
    const field = page.getByTestId('opinions-search');
    await field.fill('停水'.repeat(99));
    await page.waitForURL(/q=/);
    expect(await page.getByTestId('opinions-search-limit').count()).toBe(0);
    await field.focus();
    await page.keyboard.insertText('停水'.repeat(2_500));
    await page.getByTestId('opinions-search-limit').getByText('最多 200 字').waitFor();
    expect((await field.inputValue()).length).toBe(200);
    await page.getByText('没有符合条件的舆情').waitFor();
    await shoot(page, '97-search-limit');
  });
});
