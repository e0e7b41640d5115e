import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { CaseDetail } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import type { Database } from '@huiying/persistence';
import { AlertRaiser } from '../../apps/response-workflow/src/alerting/index.js';
import { openBrowser, shoot } from '../support/browser.js';
import { OFFICE_PC, People } from '../support/walk.js';
import { classified, freshCity, type LoggedIn, type WorkflowCity } from '../support/workflow-city.js';

jest.setTimeout(240_000);

const DESK = { width: 1440, height: 900 };
const TABLET = { width: 1024, height: 768 };
const PHONE = { width: 390, height: 844 };
const LONG_REASON = '黄烟来自辖区内企业排污，经现场核查不属于本单位职责。'.repeat(80).slice(0, 2_000);

/** What hands do at a form and eyes at a list: twice, with short names, from two windows, with long words. */
describe('forms and long words', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let browser: Browser;
  let people: People;
  let officer: LoggedIn;

  beforeAll(async () => {
    ({ city, clock, database, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { consoleFolder: resolve('dist/console') }));
    browser = await openBrowser();
    people = new People(browser, city.url);
    officer = await city.logIn('luwenjing');
  });
  afterAll(async () => {
    await browser?.close();
    await city.stop();
    await drop();
    expect(people.broken).toEqual([]);
  });

  const as = async (username: string, size = OFFICE_PC): Promise<Page> => {
    const page = await people.as(username, size);
    page.setDefaultTimeout(15_000);
    return page;
  };
  const raise = async (title: string): Promise<string> => {
    const event = classified(clock, { level: 'III', title });
    await city.app.get(AlertRaiser, { strict: false }).take([event]);
    const [alert] = await database.query<{ id: string }>(`SELECT alert_id AS id FROM workflow.alert WHERE title = $1`, [title]);
    return alert!.id;
  };
  const openCase = async (title: string): Promise<string> => {
    const answer = await officer.post<{ caseId: string }>(`/api/alerts/${await raise(title)}/confirm`, {
      severity: 'III',
      reason: '电话核实属实',
    });
    return answer.body.caseId;
  };
  const assign = async (caseId: string): Promise<string> => {
    const tasks = [{ departmentId: 'emergency', role: 'lead', instruction: '核查黄烟来源' }];
    return (await officer.post<{ taskIds: string[] }>(`/api/cases/${caseId}/tasks`, { tasks })).body.taskIds[0]!;
  };

  it('asks once for a step that is clicked twice', async () => {
    const task = await assign(await openCase('化工园冒黄烟'));
    const lead = await as('guotieshan');
    await lead.goto(`/tasks/${task}`);
    const asked: string[] = [];
    lead.on('request', (request) => request.method() === 'POST' && asked.push(new URL(request.url()).pathname));
    await lead.getByTestId('act-acknowledge').dblclick();
    await lead.getByText('已签收').first().waitFor();
    await lead.getByTestId('act-acknowledge').waitFor({ state: 'detached' });
    expect(asked).toEqual([`/api/tasks/${task}/acknowledgement`]);

    await lead.getByTestId('act-reply').click();
    await lead.getByTestId('reply-text').fill('已核查，系企业检修放空，已停止。');
    await lead.getByTestId('reply-submit').dblclick();
    await lead.getByTestId('reply-submit').waitFor({ state: 'detached' });
    expect(asked.slice(1)).toEqual([`/api/tasks/${task}/reply`]);
    expect(await lead.locator('.conflict-notice').count()).toBe(0);
  });

  it('says what the server found wrong beside the field, until the field changes', async () => {
    const task = await assign(await openCase('仓库失火'));
    const lead = await as('guotieshan', PHONE);
    await lead.goto(`/tasks/${task}`);
    await lead.getByTestId('act-acknowledge').click();
    await lead.getByTestId('act-reply').click();
    await lead.getByTestId('reply-text').fill('已核查。');
    await lead.getByTestId('reply-with-evidence').click();
    await lead.getByTestId('evidence-published').fill('2026-11-18T09:00');
    await lead.getByTestId('evidence-note').fill('已在市政府网站发布');
    const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('通报') });
    await lead.getByTestId('evidence-file').setInputFiles(file(`${'名'.repeat(210)}.txt`));
    await lead.getByTestId('reply-submit').click();
    const fault = lead.locator('.ant-form-item-explain-error');
    await fault.first().waitFor();
    expect(await fault.first().innerText()).not.toContain('evidence');
    // In sight on a phone, too.
    expect((await fault.first().boundingBox())!.y).toBeLessThan((await lead.getByTestId('reply-submit').boundingBox())!.y);
    await shoot(lead, '98-reply-fault');
    await lead.getByRole('button', { name: '移除' }).click();
    await fault.first().waitFor({ state: 'detached' });
    await lead.getByTestId('evidence-file').setInputFiles(file('通报.txt'));
    await lead.getByTestId('reply-submit').click();
    await lead.getByTestId('reply-submit').waitFor({ state: 'detached' });
  });

  it('finds departments by the names people use', async () => {
    const caseId = await openCase('工地围挡倒塌');
    const page = await as('luwenjing');
    const finds = async (choice: string) => {
      await page.getByLabel(choice).first().click();
      await page.keyboard.type('住建局');
      await page.locator('.ant-select-dropdown:visible').getByText('望川市住房和城乡建设局').click();
    };
    await page.goto(`/cases/${caseId}`);
    await page.getByTestId('act-assign').first().click();
    await finds('第 1 个单位');
    await page.goto('/cases');
    await finds('牵头单位');
    await page.waitForURL(/department=housing/);
    await page.goto('/orders');
    await finds('承办单位');
    await page.waitForURL(/department=housing/);
    const task = await assign(caseId);
    const lead = await as('guotieshan');
    await lead.goto(`/tasks/${task}`);
    await lead.getByTestId('act-return').click();
    await lead.getByLabel('建议承办单位').click();
    await lead.keyboard.type('住建局');
    await lead.locator('.ant-select-dropdown:visible').getByText('望川市住房和城乡建设局').click();
  });

  it('knows that it was oneself who was first, in another window, and who else it was', async () => {
    const page = await as('luwenjing');
    for (const [username, said] of [
      ['luwenjing', '您在别处已先处理'],
      ['hesiyuan', '他人已先处理'],
    ] as const) {
      const id = await raise(`误报一则 ${username}`);
      await page.goto(`/alerts/${id}`);
      await page.getByTestId('act-false-alarm').click();
      await page.getByTestId('false-alarm-form').getByRole('button', { name: '不属本市' }).click();
      // Its own stream would renew the page and close the way: the other window is quicker than the click by a moment.
      await page.route('**/false-alarm', async (route) => {
        await (await city.logIn(username)).post(`/api/alerts/${id}/false-alarm`, { reason: '不属本市' });
        await route.continue();
      });
      await page.getByTestId('false-alarm-submit').click();
      await page.locator('.conflict-notice').getByText(said).waitFor();
      await shoot(page, `98-conflict-${username}`);
      await page.unroute('**/false-alarm');
    }
  });

  it('folds a long reason, and names one holder of a dispute', async () => {
    const caseId = await openCase('河面漂白沫');
    const task = await assign(caseId);
    const lead = await city.logIn('guotieshan');
    await lead.post(`/api/tasks/${task}/return`, { reason: LONG_REASON, ground: 'not-ours', suggestedDepartmentId: 'ecology' });
    expect((await officer.get<CaseDetail>(`/api/cases/${caseId}`)).body.dispute).toMatchObject({ holder: '市应急管理局' });
    for (const size of [DESK, PHONE]) {
      const page = await as('luwenjing', size);
      await page.goto(`/cases/${caseId}`);
      const panel = page.getByTestId('dispute-panel');
      await panel.getByText('裁定前仍由 市应急管理局 负责').waitFor();
      expect(await panel.locator('b', { hasText: '市应急管理局' }).count()).toBe(1);
      const entry = page.getByTestId('timeline').locator('[data-kind="task.returned"]');
      const height = async () => (await entry.boundingBox())!.height;
      expect(await height()).toBeLessThan(160);
      await shoot(page, `98-folded-${size.width}`, true);
      await entry.getByRole('button', { name: /展开/ }).click();
      expect(await height()).toBeGreaterThan(300);
      await entry.getByRole('button', { name: '收起' }).click();
      expect(await height()).toBeLessThan(160);
    }
    const page = await as('luwenjing', DESK);
    await page.getByTestId('dispute-panel').getByTestId('act-assign').click();
    await page.getByTestId('assign-line').getByText('望川市生态环境局').waitFor();
    expect(await page.getByTestId('assign-line').count()).toBe(1);
    await shoot(page, '98-ruling');
  });

  it('keeps a clock of many days in its column, and counts on the wall what does not fit', async () => {
    for (let n = 0; n < 10; n++) await openCase(`逾期事项${n}`);
    clock.advance({ days: 23, hours: 11 });
    await city.tick();
    for (const size of [DESK, TABLET, PHONE]) {
      const page = await people.as('zhoumingyuan', size);
      await page.goto('/');
      await page
        .locator('.clock-row .clock-word', { hasText: /超时 \d\d 天/ })
        .first()
        .waitFor();
      await shoot(page, `98-board-${size.width}`);
      const gaps = await page.getByTestId('clock-row').evaluateAll((rows) =>
        rows.map((row) => {
          const words = [...row.querySelectorAll('.clock-line > *')].map((one) => one.getBoundingClientRect().right);
          return row.querySelector('.clock-row-what')!.getBoundingClientRect().left - Math.max(...words);
        }),
      );
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(6);
      // Also where no alert stands beside the clocks to give the row its height.
      expect(await page.locator('.panel-clocks').evaluate((panel) => panel.clientHeight)).toBeGreaterThan(200);
    }
    const wall = await people.as('zhoumingyuan', DESK);
    await wall.goto('/wall');
    await wall
      .getByTestId('wall-rest')
      .first()
      .getByText(/另有 \d+ 项，其中 \d+ 项已超时/)
      .waitFor();
    await shoot(wall, '98-wall');
  });
});
