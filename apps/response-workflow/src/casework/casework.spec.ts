import type { CaseDetail, CaseworkView, CommitmentView, Problem } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import type { Database } from '@huiying/persistence';
import { classified, freshCity, type LoggedIn, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { AlertRaiser } from '../alerting/index.js';

const FILE = { name: '通报.png', contentBase64: Buffer.from([0x89, 0x50, 0x4e, 0x47, 1]).toString('base64') };

describe('casework', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let database: Database;
  let drop: () => Promise<void>;
  let officer: LoggedIn;
  let supervisor: LoggedIn;
  let emergency: LoggedIn;
  let health: LoggedIn;

  beforeAll(async () => {
    ({ city, clock, database, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false }));
    const names = ['luwenjing', 'zhoumingyuan', 'guotieshan', 'pangshaoyun'];
    [officer, supervisor, emergency, health] = (await Promise.all(names.map((name) => city.logIn(name)))) as [
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

  async function openCase(level: 'II' | 'III' = 'II'): Promise<string> {
    const event = classified(clock, { level });
    await city.app.get(AlertRaiser, { strict: false }).take([event]);
    const [alert] = await database.query<{ id: string }>(`SELECT alert_id AS id FROM workflow.alert WHERE story_id = $1`, [
      event.data.story.storyId,
    ]);
    const { caseId } = (await officer.post<{ caseId: string }>(`/api/alerts/${alert!.id}/confirm`, { severity: level, reason: '确认' }))
      .body;
    await officer.post(`/api/cases/${caseId}/tasks`, { tasks: [{ departmentId: 'emergency', role: 'lead', instruction: '核查' }] });
    return caseId;
  }
  const act = (who: LoggedIn, caseId: string, path: string, body: object) =>
    who.post<Problem & { commitmentId: string }>(`/api/cases/${caseId}/${path}`, body);
  const work = async (caseId: string, who = officer) => (await who.get<CaseworkView>(`/api/cases/${caseId}/casework`)).body;
  const clockOf = async (caseId: string, ruleId: string) =>
    (await officer.get<CaseDetail>(`/api/cases/${caseId}`)).body.deadlines.filter((one) => one.ruleId === ruleId).map((one) => one.state);

  it('plans a press conference, which stops nothing, and holds it with its record, which does', async () => {
    const caseId = await openCase();
    expect(
      (
        await act(officer, caseId, 'conference/plan', {
          plannedFor: '2026-11-18T10:00:00Z',
          place: '新闻发布厅',
          spokesperson: '市应急管理局局长',
        })
      ).status,
    ).toBe(204);
    expect(await clockOf(caseId, 'OP-02')).toEqual(['running']);
    const proof = { publishedAt: clock.now().toISOString(), file: FILE };
    expect(await act(officer, caseId, 'conference/hold', { ...proof, record: '短' })).toMatchObject({
      status: 400,
      body: { faults: [{ field: 'record' }] },
    });
    expect((await act(officer, caseId, 'conference/hold', { ...proof, record: '主持人介绍，记者问答，实录如下。' })).status).toBe(200);
    expect(await clockOf(caseId, 'OP-02')).toEqual(['met']);
    expect((await work(caseId)).conference).toMatchObject({ state: 'held', spokesperson: '市应急管理局局长' });
    expect(await act(supervisor, caseId, 'conference/waive', { reason: '已经召开，现在再取消看看。' })).toMatchObject({
      status: 409,
      body: { code: 'conference-held', conflict: { by: '陆文婧' } },
    });
  });

  it('is waived with grounds by a leader only; planned after all it is owed again from the old start', async () => {
    const caseId = await openCase();
    const due = (await officer.get<CaseDetail>(`/api/cases/${caseId}`)).body.deadlines.find((one) => one.ruleId === 'OP-02')!.dueAt;
    expect((await act(officer, caseId, 'conference/waive', { reason: '已由省里统一发布，不再举行。' })).status).toBe(403);
    expect((await act(supervisor, caseId, 'conference/waive', { reason: '不必' })).status).toBe(400);
    expect((await act(supervisor, caseId, 'conference/waive', { reason: '已由省里统一发布，不再举行。' })).status).toBe(204);
    expect(await clockOf(caseId, 'OP-02')).toEqual(['cancelled']);
    expect(
      (await act(officer, caseId, 'conference/plan', { plannedFor: '2026-11-18T10:00:00Z', place: '新闻发布厅', spokesperson: '局长' }))
        .status,
    ).toBe(204);
    expect((await clockOf(caseId, 'OP-02')).sort()).toEqual(['cancelled', 'running']);
    const again = (await officer.get<CaseDetail>(`/api/cases/${caseId}`)).body.deadlines.find(
      (one) => one.ruleId === 'OP-02' && one.state === 'running',
    )!;
    expect(again.dueAt).toBe(due);
  });

  it('keeps an unfinished analysis, and submits a whole one only, which meets its clock', async () => {
    const caseId = await openCase();
    const parts = {
      nature: '突发环境事件引发的舆情',
      trend: '三小时内扩散到省内媒体',
      risks: '谣言与抢购的可能较大',
      proposal: '四小时内发布首号通报并公布数据',
    };
    expect((await act(officer, caseId, 'analysis', { nature: parts.nature })).status).toBe(204);
    expect((await work(caseId)).analysis).toMatchObject({ submittedAt: null, missing: ['舆情走势', '可能出现的风险', '预控处置意见'] });
    const refused = await act(officer, caseId, 'analysis', { ...parts, risks: '', submit: true });
    expect(refused).toMatchObject({ status: 400, body: { faults: [{ field: 'risks' }] } });
    expect(await clockOf(caseId, 'OP-14')).toEqual(['running']);
    expect((await act(officer, caseId, 'analysis', { ...parts, submit: true })).status).toBe(204);
    expect(await clockOf(caseId, 'OP-14')).toEqual(['met']);
    expect((await work(caseId, emergency)).analysis).toBeNull();
    expect((await work(await openCase('III'))).analysis).toBeNull();
  });

  it('finds promises in a reply, keeps them in the ledger, and lets them be kept by proof only', async () => {
    const caseId = await openCase();
    const [task] = (await officer.get<CaseDetail>(`/api/cases/${caseId}`)).body.tasks;
    await emergency.post(`/api/tasks/${task!.id}/acknowledgement`);
    await emergency.post(`/api/tasks/${task!.id}/reply`, { text: '情况属实。我局将于11月20日前完成隐患整改，5个工作日内公布调查结果。' });
    const [found] = (await work(caseId)).suggestions;
    expect(found).toMatchObject({ departmentId: 'emergency', dueOn: '2026-11-20', dueText: '11月20日前' });
    const made = await act(officer, caseId, 'commitments', { text: found!.text, departmentId: 'emergency', dueOn: found!.dueOn });
    expect(made.status).toBe(200);
    expect((await work(caseId)).suggestions).toEqual([]);
    expect(await act(officer, caseId, 'commitments', { text: '另一项', departmentId: 'moon' })).toMatchObject({ status: 400 });
    const ledger = async (who: LoggedIn, query: string) =>
      (await who.get<CommitmentView[]>(`/api/commitments?${query}`)).body.map((one) => one.id);
    const id = made.body.commitmentId;
    expect([await ledger(emergency, 'state=open'), await ledger(health, 'state=open')]).toEqual([[id], []]);
    expect(await ledger(officer, 'overdue=true')).toEqual([]);
    clock.set(new Date('2026-11-20T16:00:00Z'));
    [officer, supervisor, emergency] = await Promise.all([city.logIn('luwenjing'), city.logIn('zhoumingyuan'), city.logIn('guotieshan')]);
    expect(await ledger(officer, 'overdue=true')).toEqual([id]);
    const proof = { note: '已整改并公示', publishedAt: clock.now().toISOString() };
    expect((await emergency.post<Problem>(`/api/commitments/${id}/keep`, proof)).body).toMatchObject({
      code: 'bad-input',
      faults: [{ field: 'url' }],
    });
    expect((await emergency.post(`/api/commitments/${id}/keep`, { ...proof, file: FILE })).status).toBe(204);
    expect(await officer.post(`/api/commitments/${id}/keep`, { ...proof, file: FILE })).toMatchObject({
      status: 409,
      body: { code: 'already-kept', conflict: { by: '郭铁山' } },
    });
    expect((await officer.post(`/api/commitments/${id}/drop`, { reason: '越权' })).status).toBe(403);
    expect((await officer.get<string>('/api/commitments.csv?state=kept')).body).toContain('已整改并公示');
    expect(await clockOf(caseId, 'OP-01')).not.toContain('met');
  });

  it('shows a department of the case neither the desk’s analysis nor another department’s promise and its proof', async () => {
    const caseId = await openCase();
    await officer.post(`/api/cases/${caseId}/tasks`, { tasks: [{ departmentId: 'health', role: 'co', instruction: '救治' }] });
    await act(officer, caseId, 'analysis', { nature: '草稿：应急局处置不力' });
    const { commitmentId } = (await act(officer, caseId, 'commitments', { text: '公布伤员名单', departmentId: 'health', dueOn: null }))
      .body;
    const proof = { note: '内部凭证', publishedAt: clock.now().toISOString(), file: FILE };
    expect((await (await city.logIn('pangshaoyun')).post(`/api/commitments/${commitmentId}/keep`, proof)).status).toBe(204);

    const seenBy = async (who: LoggedIn) => {
      const whole = await who.get<CaseDetail>(`/api/cases/${caseId}`);
      const [task] = whole.body.tasks;
      const texts = JSON.stringify([whole.body, (await who.get(`/api/tasks/${task!.id}`)).body]);
      return { case: whole.body, words: ['处置不力', '公布伤员名单', '内部凭证'].filter((word) => texts.includes(word)) };
    };
    const desk = await seenBy(officer);
    expect(desk.words).toEqual(['处置不力', '公布伤员名单', '内部凭证']);
    const fileOf = `/api/evidence/${desk.case.evidence.find(({ note }) => note === '内部凭证')!.id}/file`;
    const [owner, other] = await Promise.all([city.logIn('pangshaoyun'), city.logIn('guotieshan')]);
    expect((await seenBy(owner)).words).toEqual(['公布伤员名单', '内部凭证']);
    expect((await seenBy(other)).words).toEqual([]);
    expect([await owner.get(fileOf), await other.get(fileOf)].map(({ status }) => status)).toEqual([200, 404]);
  });

  describe('an investigation of the accident', () => {
    const paper = (at: Date, note: string) => ({ publishedAt: at.toISOString(), note, file: FILE });
    const clocks = async (caseId: string) =>
      (await officer.get<CaseDetail>(`/api/cases/${caseId}`)).body.deadlines
        .filter(({ milestone }) => milestone === 'report')
        .map(({ ruleId, state, startedAt, dueAt, provisional }) => ({ ruleId, state, startedAt, dueAt, provisional }));
    const occurred = new Date('2026-11-17T22:00:00Z');

    it('starts the clock of its report from the accident, 60 days on, provisional while the next year’s notice is not published', async () => {
      const caseId = await openCase();
      const begin = { ...paper(clock.now(), '市政府关于成立事故调查组的通知'), team: '市政府事故调查组' };
      // Nobody has stated when it occurred, so it is asked for.
      expect(await act(officer, caseId, 'investigation/begin', begin)).toMatchObject({
        status: 400,
        body: { faults: [{ field: 'occurredAt' }] },
      });
      const said = { ...begin, occurredAt: occurred.toISOString() };
      expect(await act(officer, caseId, 'investigation/begin', { ...said, file: null })).toMatchObject({
        status: 400,
        body: { faults: [{ field: 'url' }] },
      });
      expect(await act(officer, caseId, 'investigation/begin', { ...said, publishedAt: '2026-11-17T21:59:00Z' })).toMatchObject({
        status: 400,
        body: { faults: [{ field: 'publishedAt' }] },
      });
      expect(await act(officer, caseId, 'investigation/begin', { ...said, departmentId: 'nobody' })).toMatchObject({ status: 400 });
      expect((await act(emergency, caseId, 'investigation/begin', said)).status).toBe(403);
      expect(await clocks(caseId)).toEqual([]);

      expect((await act(officer, caseId, 'investigation/begin', said)).status).toBe(204);
      // 2026-11-19 is the first day, 2027-01-17 the sixtieth: a Sunday, so it moves on to Monday.
      const due = { startedAt: occurred.toISOString(), dueAt: '2027-01-18T15:59:59.999Z', provisional: true };
      expect(await clocks(caseId)).toEqual([{ ruleId: 'OP-12a', state: 'running', ...due }]);
      expect((await work(caseId)).investigation).toMatchObject({ state: 'begun', team: '市政府事故调查组', departmentId: 'emergency' });
      expect(await act(supervisor, caseId, 'investigation/begin', said)).toMatchObject({
        status: 409,
        body: { code: 'investigation-begun', conflict: { by: '陆文婧' } },
      });
    });

    it('is met by the report alone, then owes the decision from its receipt, and holds the case until then', async () => {
      const caseId = await openCase();
      await act(officer, caseId, 'investigation/begin', {
        ...paper(clock.now(), '成立事故调查组'),
        team: '市政府事故调查组',
        occurredAt: occurred.toISOString(),
      });
      expect(await act(officer, caseId, 'investigation/approve', paper(clock.now(), '批复'))).toMatchObject({
        status: 409,
        body: { code: 'investigation-not-reported' },
      });
      await act(officer, caseId, 'conference/hold', {
        publishedAt: clock.now().toISOString(),
        file: FILE,
        record: '主持人介绍，记者问答，实录如下。',
      });
      expect((await clocks(caseId)).map(({ state }) => state)).toEqual(['running']);
      clock.advance({ minutes: 10 });
      const received = clock.now();
      expect((await act(officer, caseId, 'investigation/report', paper(received, '事故调查报告'))).status).toBe(204);
      expect((await clocks(caseId)).sort((a, b) => (a.ruleId < b.ruleId ? -1 : 1))).toMatchObject([
        { ruleId: 'OP-12a', state: 'met' },
        { ruleId: 'OP-12b', state: 'running', startedAt: received.toISOString() },
      ]);
      const close = (await officer.get<CaseDetail>(`/api/cases/${caseId}`)).body.actions.find((one) => one.action === 'close')!;
      expect(close.whyNot).toContain('事故调查报告批复尚未完成');
      const { body } = await officer.post<Problem>(`/api/cases/${caseId}/merge`, { intoCaseId: await openCase(), reason: '同一起事故' });
      expect(body).toMatchObject({ code: expect.stringMatching(/merge-into|under-investigation/) });
      expect((await act(officer, caseId, 'investigation/approve', paper(received, '市政府关于事故调查报告的批复'))).status).toBe(204);
      expect((await clocks(caseId)).map(({ state }) => state)).toEqual(['met', 'met']);
      expect((await work(caseId)).investigation).toMatchObject({ state: 'approved', reportedAt: received.toISOString() });
    });

    it('shows its papers to the desk and the department that it names, to no other department of the case', async () => {
      const caseId = await openCase();
      await officer.post(`/api/cases/${caseId}/tasks`, { tasks: [{ departmentId: 'health', role: 'co', instruction: '救治' }] });
      const begin = { ...paper(clock.now(), '成立调查组的内部通知'), team: '市政府事故调查组', occurredAt: occurred.toISOString() };
      expect((await act(officer, caseId, 'investigation/begin', begin)).status).toBe(204);
      const seenBy = async (who: LoggedIn) => {
        const { body } = await who.get<CaseDetail>(`/api/cases/${caseId}`);
        return { body, isTold: JSON.stringify(body).includes('内部通知') };
      };
      const { body, isTold } = await seenBy(officer);
      const fileOf = `/api/evidence/${body.evidence.find(({ note }) => note.includes('内部通知'))!.id}/file`;
      const [named, other] = await Promise.all([city.logIn('guotieshan'), city.logIn('pangshaoyun')]);
      expect([isTold, (await seenBy(named)).isTold, (await seenBy(other)).isTold]).toEqual([true, true, false]);
      expect([await named.get(fileOf), await other.get(fileOf)].map(({ status }) => status)).toEqual([200, 404]);
    });
  });

  describe('a claim found to be false', () => {
    const claim = { claim: '网传化工园泄漏已致三人死亡', finding: '经市应急管理局、市卫生健康委核实，无人员死亡' };
    const clocks = async (caseId: string) =>
      (await officer.get<CaseDetail>(`/api/cases/${caseId}`)).body.deadlines
        .filter(({ milestone }) => milestone === 'clarification')
        .map(({ state, startedAt, dueAt }) => ({ state, startedAt, dueAt }));
    const find = async (caseId: string, body: object = {}, who = officer) => {
      const answer = await who.post<Problem & { rumourId: string }>(`/api/cases/${caseId}/rumours`, { ...claim, ...body });
      return { ...answer, id: answer.body.rumourId };
    };
    const proof = (publishedAt: Date) => ({ publishedAt: publishedAt.toISOString(), note: '官方微博辟谣', file: FILE });
    const settle = (id: string, step: string, body: object) => officer.post<Problem>(`/api/rumours/${id}/${step}`, body);

    it('starts a clock of two hours each, which only what was published about it afterwards stops', async () => {
      const caseId = await openCase();
      expect((await find(caseId, {}, emergency)).status).toBe(403);
      expect(await find(caseId, { foundAt: new Date(clock.now().getTime() + 60_000).toISOString() })).toMatchObject({
        status: 400,
        body: { faults: [{ field: 'foundAt' }] },
      });
      expect(await find(caseId, { departmentId: 'nobody' })).toMatchObject({ status: 400, body: { faults: [{ field: 'departmentId' }] } });
      expect(await clocks(caseId)).toEqual([]);

      clock.advance({ minutes: 20 });
      const foundAt = clock.now();
      const first = await find(caseId, { isReferred: true });
      clock.advance({ minutes: 5 });
      const second = await find(caseId, { claim: '网传园区已停水三天', departmentId: 'health' });
      expect([first.status, second.status]).toEqual([201, 201]);
      const due = new Date(foundAt.getTime() + 2 * 3_600_000).toISOString();
      expect(await clocks(caseId)).toEqual(expect.arrayContaining([{ state: 'running', startedAt: foundAt.toISOString(), dueAt: due }]));
      expect(await clocks(caseId)).toHaveLength(2);

      expect(await settle(first.id, 'clarify', { ...proof(foundAt), file: null })).toMatchObject({
        status: 400,
        body: { faults: [{ field: 'url' }] },
      });
      expect(await settle(first.id, 'clarify', proof(new Date(foundAt.getTime() - 120_000)))).toMatchObject({
        status: 400,
        body: { faults: [{ field: 'publishedAt' }] },
      });
      // Said before either was found: it answers the case, and clarifies nothing.
      await act(officer, caseId, 'evidence', { ...proof(new Date(foundAt.getTime() - 600_000)), kind: 'statement' });
      expect((await clocks(caseId)).map(({ state }) => state)).toEqual(['running', 'running']);

      clock.advance({ minutes: 10 });
      expect((await settle(first.id, 'clarify', proof(clock.now()))).status).toBe(204);
      expect((await clocks(caseId)).map(({ state }) => state).sort()).toEqual(['met', 'running']);
      expect(await settle(first.id, 'withdraw', { reason: '原认定有误' })).toMatchObject({
        status: 409,
        body: { code: 'rumour-clarified', conflict: { by: '陆文婧', what: '登记澄清' } },
      });
      const [later, earlier] = (await work(caseId)).rumours;
      expect(earlier).toMatchObject({ id: first.id, state: 'clarified', isReferred: true, clarifiedAt: clock.now().toISOString() });
      expect(later).toMatchObject({ state: 'open', departmentId: 'health', actions: [{ allowed: true }, { allowed: true }] });
      const lead = await city.logIn('guotieshan');
      expect((await work(caseId, lead)).rumourActions).toMatchObject([{ action: 'find', allowed: false, whyNot: '由值班台登记' }]);
    });

    it('is clarified by a statement published after it was found, too', async () => {
      const caseId = await openCase();
      const { id } = await find(caseId);
      clock.advance({ minutes: 20 });
      await act(officer, caseId, 'evidence', { ...proof(clock.now()), kind: 'statement' });
      expect((await clocks(caseId)).map(({ state }) => state)).toEqual(['met']);
      expect((await work(caseId)).rumours).toMatchObject([{ id, state: 'clarified', clarifiedAt: clock.now().toISOString() }]);
      expect(await settle(id, 'clarify', proof(clock.now()))).toMatchObject({ status: 409, body: { code: 'rumour-clarified' } });
    });

    it('holds its case until it is clarified, or the finding withdrawn with grounds', async () => {
      const older = await openCase();
      clock.advance({ minutes: 1 });
      const caseId = await openCase();
      const { id } = await find(caseId);
      const close = async () =>
        (await officer.get<CaseDetail>(`/api/cases/${caseId}`)).body.actions.find(({ action }) => action === 'close')!;
      expect((await close()).whyNot).toContain('虚假信息澄清');
      const merge = { intoCaseId: older, reason: '同一件事' };
      const merging = () => officer.post<Problem>(`/api/cases/${caseId}/merge`, merge);
      expect(await merging()).toMatchObject({ status: 409, body: { code: 'rumour-not-clarified' } });
      expect((await settle(id, 'withdraw', { reason: '经再核实，所传属实，认定有误' })).status).toBe(204);
      expect((await clocks(caseId)).map(({ state }) => state)).toEqual(['cancelled']);
      expect((await close()).whyNot).not.toContain('虚假信息澄清');
      expect((await work(caseId)).rumours).toMatchObject([
        { state: 'withdrawn', note: '经再核实，所传属实，认定有误', settledBy: '陆文婧' },
      ]);
    });
  });
});
