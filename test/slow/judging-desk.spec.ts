import type { Page } from 'playwright-core';
import { shoot } from '../support/browser.js';
import { walk } from '../support/walk.js';

jest.setTimeout(300_000);

const KEY = 'key-of-the-walk-through-judging';
/** Who answers for it, as the officer says. */
const WISHED = '市文旅广体局';
/** Of one invented thing that neither the lexicon nor the history knows. */
const CORRECTED = [
  '粼光驿站周一到周五下午都关着门，什么时候恢复开放',
  '粼光驿站借出来的耳机是坏的，粼光驿站的人让我自己找厂家',
  '想问粼光驿站能不能延长到晚上九点，下班以后根本去不了粼光驿站',
  '粼光驿站门口的台阶太高，老人推车进不去粼光驿站',
  '粼光驿站的预约小程序一直打不开，粼光驿站电话也没人接',
  '粼光驿站的座位被人长期占着，粼光驿站没有人管',
  '粼光驿站空调不制冷，在粼光驿站坐了一小时满头汗',
  '粼光驿站说好的讲座取消了，粼光驿站也不通知报名的人',
];

/** What an officer writes and says changes how the next opinion is judged. */
describe('judging, as officers steer it', () => {
  const city = walk('judging', () => ({ HUIYING_API_KEYS: `walk:${KEY}` }));
  let officer: Page;
  let admin: Page;
  let sent = 0;
  /** Callers' words as the hotline hands them over. */
  const hand = async (...contents: string[]): Promise<void> => {
    const receivedAt = new Date(performance.timeOrigin + performance.now()).toISOString();
    const records = contents.map((content) => ({ orderNo: `WALK${++sent}`, content, receivedAt }));
    const answer = await fetch(`${city.product.url}/api/hotline/records`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': KEY },
      body: JSON.stringify({ records }),
    });
    expect(await answer.json()).toMatchObject({ accepted: records.length });
  };
  /** Ids of the opinions that hold the word, once there are so many. */
  const found = async (word: string, count: number): Promise<string[]> => {
    for (let tries = 0; tries < 100; tries++) {
      const answer = await officer.request.get(`/api/opinions?q=${encodeURIComponent(word)}`);
      const { items } = (await answer.json()) as { items: { id: string }[] };
      if (items.length >= count) return items.map(({ id }) => id);
      await officer.waitForTimeout(300);
    }
    throw new Error(`there are not ${count} opinions with ${word}`);
  };
  const open = async (id: string): Promise<void> => {
    await officer.goto(`/opinions/${id}`);
    await officer.getByTestId('review-department').waitFor();
  };
  const leadSaid = () => officer.getByTestId('review-department').locator('.review-said').innerText();

  beforeAll(async () => {
    [officer, admin] = [await city.as('luwenjing'), await city.as('linkaiwen')];
  });

  it('a keyword scheme is written, tried on the last seven days, saved, and flags what comes next', async () => {
    await officer.goto('/opinions');
    await officer.getByTestId('to-schemes').click();
    await officer.getByTestId('new-scheme').click();
    await officer.getByTestId('scheme-name').fill('路灯不亮专项');
    await officer.getByTestId('scheme-text').fill('/路灯(/\n!检修');
    await officer.getByTestId('scheme-try').click();
    await officer.getByTestId('scheme-faults').waitFor();
    expect(await officer.getByTestId('scheme-save').isDisabled()).toBe(true);
    await officer.getByTestId('scheme-text').fill('路灯 => 路灯故障\n!检修');
    await officer.getByText('向值班员预警').first().click();
    await officer.getByTestId('scheme-try').click();
    await officer.getByTestId('scheme-trial').waitFor();
    const tried = await officer.getByTestId('scheme-trial').innerText();
    expect(Number(/命中\s*(\d+)\s*条/.exec(tried)![1])).toBeGreaterThan(0);
    expect(tried).toContain('路灯故障');
    await shoot(officer, '50-scheme-tried', true);
    await officer.getByTestId('scheme-save').click();
    await officer.getByTestId('scheme-row').filter({ hasText: '路灯不亮专项' }).waitFor();

    await hand('科创路粼粼巷口的路灯灭了一周', '科创路粼粼巷口路灯检修何时结束');
    const ids = await found('粼粼巷口', 2);
    const said = new Map<string, string>();
    for (const id of ids) {
      await open(id);
      said.set(await officer.locator('.opinion-sheet h1').innerText(), await officer.getByTestId('opinion-sheet').innerText());
    }
    const [hit, spared] = [...said].sort(([a]) => (a.includes('检修') ? 1 : -1)).map(([, text]) => text);
    expect(hit).toContain('路灯不亮专项');
    expect(hit).toMatch(/已发出预警|并入已有预警/);
    expect(spared).not.toContain('路灯不亮专项');
  });

  it('what an officer corrects is learned, and the next of its kind is judged so', async () => {
    await hand(...CORRECTED);
    const ids = await found('粼光驿站', CORRECTED.length);
    await open(ids[0]!);
    expect(await leadSaid()).not.toContain(WISHED);
    for (const id of ids) {
      await open(id);
      await officer.getByTestId('review-department').getByRole('combobox').fill(WISHED);
      await officer.locator('.ant-select-item-option', { hasText: WISHED }).first().click();
      await officer.getByTestId('review-department').getByText(`→ ${WISHED}`).waitFor();
    }
    await shoot(officer, '51-corrected', true);

    await admin.goto('/judging-quality');
    await admin.getByTestId('model-in-use').waitFor();
    const before = await admin.getByTestId('model-in-use').innerText();
    await admin.getByTestId('learn-now').click();
    const inUse = async () => (await admin.getByTestId('model-in-use').innerText()).trim();
    for (let tries = 0; (await inUse()) === before.trim() || (await admin.getByText('正在学习').count()) > 0; tries++) {
      if (tries > 300) throw new Error(`nothing was learned: ${await inUse()}`);
      await admin.waitForTimeout(400);
    }
    await shoot(admin, '52-learned-anew', true);

    await hand('粼光驿站二楼的灯一直闪，晃得眼睛疼，希望粼光驿站尽快换掉');
    const later = (await found('粼光驿站', CORRECTED.length + 1)).find((id) => !ids.includes(id))!;
    await open(later);
    expect(await leadSaid()).toContain(WISHED);
    expect(await officer.getByTestId('opinion-sheet').innerText()).toContain(`此类事项由${WISHED}办理的把握为`);
    await shoot(officer, '53-judged-anew', true);
  });

  it('stories are listed, sorted, and taken away as a table', async () => {
    await officer.goto('/stories?sort=newest');
    await officer.getByTestId('story-row').first().waitFor();
    const total = Number(/(\d[\d,]*) 个/.exec(await officer.getByTestId('stories-total').innerText())![1]!.replace(',', ''));
    const answer = await officer.request.get((await officer.getByTestId('stories-csv').getAttribute('href'))!);
    expect(answer.headers()['content-disposition']).toContain(encodeURIComponent('事件.csv'));
    const lines = (await answer.text()).trimEnd().split('\r\n');
    expect(lines.slice(lines.findIndex((line) => line.startsWith('热度,')) + 1)).toHaveLength(total);
    await shoot(officer, '54-stories', true);
  });
});
