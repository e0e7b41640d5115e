import type { Page } from 'playwright-core';
import { shoot } from '../support/browser.js';
import { walk } from '../support/walk.js';

const daysAgo = (days: number) => new Date(Date.now() + 8 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);

const DESK = { width: 1366, height: 900 };

describe('the weekly report at the console', () => {
  const city = walk('reports');
  let officer: Page;
  let leader: Page;

  beforeAll(async () => {
    [officer, leader] = await Promise.all([city.as('luwenjing', DESK), city.as('yanshuhua', DESK)]);
  });
  const state = (page: Page, word: string) => page.locator(`[data-testid=issue-bar][data-state=${word}]`).waitFor();

  it('is drafted by schedule, annotated and submitted by the officer', async () => {
    await officer.goto('/reports');
    await officer.getByText('一、本期概况').waitFor();
    await officer.getByTestId('report-channels').waitFor();
    await state(officer, 'draft');
    await officer.getByTestId('note-edit').nth(5).click();
    await officer.getByLabel('六、研判与风险提示的编者按').fill('下周有寒潮，请供热单位备足物料。');
    await officer.getByTestId('note-save').click();
    await officer.locator('.report-note', { hasText: '下周有寒潮' }).waitFor();
    await officer.getByTestId('act-submit').click();
    await state(officer, 'submitted');
    await shoot(officer, 'reports-1-submitted', true);
  });

  it('is approved by the leader, gets its number, and is carried away as Word', async () => {
    await leader.goto('/reports');
    await state(leader, 'submitted');
    await leader.getByTestId('act-approve').click();
    await state(leader, 'approved');
    await leader.getByText('总第2期').first().waitFor();
    const [download] = await Promise.all([leader.waitForEvent('download'), leader.getByTestId('report-docx').click()]);
    expect(download.suggestedFilename()).toMatch(/周报.*\.docx$/);
  });

  it('is corrected by a second version that says why', async () => {
    await leader.getByTestId('act-correct').click();
    await leader.getByTestId('report-correct-form').locator('textarea').fill('补录一条工单');
    await leader.getByTestId('report-correct-submit').click();
    await state(leader, 'draft');
    await leader.getByText('更正说明：补录一条工单').waitFor();
    await shoot(leader, 'reports-2-corrected');
  });

  it('stands departments beside each other, over one stretch and week by week, and gives the numbers as CSV', async () => {
    await officer.goto('/figures');
    await officer.getByTestId('figures-row').nth(3).waitFor();
    await officer.locator('.figures-chart svg').waitFor();
    expect(await officer.getByTestId('figures-row').first().innerText()).toContain('全市');
    await shoot(officer, 'figures-1-whole', true);
    const [download] = await Promise.all([officer.waitForEvent('download'), officer.getByTestId('figures-csv').click()]);
    expect(download.suggestedFilename()).toMatch(/^各单位统计.*\.csv$/);
    await officer.goto(`/figures?step=week&measure=opinions&from=${daysAgo(20)}&to=${daysAgo(0)}`);
    await officer.locator('.figures-chart svg').waitFor();
    await officer.getByRole('region', { name: '各单位各时段' }).waitFor();
    expect(await officer.getByTestId('figures-row').first().locator('td').count()).toBeGreaterThan(3);
    await shoot(officer, 'figures-2-weeks', true);
    const figure = officer.getByTestId('figures-row').first().locator('td a').last();
    const counted = Number(await figure.innerText());
    await figure.click();
    await officer.waitForURL(/\/opinions\?.*verdict=flagged/);
    await officer.getByTestId('opinion-row').first().waitFor();
    expect(counted).toBeGreaterThan(0);
  });
});
