import type { CaseDetail, Page, Problem, StatementChecks, StatementDetail, StatementView } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { AuditTrail, type Database } from '@huiying/persistence';
import { classified, freshCity, type LoggedIn, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { AlertRaiser } from '../alerting/index.js';

const FILE = { name: '通报.png', contentBase64: Buffer.from([0x89, 0x50, 0x4e, 0x47, 1]).toString('base64') };
const ANSWER = '起火原因正在调查。周边群众12600余人已转移安置，17人受伤送医。监测数据每小时公布，各项指标均在标准限值以内。';

describe('statements', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let officer: LoggedIn;
  let second: LoggedIn;
  let supervisor: LoggedIn;
  let emergency: LoggedIn;
  let health: LoggedIn;
  let admin: LoggedIn;

  beforeAll(async () => {
    ({ city, clock, database, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false }));
    const names = ['luwenjing', 'hesiyuan', 'zhoumingyuan', 'guotieshan', 'fanlixin', 'linkaiwen'];
    [officer, second, supervisor, emergency, health, admin] = (await Promise.all(names.map((name) => city.logIn(name)))) as [
      LoggedIn,
      LoggedIn,
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

  async function openCase(text?: string): Promise<string> {
    const event = classified(clock, { level: 'II', text });
    await city.app.get(AlertRaiser, { strict: false }).take([event]);
    const [alert] = await database.query<{ id: string }>(`SELECT alert_id AS id FROM workflow.alert WHERE story_id = $1`, [
      event.data.story.storyId,
    ]);
    const { body } = await officer.post<{ caseId: string }>(`/api/alerts/${alert!.id}/confirm`, { severity: 'II', reason: '确认' });
    await officer.post(`/api/cases/${body.caseId}/tasks`, { tasks: [{ departmentId: 'emergency', role: 'lead', instruction: '核查' }] });
    return body.caseId;
  }
  const draft = async (who: LoggedIn, caseId: string, text = ANSWER, title = '情况通报（第一号）') =>
    (await who.post<{ statementId: string }>(`/api/cases/${caseId}/statements`, { title, text })).body.statementId;
  const step = (who: LoggedIn, id: string, name: string, body?: unknown) => who.post<Problem>(`/api/statements/${id}/${name}`, body);
  const read = async (who: LoggedIn, id: string) => (await who.get<StatementDetail>(`/api/statements/${id}`)).body;
  const publish = async (who: LoggedIn, id: string) => {
    clock.advance({ minutes: 2 });
    return who.post<{ metDeadlineIds: string[] } & Problem>(`/api/statements/${id}/publish`, {
      publishedAt: clock.now().toISOString(),
      file: FILE,
    });
  };
  async function published(caseId: string, text = ANSWER): Promise<string> {
    const id = await draft(emergency, caseId, text);
    await step(emergency, id, 'submit');
    expect((await step(officer, id, 'clear', {})).status).toBe(204);
    expect((await step(supervisor, id, 'approve', { note: '其余问题下次通报' })).status).toBe(204);
    expect((await publish(officer, id)).status).toBe(200);
    return id;
  }

  it('goes from draft to publication by way of three people, and stops the first clock', async () => {
    const caseId = await openCase();
    const id = await draft(emergency, caseId);
    expect((await publish(officer, id)).body).toMatchObject({ code: 'statement-not-approved' });
    expect((await step(emergency, id, 'submit')).status).toBe(204);
    expect(await step(emergency, id, 'submit')).toMatchObject({
      status: 409,
      body: { code: 'already-submitted', conflict: { by: '郭铁山', what: '送审' } },
    });
    expect(await step(emergency, id, 'clear', {})).toMatchObject({ status: 403 });
    expect(await step(supervisor, id, 'approve', {})).toMatchObject({ status: 409, body: { code: 'statement-not-cleared' } });
    expect((await step(officer, id, 'clear', {})).status).toBe(204);
    expect(await step(officer, id, 'approve', {})).toMatchObject({ status: 403 });
    expect((await step(supervisor, id, 'approve', { note: '已核' })).status).toBe(204);
    const answer = await publish(officer, id);
    const file = (await officer.get<CaseDetail>(`/api/cases/${caseId}`)).body;
    expect(file).toMatchObject({ state: 'responded' });
    expect(file.deadlines.find((one) => one.ruleId === 'OP-01')).toMatchObject({ state: 'met', id: answer.body.metDeadlineIds[0] });
    expect(await read(officer, id)).toMatchObject({
      state: 'published',
      version: 1,
      checks: null,
      clearedBy: '陆文婧',
      approvedBy: '周明远',
    });
    const kinds = file.timeline.map((entry) => entry.kind).filter((kind) => kind.startsWith('statement.'));
    expect(kinds).toEqual(['statement.drafted', 'statement.review', 'statement.cleared', 'statement.approved', 'statement.published']);
    expect((await new AuditTrail(database).of(`statement:${id}`)).map((entry) => entry.action)).toEqual([
      'statement.draft',
      'statement.submit',
      'statement.clear',
      'statement.approve',
      'statement.publish',
    ]);
  });

  it('cites entries of the knowledge base; a draft gives a cite up again, what was published keeps its own', async () => {
    const entry = async (title: string) =>
      (await officer.post<{ id: string }>('/api/knowledge', { title, question: '怎么处理？', answer: '按预案处置。' })).body.id;
    const [first, second] = [await entry('危化品泄漏怎么疏散'), await entry('水源地怎么保护')];
    const caseId = await openCase();
    const id = await draft(emergency, caseId);
    const edit = async (who: LoggedIn, name: 'edit' | 'revise', cites: object) => {
      const { title, text, version, writtenAt } = await read(emergency, id);
      return who.post<Problem>(`/api/statements/${id}/${name}`, { title, text, version, writtenAt, ...cites });
    };
    const cited = async () => (await read(emergency, id)).cites.map((one) => one.entryId).sort();
    expect((await edit(emergency, 'edit', { cites: [first, second] })).status).toBe(204);
    expect(await cited()).toEqual([first, second].sort());
    expect((await edit(emergency, 'edit', { uncite: [second] })).status).toBe(204);
    expect(await cited()).toEqual([first]);
    await step(emergency, id, 'submit');
    await step(officer, id, 'clear', {});
    await step(supervisor, id, 'approve', { note: '已核' });
    expect((await publish(officer, id)).status).toBe(200);
    clock.set(new Date(clock.now().getTime() + 60_000));
    expect((await edit(emergency, 'revise', { cites: [second] })).status).toBe(204);
    expect(await edit(emergency, 'edit', { uncite: [first] })).toMatchObject({ status: 400, body: { faults: [{ field: 'uncite' }] } });
    expect((await edit(emergency, 'edit', { uncite: [second] })).status).toBe(204);
    expect(await cited()).toEqual([first]);
  });

  it('lets nobody clear or approve what he or she wrote', async () => {
    const caseId = await openCase();
    const [own, leaders] = [await draft(officer, caseId), await draft(supervisor, caseId)];
    for (const [who, id] of [
      [officer, own],
      [supervisor, leaders],
    ] as const)
      await step(who, id, 'submit');
    expect(await step(officer, own, 'clear', {})).toMatchObject({
      status: 409,
      body: { code: 'own-statement', message: '本人起草的口径须由他人作保密审查' },
    });
    expect((await step(second, own, 'clear', {})).status).toBe(204);
    expect((await step(second, leaders, 'clear', {})).status).toBe(204);
    expect(await step(supervisor, leaders, 'approve', { note: '可' })).toMatchObject({ status: 409, body: { code: 'own-statement' } });
  });

  it('asks for a word on what people asked and the draft does not answer', async () => {
    const caseId = await openCase('化工园起火，安置点在哪里？什么时候能回家？');
    const id = await draft(emergency, caseId, '高度重视，全力处置。');
    const { checks } = await read(officer, id);
    expect(checks!.unanswered.map((one) => one.text)).toEqual(['化工园起火，安置点在哪里？', '什么时候能回家？']);
    await step(emergency, id, 'submit');
    await step(officer, id, 'clear', {});
    const refused = await step(supervisor, id, 'approve', {});
    expect(refused).toMatchObject({ status: 400, body: { code: 'bad-input', faults: [{ field: 'note' }] } });
    expect(refused.body.faults![0]!.message).toContain('安置点在哪里');
    expect((await step(supervisor, id, 'approve', { note: '回家时间待监测结果，下一号通报' })).status).toBe(204);
  });

  it('shows where a draft contradicts what was published, with the citation', async () => {
    const caseId = await openCase();
    const first = await published(caseId);
    const { body } = await officer.post<StatementChecks>(`/api/cases/${caseId}/statements/check`, { text: '截至20时，15人受伤送医。' });
    expect(body.contradictions).toMatchObject([{ value: '15人', earlierValue: '17人', earlierId: first, isExplained: false }]);
    const other = await openCase();
    const elsewhere = await officer.post<StatementChecks>(`/api/cases/${other}/statements/check`, { text: '15人受伤送医。' });
    expect(elsewhere.body.contradictions).toEqual([]);
  });

  it('lets no mark of secrecy pass', async () => {
    const id = await draft(emergency, await openCase(), '内部资料 注意保存。17人受伤。');
    await step(emergency, id, 'submit');
    expect(await step(officer, id, 'clear', { note: '看过' })).toMatchObject({ status: 409, body: { code: 'secrecy-marks' } });
    expect((await step(officer, id, 'send-back', { reason: '删去内部标志' })).status).toBe(204);
    expect(await read(emergency, id)).toMatchObject({ state: 'draft', sentBackBy: '陆文婧', sentBackReason: '删去内部标志' });
  });

  it('keeps what a reviewer saw: a change after that is a new version', async () => {
    const id = await draft(emergency, await openCase(), '第一稿。');
    const save = async (text: string, from?: StatementView) => {
      const { version, writtenAt } = from ?? (await read(emergency, id));
      return step(emergency, id, 'edit', { title: '通报', text, version, writtenAt });
    };
    const stale = await read(emergency, id);
    clock.advance({ minutes: 1 });
    expect((await save('第一稿改。')).status).toBe(204);
    expect(await save('我也改。', stale)).toMatchObject({ status: 409, body: { code: 'statement-changed', conflict: { by: '郭铁山' } } });
    await step(emergency, id, 'submit');
    expect((await save('审查时改。')).body.code).toBe('statement-under-review');
    await step(officer, id, 'send-back', { reason: '补充时间' });
    expect((await save('第二稿。')).status).toBe(204);
    expect((await read(officer, id)).versions.map(({ version, text }) => [version, text])).toEqual([
      [1, '第一稿改。'],
      [2, '第二稿。'],
    ]);
  });

  it('keeps the published version in the library while a correction is written', async () => {
    const caseId = await openCase();
    const id = await published(caseId);
    const { version, writtenAt } = await read(emergency, id);
    expect((await step(emergency, id, 'revise', { title: '更正', text: '更正稿。', version, writtenAt })).status).toBe(204);
    const library = (await health.get<Page<StatementView>>('/api/statements?published=true&q=12600')).body;
    expect(library.items.find((one) => one.id === id)).toMatchObject({ version: 1, text: ANSWER, actions: [] });
    expect(await read(health, id)).toMatchObject({ version: 1, checks: null, versions: [{ version: 1 }] });
    expect(await read(officer, id)).toMatchObject({ version: 2, state: 'draft', versions: [{ version: 1 }, { version: 2 }] });
    const csv = (await admin.get<string>('/api/statements.csv?published=true&q=12600')).body;
    expect(csv).toContain('口径库（已发布）');
    expect(csv.split('\r\n').filter((line) => line.includes('12600')).length).toBeGreaterThan(0);
  });

  it('shows a department only what is its', async () => {
    const caseId = await openCase();
    const id = await draft(officer, caseId);
    expect((await health.get(`/api/statements/${id}`)).status).toBe(404);
    expect((await health.get(`/api/cases/${caseId}/statements`)).status).toBe(404);
    expect((await health.post(`/api/cases/${caseId}/statements`, { title: 'x', text: 'y' })).status).toBe(404);
    expect((await step(emergency, id, 'submit')).status).toBe(403);
    expect((await admin.post(`/api/cases/${caseId}/statements`, { title: 'x', text: 'y' })).status).toBe(403);
    const shown = (await emergency.get<StatementView[]>(`/api/cases/${caseId}/statements`)).body;
    expect(shown.map((one) => one.id)).toEqual([id]);
    expect((await city.ask('GET', `/api/statements/${id}`)).status).toBe(401);
  });

  it('lets one of two approve, and tells the other who did', async () => {
    const id = await draft(emergency, await openCase());
    await step(emergency, id, 'submit');
    await step(officer, id, 'clear', {});
    const answers = await Promise.all([1, 2, 3].map(() => step(supervisor, id, 'approve', { note: '可' })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 409, 409]);
    expect(answers.find((answer) => answer.status === 409)!.body).toMatchObject({
      code: 'already-approved',
      conflict: { by: '周明远', what: '批准' },
    });
  });
});
