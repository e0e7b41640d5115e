import type { AlertView, BoardView, CaseDetail, DeadlineWhy, Page, Problem, TaskDetail, TaskView } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import type { TestDatabase } from '../support/database.js';
import { classified, eventually, freshCity, WorkflowCity, type LoggedIn } from '../support/workflow-city.js';

/** A Wednesday; 卢文婧 and so on are on duty by config/duty.yaml. */
const START = '2026-11-18T01:00:00Z';

describe('the response workflow, from a judged opinion to a closed case', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let url: string;
  let drop: TestDatabase['drop'];
  let officer: LoggedIn;
  let other: LoggedIn;
  let emergency: LoggedIn;
  let education: LoggedIn;
  let alertId: string;
  let caseId: string;
  let taskId: string;

  beforeAll(async () => {
    ({ city, clock, url, drop } = await freshCity(START));
    await logIn();
  });

  const logIn = async () => {
    const names = ['luwenjing', 'hesiyuan', 'guotieshan', 'shaohuiping'];
    [officer, other, emergency, education] = (await Promise.all(names.map((name) => city.logIn(name)))) as [
      LoggedIn,
      LoggedIn,
      LoggedIn,
      LoggedIn,
    ];
  };

  /** Moves the clock further than a session lives, fires what is due, and logs everybody in again. */
  const moveTo = async (instant: string) => {
    clock.set(new Date(instant));
    await city.tick();
    await logIn();
  };

  afterAll(async () => {
    await city?.stop();
    await drop?.();
  });

  const theCase = async (who: LoggedIn = officer) => (await who.get<CaseDetail>(`/api/cases/${caseId}`)).body;
  const clockOf = (file: CaseDetail, ruleId: string) => file.deadlines.find((one) => one.ruleId === ruleId)!;

  it('raises one alert for a grave opinion, and joins the next one of the story', async () => {
    const first = classified(clock, { level: 'II' });
    const second = classified(clock, {
      level: 'II',
      storyId: first.data.story.storyId,
      channel: 'hotline',
      sourceId: 'hotline',
      title: '安置三区气味刺鼻',
    });
    await city.publish(first, second);
    const alert = await eventually(async () => {
      const { body } = await officer.get<Page<AlertView>>('/api/alerts?state=open,seen');
      return body.items.find((one) => one.opinionCount === 2);
    }, 'the alert');
    alertId = alert.id;
    expect(alert).toMatchObject({ state: 'open', suggestedSeverity: 'II', opinionCount: 2, hotlineCount: 1, sourceCount: 2 });
    expect(alert.prospectiveDueAt).toBe(new Date(clock.now().getTime() + 5 * 3_600_000).toISOString());
    expect((await officer.get<Page<AlertView>>('/api/alerts')).body.total).toBe(1);
  });

  it('shows the alert on the board, with who is on duty', async () => {
    const board = (await officer.get<BoardView>('/api/board')).body;
    expect(board.alerts.map((alert) => alert.id)).toEqual([alertId]);
    expect(board.today).toMatchObject({ opinions: 2, flagged: 2, alerts: 1, hotline: 1 });
    expect(board.onDuty.now.map((person) => person.duty).sort()).toEqual(['leader', 'officer']);
  });

  it('lets one of two officers confirm it; the other is told who was first', async () => {
    clock.advance({ minutes: 10 });
    const request = { severity: 'II', keyCategory: 'emergency', reason: '涉及突发环境事件，多人身体不适' };
    const answers = await Promise.all(
      [officer, other].map((who) => who.post<{ caseId: string } & Problem>(`/api/alerts/${alertId}/confirm`, request)),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const [won] = answers.filter((answer) => answer.status === 200);
    const [lost] = answers.filter((answer) => answer.status === 409);
    caseId = won!.body.caseId;
    expect(lost!.body).toMatchObject({ code: 'already-decided', conflict: { at: clock.now().toISOString(), what: '研判定级' } });
    expect(['陆文婧', '何思远']).toContain(lost!.body.conflict!.by);
  });

  it('stamps the 5 h and 24 h clocks from first sight', async () => {
    const file = await theCase();
    expect(file).toMatchObject({ caseNo: '望舆〔2026〕1号', state: 'opened', severity: 'II' });
    expect(clockOf(file, 'OP-01')).toMatchObject({
      state: 'running',
      startedAt: '2026-11-18T01:00:00.000Z',
      dueAt: '2026-11-18T06:00:00.000Z',
    });
    expect(clockOf(file, 'OP-02')).toMatchObject({ dueAt: '2026-11-19T01:00:00.000Z' });
    const why = (await officer.get<DeadlineWhy>(`/api/deadlines/${clockOf(file, 'OP-01').id}/why`)).body;
    expect(why.ledger.reduce((sum, line) => sum + line.amount, 0)).toBeCloseTo(5);
    expect(why.rule.citation).toContain('国办发〔2016〕80号');
  });

  it('assigns a lead and a co-department; each sees its own task and no other', async () => {
    const tasks = [
      { departmentId: 'emergency', role: 'lead', instruction: '立即核查并发布权威信息' },
      { departmentId: 'ecology', role: 'co', instruction: '配合监测空气' },
    ];
    const answer = await officer.post<{ taskIds: string[] }>(`/api/cases/${caseId}/tasks`, { tasks });
    expect(answer.status).toBe(200);
    taskId = answer.body.taskIds[0]!;
    const mine = (await emergency.get<Page<TaskView>>('/api/tasks?mine=true')).body;
    expect(mine.items.map((task) => task.id)).toEqual([taskId]);
    expect(mine.items[0]!.deadlines.map((one) => one.ruleId)).toEqual(['TK-01u', 'OP-01', 'OP-02']);
    expect((await emergency.get(`/api/tasks/${answer.body.taskIds[1]}`)).status).toBe(404);
    expect((await education.get(`/api/tasks/${taskId}`)).status).toBe(404);
    expect((await education.get(`/api/cases/${caseId}`)).status).toBe(404);
    expect((await education.get(`/api/deadlines/${clockOf(await theCase(), 'OP-01').id}/why`)).status).toBe(404);
    expect((await emergency.get<CaseDetail>(`/api/cases/${caseId}`)).body.tasks).toHaveLength(1);
    expect((await other.post<Problem>(`/api/cases/${caseId}/tasks`, { tasks: [tasks[0]] })).body).toMatchObject({
      code: 'already-has-lead',
      conflict: { by: '陆文婧', what: '交办市应急管理局' },
    });
  });

  it('takes the department’s 签收 once', async () => {
    clock.advance({ minutes: 5 });
    expect((await emergency.post(`/api/tasks/${taskId}/acknowledgement`)).status).toBe(204);
    const again = await emergency.post<Problem>(`/api/tasks/${taskId}/acknowledgement`);
    expect(again).toMatchObject({ status: 409, body: { code: 'already-acknowledged', conflict: { by: '郭铁山', what: '签收' } } });
    const task = (await emergency.get<TaskDetail>(`/api/tasks/${taskId}`)).body;
    expect(task).toMatchObject({ state: 'acknowledged' });
    expect(task.deadlines.find((one) => one.ruleId === 'TK-01u')).toMatchObject({ state: 'met' });
    expect((await theCase()).state).toBe('handling');
  });

  it('warns at 50 and 80 %, over a restart of the process, each once', async () => {
    await moveTo('2026-11-18T03:30:30Z');
    await city.stop();
    clock.set(new Date('2026-11-18T05:10:00Z'));
    city = await WorkflowCity.start(url, clock);
    await logIn();
    await city.tick();
    await city.tick();
    const warned = (await theCase()).timeline.filter((entry) => entry.kind === 'deadline.warned' && entry.detail.ruleId === 'OP-01');
    expect(warned.map((entry) => [entry.detail.percent, entry.detail.late])).toEqual([
      [50, false],
      [80, true],
    ]);
  });

  it('meets no clock by words alone', async () => {
    const reply = await emergency.post<{ metDeadlineIds: string[] }>(`/api/tasks/${taskId}/reply`, {
      text: '已核查，系阀门泄漏，正在处置。',
    });
    expect(reply).toMatchObject({ status: 200, body: { metDeadlineIds: [] } });
    expect(clockOf(await theCase(), 'OP-01').state).toBe('running');
    const refused = await officer.post<Problem>(`/api/cases/${caseId}/close`, { summary: '办结' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'case-has-open-clocks' } });
  });

  it('refuses a proof that cannot be believed, beside its field', async () => {
    const evidence = { kind: 'statement', url: 'http://127.0.0.1:9/notice', publishedAt: '2026-11-18T00:30:00Z', note: '通报' };
    const answer = await emergency.post<Problem>(`/api/tasks/${taskId}/reply`, { text: '已发布', evidence });
    expect(answer).toMatchObject({ status: 400, body: { faults: [{ field: 'evidence.publishedAt' }] } });
  });

  it('stops the 5 h clock by proof, at the time of publication, though the page could not be captured', async () => {
    await moveTo('2026-11-18T06:30:00Z');
    const evidence = { kind: 'statement', url: 'http://127.0.0.1:9/notice', publishedAt: '2026-11-18T05:40:00Z', note: '市应急局情况通报' };
    const answer = await emergency.post<{ metDeadlineIds: string[] }>(`/api/tasks/${taskId}/reply`, { text: '已发布情况通报', evidence });
    const file = await theCase();
    expect(answer.body.metDeadlineIds).toEqual([clockOf(file, 'OP-01').id]);
    expect(clockOf(file, 'OP-01')).toMatchObject({ state: 'met', metAt: '2026-11-18T05:40:00.000Z' });
    expect(file.state).toBe('responded');
    expect(file.evidence).toMatchObject([{ kind: 'statement', sha256: null, captureFailure: '地址 127.0.0.1:9 指向内网，已拦截' }]);
    expect(clockOf(file, 'OP-04')).toMatchObject({ state: 'running', startedAt: '2026-11-18T05:40:00.000Z' });
  });

  it('breaches the 24 h clock exactly once, with two engines racing', async () => {
    clock.set(new Date('2026-11-19T01:00:01Z'));
    const twin = await WorkflowCity.start(url, clock);
    await Promise.all([city.tick(), twin.tick(), city.tick(), twin.tick()]);
    await twin.stop();
    await logIn();
    const breaches = (await theCase()).timeline.filter((entry) => entry.kind === 'deadline.breached' && entry.detail.ruleId === 'OP-02');
    expect(breaches).toHaveLength(1);
    expect(clockOf(await theCase(), 'OP-02').state).toBe('overdue');
    const sent = await city.platform.database.query(
      `SELECT payload FROM workflow.outbox WHERE topic = 'deadline.breached' AND payload LIKE '%OP-02%'`,
    );
    expect(sent).toHaveLength(1);
  });

  it('meets the press conference late with a film of it, and closes', async () => {
    const ecology = await city.logIn('gaohanqing');
    const coTask = (await ecology.get<Page<TaskView>>('/api/tasks')).body.items[0]!;
    await ecology.post(`/api/tasks/${coTask.id}/acknowledgement`);
    await ecology.post(`/api/tasks/${coTask.id}/reply`, { text: '空气监测结果已达标。' });
    const file = { name: '发布会.mp4', contentBase64: Buffer.from('....ftypmp42film').toString('base64') };
    const proof = { kind: 'press-conference', publishedAt: clock.now().toISOString(), note: '新闻发布会', file };
    const answer = await officer.post<{ evidenceId: string; metDeadlineIds: string[] }>(`/api/cases/${caseId}/evidence`, proof);
    expect(answer.status).toBe(200);
    expect(clockOf(await theCase(), 'OP-02').state).toBe('met-late');
    const kept = await officer.get<string>(`/api/evidence/${answer.body.evidenceId}/file`);
    expect(kept).toMatchObject({ status: 200, body: '....ftypmp42film' });
    expect((await officer.post(`/api/cases/${caseId}/close`, { summary: '泄漏已处置，回应到位。' })).status).toBe(204);
    const closed = await theCase();
    expect(closed).toMatchObject({ state: 'closed', nextDeadline: { ruleId: 'OP-15' } });
    expect(closed.tasks.map((task) => task.state)).toEqual(['closed', 'closed']);
    expect(closed.deadlines.filter((one) => one.ruleId === 'OP-04').map((one) => one.state)).toEqual(['met', 'cancelled']);
    expect((await other.post<Problem>(`/api/cases/${caseId}/close`, { summary: '再办结' })).body).toMatchObject({
      code: 'already-closed',
      conflict: { by: '陆文婧', what: '办结' },
    });
  });

  it('told the right people, each once', async () => {
    const rows = await eventually(async () => {
      const all = await city.platform.database.query<{ fact: string; n: number }>(
        `SELECT fact, count(*)::int AS n FROM workflow.notice GROUP BY fact, recipient_id HAVING count(*) > 0`,
      );
      return all.some((row) => row.fact.endsWith(':breached')) ? all : null;
    }, 'the notices');
    expect(rows.every((row) => row.n === 1)).toBe(true);
    const notices = (await emergency.get<Page<{ title: string }>>('/api/notices')).body.items.map((notice) => notice.title);
    expect(notices.some((title) => title.startsWith('【交办】'))).toBe(true);
    expect(notices.some((title) => title.startsWith('【逾期】新闻发布会'))).toBe(true);
  });

  it('kept an audit row of every step, and refuses to change one', async () => {
    const actions = await city.platform.database.query<{ action: string }>(`SELECT DISTINCT action FROM workflow.audit ORDER BY 1`);
    expect(actions.map((row) => row.action)).toEqual(
      expect.arrayContaining([
        'alert.confirm',
        'case.close',
        'evidence.register',
        'session.start',
        'task.acknowledge',
        'task.assign',
        'task.reply',
      ]),
    );
    await expect(city.platform.database.query(`UPDATE workflow.audit SET who = 'x'`)).rejects.toThrow(/only grows/);
    await expect(city.platform.database.query(`DELETE FROM workflow.audit`)).rejects.toThrow(/only grows/);
  });
});
