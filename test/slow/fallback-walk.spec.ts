import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { CaseDetail } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import type { Database } from '@huiying/persistence';
import { AlertRaiser } from '../../apps/response-workflow/src/alerting/index.js';
import { openBrowser, shoot } from '../support/browser.js';
import { People } from '../support/walk.js';
import { classified, eventually, freshCity, type LoggedIn, type WorkflowCity } from '../support/workflow-city.js';

jest.setTimeout(240_000);

/** 兜底单位: half an hour in which nobody decides whose matter it is, on a clock that the spec moves; the service itself gives the task. */
describe('a task that no department holds to be its own', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let browser: Browser;
  let people: People;
  let officer: LoggedIn;
  let caseId: string;

  beforeAll(async () => {
    ({ city, clock, database, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { consoleFolder: resolve('dist/console') }));
    browser = await openBrowser();
    people = new People(browser, city.url);
    officer = await city.logIn('luwenjing');
    const event = classified(clock, { level: 'III' });
    await city.app.get(AlertRaiser, { strict: false }).take([event]);
    const [alert] = await database.query<{ id: string }>(`SELECT alert_id AS id FROM workflow.alert`);
    const confirmed = await officer.post<{ caseId: string }>(`/api/alerts/${alert!.id}/confirm`, {
      severity: 'III',
      reason: '电话核实属实',
    });
    caseId = confirmed.body.caseId;
    await officer.post(`/api/cases/${caseId}/tasks`, {
      tasks: [{ departmentId: 'emergency', role: 'lead', instruction: '核查黄烟来源' }],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await city.stop();
    await drop();
    expect(people.broken).toEqual([]);
  });

  const read = async () => (await officer.get<CaseDetail>(`/api/cases/${caseId}`)).body;
  /** How often each person was told, by what the notice is headed with. */
  const told = async (words: string): Promise<Record<string, number>> => {
    const rows = await database.query<{ name: string; count: number }>(
      `SELECT p.username AS name, count(*)::int AS count FROM workflow.notice n JOIN workflow.person p ON p.person_id = n.recipient_id
       WHERE n.title LIKE $1 GROUP BY 1`,
      [`%${words}%`],
    );
    return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
  };
  const openCase = async (username: string): Promise<Page> => {
    const page = await people.as(username);
    await page.goto(`/cases/${caseId}`);
    await page.getByTestId('case-page').waitFor();
    return page;
  };

  it('is given back: the clock of the ruling starts, and the department stays responsible meanwhile', async () => {
    const lead = await people.as('guotieshan');
    await lead.goto('/tasks');
    await lead.getByTestId('task-card').first().getByRole('link').first().click();
    await lead.getByTestId('act-return').click();
    await lead.getByTestId('return-reason').fill('黄烟来自排污，属生态环境部门职责');
    await lead
      .getByRole('button', { name: /^退\s*回$/ })
      .last()
      .click();
    await lead.getByText('已退回').first().waitFor();

    const page = await openCase('luwenjing');
    const panel = page.getByTestId('dispute-panel');
    await panel.getByText('裁定前仍由 市应急管理局 负责').waitFor();
    await panel.getByText('11-18 09:30 前裁定，逾期由兜底单位承办').waitFor();
    const ruling = page.getByTestId('case-clock').filter({ hasText: '管辖争议' });
    expect(await ruling.getAttribute('data-state')).toBe('running');
    expect((await read()).leadDepartment).toMatchObject({ departmentId: 'emergency' });
    await shoot(page, '95-dispute-runs');
    await panel.getByTestId('act-assign').click();
    const lines = page.getByTestId('assign-line');
    // The only department that was judged gave it back: the fallback unit stands ready.
    await lines.getByText('望川市人民政府办公室').waitFor();
    await lines.getByText('牵头').waitFor();
    expect(await lines.count()).toBe(1);
    await shoot(page, '95-dispute-ruling');
    await page.getByRole('button', { name: /^取\s*消$/ }).click();
  });

  it('goes to the fallback unit when the half hour has run out, everyone concerned told once, and the page says why', async () => {
    clock.advance({ minutes: 29, seconds: 59 });
    await city.tick();
    // The service looks every five seconds; before the end it gives nothing to anybody.
    await new Promise((done) => setTimeout(done, 6_000));
    expect((await read()).dispute).not.toBeNull();
    await (await openCase('luwenjing')).getByTestId('dispute-panel').waitFor();
    clock.advance({ seconds: 1 });
    await city.tick();
    await eventually(async () => (await read()).dispute === null, 'the case was given');
    expect(await read()).toMatchObject({ leadDepartment: { departmentId: 'gov-office' } });

    const page = await openCase('luwenjing');
    expect(await page.getByTestId('dispute-panel').count()).toBe(0);
    await page.getByTestId('case-task').getByText('管辖争议逾期未裁定，由兜底单位先行承办').waitFor();
    await page.getByTestId('timeline').getByText('兜底单位').first().waitFor();
    await shoot(page, '96-fallback-holds', true);
    const toldCount = async (words: string): Promise<number> => Object.keys(await told(words)).length;
    await eventually(
      async () => (await toldCount('【裁定】')) >= 1 && (await toldCount('【逾期】管辖争议')) >= 4 && (await toldCount('【交办】')) >= 2,
      'everyone concerned was told',
    );
    // Nothing more happens to it, however long one waits.
    await new Promise((done) => setTimeout(done, 6_000));
    expect((await read()).tasks.filter(({ departmentId }) => departmentId === 'gov-office')).toHaveLength(1);
    expect(await told('【裁定】')).toEqual({ guotieshan: 1 });
    expect(await told('【逾期】管辖争议')).toEqual({ luwenjing: 1, qiuguodong: 1, yanshuhua: 1, zhoumingyuan: 1 });
    const assigned = await told('【交办】');
    expect(assigned).toMatchObject({ guotieshan: 1 });
    expect(Object.values(assigned)).toEqual([1, 1]);
  });
});
