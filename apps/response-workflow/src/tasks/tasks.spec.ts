import type { CaseDetail, Page, Problem, TaskDetail, TaskView } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { classified, freshCity, type LoggedIn, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { AlertRaiser } from '../alerting/index.js';

describe('tasks', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let drop: () => Promise<void>;
  let officer: LoggedIn;
  let emergency: LoggedIn;
  let supervisor: LoggedIn;
  let admin: LoggedIn;

  beforeAll(async () => {
    ({ city, clock, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false }));
    const names = ['luwenjing', 'guotieshan', 'zhoumingyuan', 'linkaiwen'];
    [officer, emergency, supervisor, admin] = (await Promise.all(names.map((name) => city.logIn(name)))) as [
      LoggedIn,
      LoggedIn,
      LoggedIn,
      LoggedIn,
    ];
  });
  afterAll(async () => {
    await city.stop();
    await drop();
  });

  async function openCase(): Promise<string> {
    const event = classified(clock, { level: 'II' });
    await city.app.get(AlertRaiser, { strict: false }).take([event]);
    const [alert] = await city.platform.database.query<{ id: string }>(`SELECT alert_id AS id FROM workflow.alert WHERE story_id = $1`, [
      event.data.story.storyId,
    ]);
    const answer = await officer.post<{ caseId: string }>(`/api/alerts/${alert!.id}/confirm`, { severity: 'II', reason: '确认' });
    return answer.body.caseId;
  }
  const assign = (caseId: string, ...tasks: [string, 'lead' | 'co'][]) =>
    officer.post<{ taskIds: string[] } & Problem>(`/api/cases/${caseId}/tasks`, {
      tasks: tasks.map(([departmentId, role]) => ({ departmentId, role, instruction: '核查处置' })),
    });
  const theCase = async (caseId: string) => (await officer.get<CaseDetail>(`/api/cases/${caseId}`)).body;

  it('goes on counting the case’s clocks when a task is returned, and hands them to the next lead', async () => {
    const caseId = await openCase();
    const [first] = (await assign(caseId, ['emergency', 'lead'])).body.taskIds;
    const before = (await theCase(caseId)).deadlines.find((one) => one.ruleId === 'OP-01')!;
    expect(before.responsible).toBe('市应急管理局');
    clock.advance({ minutes: 7 });
    const returned = await emergency.post(`/api/tasks/${first}/return`, { reason: '属生态环境部门职责', suggestedDepartmentId: 'ecology' });
    expect(returned.status).toBe(204);
    const file = await theCase(caseId);
    expect(file.state).toBe('opened');
    const [own, overall] = ['TK-01u', 'OP-01'].map((ruleId) => file.deadlines.find((one) => one.ruleId === ruleId)!);
    expect(own!.state).toBe('cancelled');
    expect(overall).toMatchObject({ state: 'running', dueAt: before.dueAt, responsible: '市应急管理局' });
    expect((await emergency.post<Problem>(`/api/tasks/${first}/acknowledgement`)).body).toMatchObject({
      code: 'task-returned',
      conflict: { by: '郭铁山', what: '退回' },
    });
    expect((await assign(caseId, ['ecology', 'lead'])).status).toBe(200);
    expect((await theCase(caseId)).deadlines.find((one) => one.ruleId === 'OP-01')).toMatchObject({
      dueAt: before.dueAt,
      responsible: '市生态环境局',
    });
    expect((await theCase(caseId)).leadDepartment).toMatchObject({ departmentId: 'ecology' });
    const mine = (await emergency.get<TaskDetail>(`/api/tasks/${first}`)).body;
    expect(mine).toMatchObject({ state: 'returned', returnedReason: '属生态环境部门职责' });
    expect(mine.deadlines.map((one) => one.ruleId)).toEqual(['TK-01u']);
    expect(mine.timeline.some((entry) => entry.text.includes('市生态环境局（牵头）'))).toBe(false);
  });

  it.each([
    ['no lead', [['ecology', 'co']], 409, 'case-needs-lead'],
    [
      'two leads',
      [
        ['ecology', 'lead'],
        ['emergency', 'lead'],
      ],
      409,
      'already-has-lead',
    ],
    [
      'one department twice',
      [
        ['ecology', 'lead'],
        ['ecology', 'co'],
      ],
      400,
      'bad-input',
    ],
    ['a department nobody knows', [['moon', 'lead']], 400, 'bad-input'],
    ['a department that has ended', [['poverty-relief', 'lead']], 400, 'bad-input'],
  ] as [string, [string, 'lead' | 'co'][], number, string][])('refuses to assign %s', async (_, tasks, status, code) => {
    const caseId = await openCase();
    expect(await assign(caseId, ...tasks)).toMatchObject({ status, body: { code } });
  });

  it('says who has the duties of a department that has ended, and offers only who answers today', async () => {
    const { body } = await assign(await openCase(), ['poverty-relief', 'lead']);
    expect(JSON.stringify(body)).toContain('扶贫办已撤并或尚未设立，现由市农业农村局承办');
    const offered = (await officer.get<{ id: string }[]>('/api/departments')).body;
    expect(offered.map(({ id }) => id)).toEqual(expect.arrayContaining(['agriculture']));
    expect(offered.map(({ id }) => id)).not.toContain('poverty-relief');
  });

  it('offers each person what that person may do, and says why not', async () => {
    const caseId = await openCase();
    const [id] = (await assign(caseId, ['emergency', 'lead'])).body.taskIds;
    const actions = async (who: LoggedIn) =>
      Object.fromEntries(
        (await who.get<TaskView>(`/api/tasks/${id}`)).body.actions.map(({ action, allowed, whyNot }) => [action, whyNot ?? allowed]),
      );
    expect(await actions(emergency)).toEqual({ acknowledge: true, return: true, reply: '请先签收，再反馈', rework: '由值班台办理' });
    expect(await actions(officer)).toEqual({
      acknowledge: '由承办部门办理',
      return: '由承办部门办理',
      reply: '由承办部门办理',
      rework: '该任务尚未反馈，无需重办',
    });
    expect(await actions(supervisor)).toMatchObject({ acknowledge: true });
    const steps = (await admin.get<CaseDetail>(`/api/cases/${caseId}`)).body.actions;
    expect(steps.every((step) => !step.allowed && step.whyNot !== null)).toBe(true);
    expect((await officer.post(`/api/tasks/${id}/acknowledgement`)).status).toBe(403);
    expect((await emergency.post(`/api/alerts/${id}/seen`)).status).toBe(403);
    expect((await emergency.get('/api/opinions')).status).toBe(403);
  });

  it('lets one of two people sign, whoever they are', async () => {
    const caseId = await openCase();
    const [id] = (await assign(caseId, ['emergency', 'lead'])).body.taskIds;
    const answers = await Promise.all(
      [emergency, supervisor, emergency, supervisor].map((who) => who.post(`/api/tasks/${id}/acknowledgement`)),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 409, 409, 409]);
  });

  it('numbers cases without gaps, twenty at once', async () => {
    const before = await city.platform.database.query(`SELECT 1 FROM workflow.case_file`);
    const ids = await Promise.all(Array.from({ length: 20 }, openCase));
    expect(new Set(ids).size).toBe(20);
    const numbers = await city.platform.database.query<{ no: string }>(`SELECT case_no AS no FROM workflow.case_file`);
    const expected = Array.from({ length: before.length + 20 }, (_, i) => `望舆〔2026〕${i + 1}号`);
    expect(numbers.map((row) => row.no).sort()).toEqual(expected.sort());
  });

  it('pages through tasks without losing or repeating one', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page<TaskView> = (await officer.get<Page<TaskView>>(`/api/tasks?cursor=${cursor}`)).body;
      seen.push(...page.items.map((task) => task.id));
      cursor = page.next;
    }
    const all = await city.platform.database.query(`SELECT 1 FROM workflow.task`);
    expect(new Set(seen).size).toBe(all.length);
    expect((await officer.get('/api/tasks?cursor=nonsense')).status).toBe(400);
  });
  it('lists open tasks by time left, soonest first, page by page, and done ones behind', async () => {
    const [slow, quick] = [await openCase(), await openCase()];
    const [kept] = (await assign(slow, ['health', 'lead'])).body.taskIds;
    clock.advance({ minutes: 3 });
    const [urgent] = (await assign(quick, ['market', 'lead'])).body.taskIds;
    const listed = (await officer.get<Page<TaskView>>('/api/tasks')).body.items.map(({ id, state, deadlines }) => ({
      id,
      state,
      deadlines,
    }));
    expect(listed.findIndex(({ id }) => id === kept)).toBeLessThan(listed.findIndex(({ id }) => id === urgent));
    const firstDone = listed.findIndex(({ state }) => state !== 'assigned' && state !== 'acknowledged');
    expect(listed.slice(firstDone).every(({ state }) => state !== 'assigned' && state !== 'acknowledged')).toBe(true);
  });
});
