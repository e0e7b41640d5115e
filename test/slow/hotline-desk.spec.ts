import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import type { Page } from 'playwright-core';
import { openTable } from '@huiying/tables';
import { shoot } from '../support/browser.js';
import { walk } from '../support/walk.js';

/** A workbook as a hotline exports it: a title, a sheet of remarks, a time that is none. */
const ROWS = 300;

describe('the hotline at the console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiying-hotline-desk-'));
  const file = join(folder, '十一月工单.xlsx');
  const city = walk('hotline-desk');
  let page: Page;

  beforeAll(async () => {
    const rows = Array.from({ length: ROWS }, (_, i) => [
      `XLS${i}`,
      `青梧区学府街道第${i}号路灯不亮，我叫李桂兰，请尽快处理`,
      i === 5 ? '上周' : '2026-11-02 08:00:00',
      '投诉',
      '李桂兰',
      13812345678,
      '青梧区',
    ]);
    const header = ['单号', '反映内容', '受理时间', '诉求类型', '来电人', '电话', '辖区'];
    const sheets = [
      { name: '说明', rows: [['内部使用']] },
      { name: '工单', rows: [['望川市12345工单（十一月）'], header, ...rows] },
    ];
    writeFileSync(file, await writeXlsx({ sheets }));
    page = await city.as('luwenjing');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('a workbook is chosen, understood, put right and imported; what was rejected comes back as a workbook', async () => {
    await page.goto('/sources');
    await page.getByTestId('to-import').click();
    await shoot(page, 'hotline-1-choose');
    await page.getByTestId('import-file').setInputFiles(file);
    await page.getByTestId('import-choice').waitFor();
    expect(await page.getByTestId('preview-row').count()).toBe(20);
    await page.getByTestId('preview-fault').getByText('受理时间：应为').waitFor();
    expect(await page.getByTestId('import-page').textContent()).not.toMatch(/李桂兰|13812345678/);
    await page.getByTestId('map-region').locator('.ant-select').click();
    await page.locator('.ant-select-item-option', { hasText: '辖区' }).click();
    await page.locator('th.import-used', { hasText: '辖区' }).waitFor();
    await shoot(page, 'hotline-2-map', true);
    await page.getByTestId('import-run').click();
    await page.locator('[data-testid=import-result][data-state=done]').waitFor();
    expect(await page.getByTestId('import-result').textContent()).toMatch(/新收下299/);
    await shoot(page, 'hotline-3-result');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('import-rejected').click()]);
    const rejected = join(folder, 'rejected.xlsx');
    await download.saveAs(rejected);
    const { rows } = await openTable(rejected, { knows: (name) => name === '单号' });
    for await (const row of rows) expect(row).toMatchObject({ row: { 单号: 'XLS5', 受理时间: '上周' } });
  });

  it('the address keeps the import through a reload', async () => {
    await page.reload();
    await page.locator('[data-testid=import-result][data-state=done]').waitFor();
  });

  it('a caller is shown for a reason, and nowhere without', async () => {
    await page.goto('/opinions?q=第7号路灯不亮');
    await page.getByText('第7号路灯不亮').first().click();
    await page.getByTestId('open-caller').click();
    await page.getByTestId('caller-submit').click();
    await page.getByText('请写明为何要查看').waitFor();
    await page.getByTestId('caller-reason').fill('电话回访核实路灯是否修好');
    await shoot(page, 'hotline-4-reason');
    await page.getByTestId('caller-submit').click();
    await page.getByTestId('caller-shown').getByText('13812345678').waitFor();
    await shoot(page, 'hotline-5-caller');
    await page.getByTestId('caller-submit').click();
    await page.getByTestId('caller-shown').waitFor({ state: 'detached' });
  });
});
