import type { CaseDetail, Problem, TaskDetail } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { AuditTrail, type Database } from '@huiying/persistence';
import { classified, freshCity, type LoggedIn, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { AlertRaiser } from '../alerting/index.js';
import { AssignmentDesk, FallbackAssigner } from '../tasks/index.js';
import { CityBook } from '../city/index.js';
import { WorkflowStore } from '../timeline/index.js';

const FILE = { name: '通报.png', contentBase64: Buffer.from([0x89, 0x50, 0x4e, 0x47, 1]).toString('base64') };

describe('work on a whole case', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let officer: LoggedIn;
  let supervisor: LoggedIn;
  let emergency: LoggedIn;
  let admin: LoggedIn;

  beforeAll(async () => {
    ({ city, clock, database, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false }));
    const names = ['luwenjing', 'zhoumingyuan', 'guotieshan', 'linkaiwen'];
    [officer, supervisor, emergency, admin] = (await Promise.all(names.map((name) => city.logIn(name)))) as [
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

  type Level = 'I' | 'II' | 'III' | 'IV';
  async function openCase(level: Level = 'III'): Promise<string> {
    const event = classified(clock, { level });
    await city.app.get(AlertRaiser, { strict: false }).take([event]);
    const [alert] = await database.query<{ id: string }>(`SELECT alert_id AS id FROM workflow.alert WHERE story_id = $1`, [
      event.data.story.storyId,
    ]);
    return (await officer.post<{ caseId: string }>(`/api/alerts/${alert!.id}/confirm`, { severity: level, reason: '确认' })).body.caseId;
  }
  const assign = async (caseId: string, departmentId: string, role = 'lead') =>
    (await officer.post<{ taskIds: string[] }>(`/api/cases/${caseId}/tasks`, { tasks: [{ departmentId, role, instruction: '核查' }] })).body
      .taskIds[0]!;
  const step = (who: LoggedIn, caseId: string, name: string, body?: unknown) => who.post<Problem>(`/api/cases/${caseId}/${name}`, body);
  const read = async (caseId: string, who = officer) => (await who.get<CaseDetail>(`/api/cases/${caseId}`)).body;
  const clocks = (file: CaseDetail) =>
    Object.fromEntries(file.deadlines.filter((one) => one.subject.kind === 'case').map((one) => [one.ruleId, one.state]));
  afterEach(() => Promise.all([officer, supervisor, emergency, admin].map((who) => who.get('/api/session'))));

  async function closed(): Promise<string> {
    const caseId = await openCase();
    const task = await assign(caseId, 'emergency');
    await emergency.post(`/api/tasks/${task}/acknowledgement`);
    clock.advance({ minutes: 5 });
    await officer.post(`/api/cases/${caseId}/evidence`, {
      kind: 'statement',
      publishedAt: clock.now().toISOString(),
      note: '发布',
      file: FILE,
    });
    await emergency.post(`/api/tasks/${task}/reply`, { text: '办结' });
    expect((await step(officer, caseId, 'close', { summary: '已处置' })).status).toBe(204);
    return caseId;
  }

  it('raises the level: graver clocks are added from the same start, the lighter ends; and takes it back', async () => {
    const caseId = await openCase('III');
    const before = await read(caseId);
    expect(clocks(before)).toEqual({ 'OP-03': 'running' });
    clock.advance({ minutes: 20 });
    expect((await step(officer, caseId, 'relevel', { severity: 'II', reason: '转移人数上升' })).status).toBe(204);
    const graver = await read(caseId);
    expect(graver).toMatchObject({ severity: 'II' });
    expect(clocks(graver)).toEqual({ 'OP-01': 'running', 'OP-02': 'running', 'OP-03': 'cancelled', 'OP-14': 'running' });
    expect(graver.deadlines.find((one) => one.ruleId === 'OP-01')!.startedAt).toBe(before.deadlines[0]!.startedAt);
    expect(await step(officer, caseId, 'relevel', { severity: 'II', reason: '再来' })).toMatchObject({
      status: 409,
      body: { code: 'same-level' },
    });
    expect((await step(officer, caseId, 'relevel', { severity: 'III', reason: '复核下调' })).status).toBe(204);
    const lighter = await read(caseId);
    expect(
      lighter.deadlines
        .filter((one) => one.ruleId === 'OP-03')
        .map((one) => one.state)
        .sort(),
    ).toEqual(['cancelled', 'running']);
    expect(lighter.timeline.filter((entry) => entry.kind === 'case.releveled').map((entry) => entry.text)).toEqual([
      expect.stringContaining('由III级升级为II级（重大）：转移人数上升，新增时限：'),
      expect.stringContaining('由II级降级为III级'),
    ]);
    expect(lighter.alert.severity).toBe('III');
    expect(await step(emergency, caseId, 'relevel', { severity: 'I', reason: '越权' })).toMatchObject({ status: 403 });
  });

  it('presses, by a leader only, and tells the departments', async () => {
    const caseId = await openCase();
    await assign(caseId, 'emergency');
    expect((await step(officer, caseId, 'supervise', { reason: '两小时未动' })).status).toBe(403);
    expect((await step(supervisor, caseId, 'supervise', { reason: '两小时未动' })).status).toBe(204);
    expect((await read(caseId)).supervised).toMatchObject({ reason: '两小时未动', by: '周明远' });
    const told = await database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM workflow.outbox WHERE topic = 'notice.requested' AND payload LIKE '%【督办】%' AND payload LIKE $1`,
      [`%${caseId}%`],
    );
    expect(told[0]!.n).toBe(1);
  });

  it('goes from closing by way of the evaluation into the archive, and no further', async () => {
    const caseId = await closed();
    expect(clocks(await read(caseId))).toMatchObject({ 'OP-15': 'running' });
    expect(await step(supervisor, caseId, 'archive')).toMatchObject({ status: 409, body: { code: 'not-evaluated' } });
    expect(await step(officer, caseId, 'evaluate', { text: '短' })).toMatchObject({ status: 400 });
    expect((await step(officer, caseId, 'evaluate', { text: '首次回应用时合规，次日舆情回落八成。' })).status).toBe(204);
    expect(clocks(await read(caseId))).toMatchObject({ 'OP-15': 'met' });
    expect((await step(supervisor, caseId, 'archive')).status).toBe(204);
    expect(await read(caseId)).toMatchObject({ state: 'archived', evaluation: { by: '陆文婧' } });
    for (const [name, body] of [
      ['reopen', { reason: '再查' }],
      ['evaluate', { text: '再评估一次看看效果。' }],
      ['relevel', { severity: 'I', reason: '升级' }],
    ] as const)
      expect(await step(supervisor, caseId, name, body)).toMatchObject({
        status: 409,
        body: { code: 'case-archived', conflict: { by: '周明远', what: '归档' } },
      });
    expect((await new AuditTrail(database).of(`case:${caseId}`)).map((entry) => entry.action)).toEqual(
      expect.arrayContaining(['case.close', 'case.evaluate', 'case.archive']),
    );
  });

  it('is opened again by a leader, done again by the department, and closed again', async () => {
    const caseId = await closed();
    const [task] = (await read(caseId)).tasks;
    expect(await officer.post(`/api/tasks/${task!.id}/rework`, { reason: '反复' })).toMatchObject({
      status: 409,
      body: { code: 'case-closed' },
    });
    expect((await step(supervisor, caseId, 'reopen', { reason: '问题反复' })).status).toBe(204);
    expect(await read(caseId)).toMatchObject({ state: 'responded', closedAt: null });
    expect((await officer.post(`/api/tasks/${task!.id}/rework`, { reason: '未解决' })).status).toBe(204);
    const again = (await emergency.get<TaskDetail>(`/api/tasks/${task!.id}`)).body;
    expect(again).toMatchObject({ state: 'acknowledged', reworkReason: '未解决' });
    expect((await step(officer, caseId, 'close', { summary: '再次办结' })).body).toMatchObject({ code: 'case-has-open-tasks' });
    expect((await emergency.post(`/api/tasks/${task!.id}/reply`, { text: '已重新处置' })).status).toBe(200);
    expect((await step(officer, caseId, 'close', { summary: '再次办结' })).status).toBe(204);
    const evaluations = (await read(caseId)).deadlines.filter((one) => one.ruleId === 'OP-15').map((one) => one.state);
    expect(evaluations.sort()).toEqual(['cancelled', 'running']);
  });

  it('goes on in an earlier case with its open tasks, and comes back with clocks of its own', async () => {
    const first = await openCase('II');
    await assign(first, 'emergency');
    clock.advance({ minutes: 10 });
    const later = await openCase('III');
    const [twice, moved] = [await assign(later, 'emergency'), await assign(later, 'ecology', 'co')];
    expect(await step(officer, first, 'merge', { intoCaseId: later, reason: '同一事件' })).toMatchObject({
      status: 409,
      body: { code: 'merge-into-older' },
    });
    expect((await step(officer, later, 'merge', { intoCaseId: first, reason: '同一事件' })).status).toBe(204);
    const [main, part] = [await read(first), await read(later)];
    expect(part).toMatchObject({ state: 'merged', mergedInto: { id: first } });
    expect(clocks(part)).toEqual({ 'OP-03': 'cancelled' });
    expect(main.merged.map((one) => one.id)).toEqual([later]);
    expect(main.tasks.map((task) => [task.id === moved, task.departmentId])).toEqual(expect.arrayContaining([[true, 'ecology']]));
    expect(part.tasks.find((task) => task.id === twice)).toMatchObject({ state: 'returned' });
    expect(await step(officer, later, 'merge', { intoCaseId: first, reason: '再来' })).toMatchObject({
      body: { code: 'already-merged', conflict: { what: '并案' } },
    });
    expect(
      (await officer.post<Problem>(`/api/cases/${later}/tasks`, { tasks: [{ departmentId: 'health', role: 'lead', instruction: '查' }] }))
        .body.code,
    ).toBe('case-merged');
    expect((await step(officer, later, 'split', { reason: '实为两事' })).status).toBe(204);
    const back = await read(later);
    expect(back).toMatchObject({ state: 'opened', mergedInto: null });
    expect(
      back.deadlines
        .filter((one) => one.ruleId === 'OP-03')
        .map((one) => one.state)
        .sort(),
    ).toEqual(['cancelled', 'running']);
  });

  it('lets one of two merge crosswise', async () => {
    const [one, other] = [await openCase(), await openCase()];
    const answers = await Promise.all([
      step(officer, one, 'merge', { intoCaseId: other, reason: '同一' }),
      step(officer, other, 'merge', { intoCaseId: one, reason: '同一' }),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 409]);
  });

  it('rules on a return within thirty minutes; undecided it goes to the unit that takes what nobody takes', async () => {
    const caseId = await openCase();
    const task = await assign(caseId, 'emergency');
    await emergency.post(`/api/tasks/${task}/return`, { reason: '属生态环境部门职责', suggestedDepartmentId: 'ecology' });
    const { dispute, deadlines } = await read(caseId);
    expect(dispute).toMatchObject({ returnedBy: '市应急管理局', holder: '市应急管理局' });
    expect(dispute!.suggestions.map((one) => one.departmentId)).toEqual(['ecology', 'gov-office']);
    expect(dispute!.suggestions[0]!.grounds[0]).toContain('退回时建议');
    expect(new Date(dispute!.dueAt).getTime() - clock.now().getTime()).toBe(30 * 60_000);
    expect(deadlines.find((one) => one.ruleId === 'TK-02')!.state).toBe('running');
    const book = city.app.get(CityBook, { strict: false });
    const assigner = new FallbackAssigner(
      city.app.get(WorkflowStore, { strict: false }),
      book,
      city.app.get(AssignmentDesk, { strict: false }),
    );
    expect(await assigner.giveOverdue()).toBe(0);
    clock.advance({ minutes: 20 });
    await read(caseId);
    await emergency.get('/api/session');
    await supervisor.get('/api/session');
    await admin.get('/api/session');
    clock.advance({ minutes: 10 });
    expect(await assigner.giveOverdue()).toBe(1);
    expect(await assigner.giveOverdue()).toBe(0);
    const after = await read(caseId);
    expect(after).toMatchObject({ dispute: null, leadDepartment: { departmentId: 'gov-office' } });
    expect(after.deadlines.find((one) => one.ruleId === 'TK-02')!.state).toBe('met');
    expect(after.timeline.some((entry) => entry.actor === '系统' && entry.text.includes('兜底单位'))).toBe(true);
  });

  it('is no dispute where only information is missing', async () => {
    const caseId = await openCase();
    const task = await assign(caseId, 'emergency');
    await emergency.post(`/api/tasks/${task}/return`, { reason: '缺少地点', ground: 'insufficient' });
    expect(await read(caseId)).toMatchObject({ dispute: null });
  });

  it('offers each person what that person may do', async () => {
    const caseId = await openCase();
    const allowed = async (who: LoggedIn) => (await read(caseId, who)).actions.filter((one) => one.allowed).map((one) => one.action);
    expect(await allowed(officer)).toEqual(['assign', 'register-evidence', 'relevel', 'merge']);
    expect(await allowed(supervisor)).toEqual(['assign', 'register-evidence', 'relevel', 'supervise', 'merge']);
    expect(await allowed(admin)).toEqual([]);
  });
});
