import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { addDays, HOUR_MS, localDateOf, weekdayOf, type LocalDate } from '@huiying/domain';
import { shoot } from '../support/browser.js';
import { submitted, walk } from '../support/walk.js';

jest.setTimeout(240_000);

/** What the report of the investigation is due after, in natural days from the fire, which began 3.5 hours before the city did. */
const REPORT_DAYS = 60;

/** The first of a day and those beside it, one way or the other, that is such a weekday. */
function nearest(day: LocalDate, step: 1 | -1, isWanted: (weekday: number) => boolean): LocalDate {
  return isWanted(weekdayOf(day)) ? day : nearest(addDays(day, step), step, isWanted);
}

/** The year whose notice settles the day that report is due, by the weekdays: the last days of a year wait for the next one's. */
function unsettledYear(now: Date): number {
  const fire = localDateOf(new Date(now.getTime() - 3.5 * HOUR_MS));
  const due = nearest(addDays(fire, REPORT_DAYS), 1, (weekday) => weekday >= 1 && weekday <= 5);
  return Number(due.slice(0, 4)) + (due.slice(5) >= '12-28' ? 1 : 0);
}

/** A notice as the State Council words them, of any year: a 元旦, a 春节 and the weekend days worked for it. */
function noticeOf(year: number): string {
  const worked = [nearest(`${year}-02-04`, -1, (weekday) => weekday === 0), nearest(`${year}-02-12`, 1, (weekday) => weekday === 6)];
  const said = (day: LocalDate) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日（周${'日一二三四五六'[weekdayOf(day)]}）`;
  return `国务院办公厅关于${year}年部分节假日安排的通知\n一、元旦：${said(`${year}-01-01`)}至3日放假，共3天。\n二、春节：2月5日至11日放假调休，共7天。${worked.map(said).join('、')}上班。`;
}

/** 口径, 发布会, 不实信息, 分析报告, 承诺, 管辖争议, 工作日历 and 时限规则, as the people who do it see them. */
describe('work on a case beside its tasks', () => {
  // The walk runs on the machine's clock: it takes the notices away that settle the report's day, so that no day of the run,
  // and no calendar that ships, changes what it sees.
  const year = unsettledYear(new Date());
  const config = mkdtempSync(join(tmpdir(), 'huiying-casework-config-'));
  const city = walk('casework', () => {
    cpSync('config', config, { recursive: true });
    const calendar = join(config, 'calendar');
    for (const file of readdirSync(calendar)) if (file >= `${year}.yaml`) rmSync(join(calendar, file));
    return { HUIYING_CONFIG: config };
  });
  afterAll(() => rmSync(config, { recursive: true, force: true }));
  async function openCase(page: Page, words: string): Promise<string> {
    await page.goto(`/cases?q=${words}`);
    await page.getByTestId('case-row').filter({ hasText: words }).first().click();
    await page.getByTestId('case-page').waitFor();
    return page.url();
  }
  /** The wall clock's minute in 望川, as the field holds it. */
  async function beijingMinute(page: Page): Promise<string> {
    const { serverTime } = (await (await page.request.get('/api/session')).json()) as { serverTime: string };
    return new Date(Date.parse(serverTime) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  }

  it('a statement is drafted, reviewed for secrecy by another, approved by a leader, published with proof, put right as a second version', async () => {
    const [drafter, reviewer, leader] = [await city.as('luwenjing'), await city.as('hesiyuan'), await city.as('zhoumingyuan')];
    const url = await openCase(drafter, '青禾');
    await drafter.getByTestId('draft-statement').click();
    await drafter.getByTestId('write-title').fill('关于青禾寄宿学校学生身体不适的情况通报（第一号）');
    await drafter
      .getByTestId('write-text')
      .fill('青禾寄宿学校23名学生晚餐后身体不适，11人就诊，均无生命危险。学校食堂已停止供餐，食品留样已送检，结果将及时公布。');
    await drafter.getByTestId('write-check').click();
    await drafter.getByTestId('statement-checks').waitFor();
    await shoot(drafter, '60-statement-draft');
    await submitted(drafter, 'write');
    const sheet = (page: Page, state: string) => page.locator(`[data-testid="statement-sheet"][data-state="${state}"]`);
    await sheet(drafter, 'draft').waitFor();
    const address = drafter.url();
    await drafter.getByTestId('act-submit').click();
    await sheet(drafter, 'review').waitFor();
    for (const [page, act, state] of [
      [reviewer, 'clear', 'cleared'],
      [leader, 'approve', 'approved'],
    ] as const) {
      await page.goto(address);
      await page.getByTestId(`act-${act}`).click();
      await page.getByTestId(`${act}-note`).fill('检测结论待市场监管部门出具，下次通报说明');
      await submitted(page, act);
      await sheet(page, state).waitFor();
    }
    await shoot(leader, '61-statement-approved');
    await drafter.goto(address);
    await drafter.getByTestId('act-publish').click();
    await drafter.getByTestId('publish-publishedAt').fill(await beijingMinute(drafter));
    await drafter.getByTestId('publish-publishedAt').press('Enter');
    await drafter
      .getByTestId('publish-form')
      .locator('input[type=file]')
      .setInputFiles({ name: '通报.txt', mimeType: 'text/plain', buffer: Buffer.from('情况通报') });
    await submitted(drafter, 'publish');
    await sheet(drafter, 'published').waitFor();

    await drafter.getByTestId('act-revise').click();
    await drafter
      .getByTestId('write-text')
      .fill('青禾寄宿学校35名学生晚餐后身体不适，11人就诊，均无生命危险。学校食堂已停止供餐，食品留样已送检，结果将及时公布。');
    await drafter.getByTestId('write-check').click();
    await drafter.getByTestId('statement-checks').getByText('23').first().waitFor();
    await shoot(drafter, '62-statement-contradicts');
    await submitted(drafter, 'write');
    await drafter.getByTestId('against-1').click();
    await drafter.getByTestId('statement-diff').waitFor();
    await shoot(drafter, '63-statement-difference');
    await drafter.goto(url);
    await drafter.getByTestId('timeline').getByText('发布口径').first().waitFor();
  });

  it('a claim is found to be false, its clock of two hours runs, and is stopped by proof of the clarification', async () => {
    const officer = await city.as('luwenjing');
    await openCase(officer, '停车');
    await officer.getByTestId('rumours-panel').scrollIntoViewIfNeeded();
    await shoot(officer, '63a-rumour-overdue');
    await openCase(officer, '青禾');
    await officer.getByTestId('case-work').click();
    await officer.getByTestId('work-rumour').click();
    await officer.getByTestId('rumour-find-claim').fill('青禾寄宿学校已有学生死亡');
    await officer.getByTestId('rumour-find-finding').fill('经市卫生健康委和收治医院核实，无学生死亡，就诊学生均已好转');
    await shoot(officer, '63b-rumour-find');
    await submitted(officer, 'rumour-find');
    const row = (state: string) => officer.locator(`[data-testid="rumour-row"][data-state="${state}"]`).filter({ hasText: '已有学生死亡' });
    await row('open').waitFor();
    const clock = officer.getByTestId('case-clock').filter({ hasText: '虚假信息澄清' });
    await clock.waitFor();
    await row('open').getByTestId('act-rumour-clarify').click();
    await officer.getByTestId('rumour-clarify-publishedAt').fill(await beijingMinute(officer));
    await officer.getByTestId('rumour-clarify-publishedAt').press('Enter');
    await officer.getByTestId('rumour-clarify-note').fill('教育局官方微博辟谣');
    const upload = officer.getByTestId('rumour-clarify-form').locator('input[type=file]');
    await upload.setInputFiles({ name: '辟谣.txt', mimeType: 'text/plain', buffer: Buffer.from('辟谣') });
    await submitted(officer, 'rumour-clarify');
    await row('clarified').waitFor();
    await clock.getByText('完成').first().waitFor();
    await row('clarified').scrollIntoViewIfNeeded();
    await shoot(officer, '63c-rumour-clarified');
  });

  it('an analysis with one part missing is refused beside that part, and goes with all four', async () => {
    const officer = await city.as('luwenjing');
    await openCase(officer, '化工园');
    await officer.getByTestId('write-analysis').click();
    for (const [part, words] of [
      ['nature', '危化品泄漏起火次生的突发环境事件，疏散1.2万余人，属重大（II级）。'],
      ['trend', '由同城微博扩散到本地媒体和热线，集中在空气是否有毒、失联人员名单。'],
      ['proposal', '五小时内发布权威信息；环境监测每小时公布一次；公布安置点和失联人员核实进展。'],
    ] as const)
      await officer.getByTestId(`analysis-${part}`).fill(words);
    await officer.getByTestId('analysis-submit').first().check();
    await officer.getByRole('button', { name: /^保\s*存$/ }).click();
    await officer.getByTestId('analysis-form').locator('.ant-form-item-explain-error').first().waitFor();
    await shoot(officer, '64-analysis-refused');
    await officer.getByTestId('analysis-risks').fill('“江水不能喝”一类传言；安置群众因用药、饮食产生新的不满。');
    await officer.getByRole('button', { name: /^保\s*存$/ }).click();
    await officer.getByTestId('analysis-form').waitFor({ state: 'detached' });
    await officer.getByTestId('analysis-panel').getByText('提交').first().waitFor();
  });

  it('a press conference is waived by a leader with grounds, and by nobody else', async () => {
    const [officer, leader] = [await city.as('luwenjing'), await city.as('zhoumingyuan')];
    const url = await openCase(officer, '化工园');
    expect(await officer.getByTestId('act-conference-waive').isDisabled()).toBe(true);
    await leader.goto(url);
    await leader.getByTestId('act-conference-waive').click();
    await leader
      .getByTestId('conference-waive-reason')
      .fill('省应急管理厅今晚统一召开新闻发布会，市级不另行举行，已报市政府主要负责人同意');
    await submitted(leader, 'conference-waive');
    await leader.getByTestId('conference-panel').getByText('不举行的理由').waitFor();
    await leader.getByTestId('conference-panel').scrollIntoViewIfNeeded();
    await shoot(leader, '65-conference-waived');
  });

  it('a promise goes into the ledger, which is searched and exported', async () => {
    const officer = await city.as('luwenjing');
    await openCase(officer, '化工园');
    await officer.getByTestId('add-commitment').click();
    await officer.getByTestId('commitment-text').fill('明日上午10时前公布园区周边空气监测全部数据');
    await officer.getByTestId('commitment-departmentId').click();
    await officer.keyboard.type('生态环境');
    await officer.keyboard.press('Enter');
    await submitted(officer, 'commitment');
    await officer.goto('/commitments');
    await officer.getByTestId('commitment-row').filter({ hasText: '空气监测全部数据' }).waitFor();
    await shoot(officer, '66-commitments', true);
  });

  it('a department gives a task back as not its own: the case says who rules on it by when, and who holds it meanwhile', async () => {
    const [officer, lead] = [await city.as('luwenjing'), await city.as('baijingwen')];
    await lead.goto('/tasks');
    await lead.getByTestId('task-card').first().waitFor();
    await lead.getByTestId('task-card').first().getByRole('link').first().click();
    await lead.getByTestId('task-page').waitFor();
    await lead.getByTestId('act-return').click();
    await lead.getByTestId('return-reason').fill('该管段属小区内部供水设施，由物业和住建部门负责');
    await lead
      .getByRole('button', { name: /^退\s*回$/ })
      .last()
      .click();
    await lead.getByText('已退回').first().waitFor();
    await officer.goto('/cases?q=');
    await officer.getByTestId('case-row').first().waitFor();
    const disputed = await lead.locator('a[href^="/cases/"]').first().getAttribute('href');
    await officer.goto(disputed!);
    await officer.getByTestId('dispute-panel').waitFor();
    await shoot(officer, '67-dispute');
  });

  it('the administrator pastes the year’s notice that was missing, sees which clock rested on it, confirms, and that clock is provisional no more', async () => {
    const [administrator, officer] = [await city.as('linkaiwen'), await city.as('luwenjing')];
    const url = await openCase(officer, '化工园');
    const report = officer.getByTestId('case-clock').filter({ hasText: '事故调查报告' });
    await report
      .getByTestId('provisional-note')
      .getByText(/\d{4} 年放假安排尚未公布/)
      .waitFor();
    await report.getByTestId('why-button').click();
    await officer.getByTestId('ledger').getByText(`${year}年放假安排未公布或未录入，暂按星期推算`).first().waitFor();
    await shoot(officer, '67a-provisional');
    await administrator.goto('/calendar');
    await administrator.getByTestId('open-entry').click();
    await administrator.getByTestId('notice-text').fill(noticeOf(year));
    await administrator.getByTestId('read-notice').click();
    await administrator.getByTestId('reading').getByText('未见疑点').waitFor();
    await administrator.getByTestId('preview-calendar').click();
    await administrator.getByTestId('enter-calendar').waitFor();
    const moved = administrator.getByTestId('moved-clocks').getByRole('row').filter({ hasText: '事故调查报告' });
    expect(await moved.innerText()).toMatch(/\d{4}-\d\d-\d\d 23:59:59（暂定）\s+\d{4}-\d\d-\d\d 23:59:59$/);
    await shoot(administrator, '68-calendar-preview');
    await administrator.getByTestId('enter-calendar').click();
    await administrator.getByTestId('entry-drawer').waitFor({ state: 'detached' });
    await shoot(administrator, '69-calendar-entered', true);
    await officer.goto(url);
    await report.waitFor();
    expect(await report.getByTestId('provisional-note').count()).toBe(0);
    await officer.getByTestId('timeline').getByText(`${year}年放假安排录入`).first().waitFor();
  });

  it('the administrator tries a tighter rule: a fault names its line, the dry run shows the clocks, a confirmation makes it law', async () => {
    const administrator = await city.as('linkaiwen');
    await administrator.goto('/rules');
    await administrator.getByTestId('open-supplement').click();
    const yaml = (length: string) => `rules:\n  - id: OP-03\n    version: 望川2026-9\n    length: ${length}\n`;
    await administrator.getByTestId('supplement-yaml').fill(yaml('很快'));
    await administrator.getByTestId('preview-rules').click();
    await administrator.getByTestId('rule-faults').waitFor();
    expect(await administrator.getByTestId('rule-faults').innerText()).toMatch(/4.*length/);
    await administrator.getByTestId('supplement-yaml').fill(yaml('36'));
    await administrator.getByTestId('preview-rules').click();
    await administrator.getByTestId('rule-changes').waitFor();
    await administrator.getByTestId('moved-clocks').waitFor();
    await shoot(administrator, '70-rules-dry-run');
    await administrator.getByTestId('move-clocks').check();
    await administrator.getByTestId('enter-rules').click();
    await administrator.getByTestId('supplement-drawer').waitFor({ state: 'detached' });
  });
});
