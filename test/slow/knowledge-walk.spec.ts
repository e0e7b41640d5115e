import { shoot } from '../support/browser.js';
import { submitted, walk } from '../support/walk.js';

jest.setTimeout(240_000);

/** 知识库 beside a statement and a policy document, as an editor sees it. */
describe('the knowledge base in the browser', () => {
  const city = walk('knowledge');

  it('an entry is found by a few words, its answer goes into the text, an expired one warns; a cite is taken away again', async () => {
    const page = await city.as('luwenjing');
    await page.goto('/cases?q=青禾');
    await page.getByTestId('case-row').filter({ hasText: '青禾' }).first().click();
    await page.getByTestId('draft-statement').click();
    await page.getByTestId('write-title').fill('关于水价问题的答复');
    const picker = page.getByTestId('cite-picker').getByRole('combobox');
    await picker.fill('阶梯');
    await page.locator('.ant-select-item-option').filter({ hasText: '居民阶梯水价怎么算' }).click();
    expect(await page.getByTestId('write-text').inputValue()).toContain('第一阶梯每户每年 220 立方米以内');
    await picker.fill('加装电梯补助');
    await page.locator('.ant-select-item-option').filter({ hasText: '老旧小区加装电梯补助标准（已失效）' }).click();
    await page.getByTestId('cite-warning').waitFor();
    await shoot(page, '90-cite-picker');
    await page.keyboard.press('Escape');
    await submitted(page, 'write');
    const cites = page.getByTestId('cites');
    await cites.filter({ hasText: '老旧小区加装电梯补助标准（第 1 版） 已于' }).waitFor();
    await page.getByTestId('act-edit').click();
    await page.getByTestId('cites-held').getByLabel('不再引用老旧小区加装电梯补助标准').click();
    await shoot(page, '91-cite-removed');
    await submitted(page, 'write');
    await cites.filter({ hasNotText: '老旧小区' }).waitFor();
    expect(await cites.textContent()).toContain('居民阶梯水价怎么算（第 1 版）');
  });

  it('a document is replaced: its entries wait for an editor, and one press carries them on or ends them', async () => {
    const [leader] = [await city.as('zhoumingyuan')];
    await leader.goto('/documents?shown=done&q=电梯');
    await leader.getByTestId('document-row').filter({ hasText: '电梯' }).first().click();
    const panel = leader.getByTestId('document-knowledge');
    await panel.waitFor();
    await leader.getByTestId('document-acts').getByRole('button', { name: '登记失效' }).click();
    await leader.getByTestId('document-end-reason').fill('修订后重新公布');
    await leader.getByTestId('document-end-lastDay').fill('2027-06-30');
    await leader.keyboard.press('Enter');
    await leader.getByLabel('替代它的新文件').fill('停车');
    await leader.locator('.ant-select-item-option').first().click();
    await shoot(leader, '92-document-end');
    await submitted(leader, 'document-end');
    await leader.getByTestId('document-ended').waitFor();
    await panel.filter({ hasText: '待处理' }).waitFor();
    await shoot(leader, '93-document-knowledge');
    await leader.goto('/knowledge?outlasting=true');
    await leader.getByTestId('knowledge-row').first().locator('a').first().click();
    await leader.getByTestId('policy-ended').waitFor();
    await shoot(leader, '94-policy-ended');
    await leader.getByTestId('policy-ended').getByRole('link').click();
    await panel.getByRole('button', { name: '随政策失效' }).click();
    await panel.filter({ hasText: '有效至 2027-06-30' }).waitFor();
    expect(await panel.textContent()).not.toContain('待处理');
    await leader.goto('/knowledge?outlasting=true');
    await leader.getByText('没有符合的条目').waitFor();
  });
});
