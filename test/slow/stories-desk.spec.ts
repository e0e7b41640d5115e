import type { Page } from 'playwright-core';
import { shoot } from '../support/browser.js';
import { walk } from '../support/walk.js';

jest.setTimeout(240_000);

describe('what belongs to a story, as an officer decides it', () => {
  const city = walk('stories');
  let officer: Page;
  let canteen: string;

  const opinions = () => officer.getByTestId('story-opinion').count();
  /** The page asks anew by itself once it hears of the change. */
  const settles = async (on: (count: number) => boolean): Promise<void> => {
    for (let tries = 0; !on(await opinions()); tries++) {
      if (tries > 150) throw new Error(`the story still shows ${await opinions()} opinions`);
      await officer.waitForTimeout(200);
    }
  };
  const counts = (n: number) => settles((count) => count === n);
  const decide = async (reason: string): Promise<void> => {
    await officer.getByTestId('decision-reason').fill(reason);
    await officer.getByTestId('decision-submit').click();
    await officer.getByTestId('decision-submit').waitFor({ state: 'detached' });
  };

  beforeAll(async () => {
    officer = await city.as('luwenjing');
  });

  it('a story gathers posts, news and calls, and says how hot it is and by which formula', async () => {
    await officer.goto('/opinions');
    await officer.getByTestId('tab-stories').click();
    await officer.getByTestId('story-row').first().waitFor();
    await officer.goto('/stories?q=青禾寄宿学校');
    const row = officer.getByTestId('story-row').first();
    await row.getByRole('link', { name: /学生/ }).click();
    await officer.getByTestId('story-title').waitFor();
    canteen = officer.url();
    await officer.getByTestId('story-opinion').first().waitFor();
    const told = await officer.locator('.story-page').innerText();
    for (const word of ['12345 热线', '新闻', '论坛', 'ln(1+', '走势']) expect(told).toContain(word);
    await shoot(officer, '40-story', true);
  });

  it('what does not belong is taken out into a story of its own, and an undo brings it back', async () => {
    const before = await opinions();
    await officer.getByTestId('story-opinion').last().getByRole('checkbox').check();
    await officer.getByTestId('story-split').click();
    await decide('说的是另一件事，另行研判');
    await counts(before - 1);
    await officer.getByTestId('story-acts').getByText('拆案').waitFor();
    await officer.getByTestId('act-undo').first().click();
    await counts(before);
    await officer.getByTestId('story-acts').getByText('已撤销').waitFor();
  });

  it('what the system only suspects waits for an officer, who merges it and may undo that too', async () => {
    await officer.goto('/stories');
    await officer.getByTestId('story-row').filter({ hasText: '疑似同一事件' }).first().getByRole('link').first().click();
    await officer.getByTestId('candidates').waitFor();
    await shoot(officer, '41-candidates', true);
    const before = await opinions();
    await officer.getByTestId('candidate-merge').first().click();
    await decide('经核实为同一事件');
    await settles((count) => count > before);
    await officer.getByTestId('act-undo').first().click();
    await counts(before);
  });

  it('a fixed story says who fixed it', async () => {
    await officer.goto(canteen);
    await officer.getByTestId('story-fix').click();
    await decide('范围已核清');
    await officer.locator('.state', { hasText: '已固定' }).waitFor();
    await shoot(officer, '42-fixed');
  });
});
